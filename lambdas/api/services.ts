import type { RouteAnswer, RouteAsked, RouteName } from "../../shared/contracts/api.ts";
import type { ByteRange } from "../../shared/ports/object-store.ts";

/** Who asks, as far as the API knows; recorded with every reveal. */
export interface Caller {
  /** Subject of the token; "local" on a laptop. */
  readonly subject: string;
  readonly groups: readonly string[];
}

/** A part of a file. */
export interface FileSlice {
  /** Bytes of the whole file. */
  readonly total: number;
  readonly mediaType: string;
  /** Bytes of the range asked for, at most; the app cuts the range first. */
  read(range: Required<ByteRange>): AsyncIterable<Uint8Array>;
}

type Service<N extends RouteName> = (asked: RouteAsked<N>, caller: Caller) => Promise<RouteAnswer<N>>;
type Slices = "log" | "artifact";

/**
 * What the app's routes do, each answering what its contract says. A service that a deployment lacks is left out, and its
 * route with it. They throw this project's own errors: PermanentError "not_found" for what is not there, ConflictError for
 * what cannot be done now, UsageError for what the caller can mend.
 */
export type ApiServices = {
  readonly [N in Exclude<RouteName, Slices | "health" | "openApi" | "session">]?: Service<N>;
} & {
  readonly [N in Slices]?: (asked: RouteAsked<N>, caller: Caller) => Promise<FileSlice>;
} & {
  /** Cookies beside the answer. */
  readonly session?: (
    caller: Caller,
  ) => Promise<{ readonly answer: RouteAnswer<"session">; readonly cookies: readonly string[] }>;
};
