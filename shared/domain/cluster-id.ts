import { createHash } from "node:crypto";

const DIGEST_BYTES = 16;

/** Gathers a cluster's members into an id that depends on who they are, not on their order (XOR of their hashes). */
export class MemberDigest {
  private readonly mixed = new Uint8Array(DIGEST_BYTES);
  private members = 0;

  add(member: string): void {
    const digest = createHash("sha256").update(member).digest();
    for (let i = 0; i < DIGEST_BYTES; i++) this.mixed[i] = (this.mixed[i] ?? 0) ^ (digest[i] ?? 0);
    this.members++;
  }

  /** `prefix` and 12 hexadecimal digits. */
  id(prefix: "c" | "p"): string {
    const hash = createHash("sha256").update(this.mixed).update(String(this.members)).digest("hex");
    return prefix + hash.slice(0, 12);
  }
}

/** The id of a parent, from its children and its level: a parent of one child must not carry that child's id. */
export function parentId(children: readonly string[], level: number): string {
  const digest = new MemberDigest();
  for (const child of children) digest.add(`${level}:${child}`);
  return digest.id("p");
}
