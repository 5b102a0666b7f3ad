import type { PartTarget, Upload } from "../contracts/api.ts";

/**
 * Inputs that come in through the page: in parts of `part_bytes` each (the last one what is left), in any order, each as
 * often as it takes, until all are there. Throws PermanentError "unknown_upload" for an id that names none, UsageError
 * "bad_part" for a part that it has not.
 */
export interface Uploads {
  create(name: string, bytes: number): Promise<Upload>;
  get(id: string): Promise<Upload>;
  /** Where to PUT a part. */
  partTarget(id: string, part: number): Promise<PartTarget>;
  /** All parts are one file from now on; fine to repeat. Throws ConflictError "incomplete_upload" while parts are missing. */
  complete(id: string): Promise<Upload>;
}
