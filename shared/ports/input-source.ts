import type { ByteRange } from "./object-store.ts";

/** The file of conversations a run reads: a local file or an object under `incoming/`. */
export interface InputSource {
  /** Base name, for people and reports; never a path. */
  readonly name: string;
  /** A compressed input is one stream: it cannot be read by ranges. */
  readonly compressed: boolean;
  /** Bytes as stored. */
  size(): Promise<number>;
  /** Bytes of a range as stored; only of an uncompressed input are they conversations. */
  stream(range: ByteRange): AsyncIterable<Uint8Array>;
  /** The whole content, decompressed if need be. Throws PermanentError ("truncated_gzip", "corrupt_gzip", "not_gzip", "too_large") on a bad archive. */
  content(): AsyncIterable<Uint8Array>;
}
