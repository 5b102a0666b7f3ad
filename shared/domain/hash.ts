import { createHash, createHmac } from "node:crypto";

/** SHA-256 as 64 hexadecimal digits. */
export function sha256Hex(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

/** First 16 digits of the SHA-256: 64 bits, enough to tell configurations of one run apart. */
export function shortHash(data: string): string {
  return sha256Hex(data).slice(0, 16);
}

/** HMAC-SHA-256 of a user id, cut to 128 bits: without the run's key nobody can tell whether a known user is among them. */
export function userHash(key: Uint8Array, user: string): string {
  return createHmac("sha256", key).update(user).digest("hex").slice(0, 32);
}
