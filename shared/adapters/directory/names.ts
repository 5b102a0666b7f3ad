import { createHash, randomUUID } from "node:crypto";

/**
 * Names inside the folder of runs that are never objects: files being written, and the revisions of manifests. Their
 * length is fixed, so that they fit wherever the longest file name fits.
 */

/** Folder of a run in which the run store keeps the revisions of the manifest. */
export const STATE_FOLDER = ".state";

const TEMPORARY = /^\.tmp-[0-9a-f-]{36}$/;

export function temporaryName(): string {
  return `.tmp-${randomUUID()}`;
}

/** Where the winner of a put-if-absent is decided on a file system without hard links: the same for all contenders. */
export function claimName(name: string): string {
  return `.tmp-${createHash("sha256").update(name).digest("hex").slice(0, 36)}`;
}

export function isTemporaryName(name: string): boolean {
  return TEMPORARY.test(name);
}

export function isReservedName(name: string): boolean {
  return name === STATE_FOLDER || isTemporaryName(name);
}
