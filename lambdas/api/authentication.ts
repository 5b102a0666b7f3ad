import { createHash, timingSafeEqual } from "node:crypto";
import { Refusal } from "./problems.ts";
import type { Caller } from "./services.ts";

/** Who sends a request; null when it does not say. Throws Refusal for who lies. */
export type Authenticate = (headers: Headers) => Promise<Caller | null>;

/** The token of "Authorization: Bearer …", or null. */
export function bearerToken(headers: Headers): string | null {
  return /^Bearer ([\x21-\x7e]{1,8192})$/i.exec(headers.get("authorization") ?? "")?.[1] ?? null;
}

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/** One token for everybody who has it, as `clio viz` prints it; compared in a time that tells nothing. */
export function tokenAuthentication(token: string, caller: Caller): Authenticate {
  const expected = digest(token);
  return async (headers) => {
    const given = bearerToken(headers);
    if (given === null) return null;
    if (!timingSafeEqual(digest(given), expected))
      throw new Refusal("unauthorised", {
        detail: "The token is not that of this server.",
        hint: "Open the address that clio viz printed; it changes with every start.",
      });
    return caller;
  };
}

/** Where nobody has to be asked: an emulator on loopback. */
export const openToAll: Authenticate = async () => ({ subject: "anybody", groups: [] });
