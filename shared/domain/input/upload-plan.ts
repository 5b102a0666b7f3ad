import { MAX_UPLOAD_PARTS, UPLOAD_PART_BYTES } from "../../contracts/api.ts";
import type { Upload } from "../../contracts/api.ts";
import { ConflictError, PermanentError, UsageError } from "../../errors.ts";

/** What every place that takes uploads says of them alike: their names, their parts, what is wrong. */

const LONGEST_NAME = 100;

/** A name that is one on every file system, and says what the file was called. */
export function fileNameOf(name: string): string {
  const base = name.normalize("NFC").split(/[/\\]/).at(-1) ?? "";
  const [, stem = base, ending = ""] = /^(.*?)(\.jsonl(?:\.gz)?|\.gz)?$/is.exec(base) ?? [];
  const safe = stem
    .replaceAll(/[^\p{L}\p{N} ._-]/gu, "_")
    .slice(0, LONGEST_NAME)
    .replace(/^[. ]+|[. ]+$/g, "");
  const kind = ending.toLowerCase().endsWith(".gz") ? ".jsonl.gz" : ".jsonl";
  // Windows keeps some names for devices.
  const taken = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i.test(safe) || safe === "";
  return `${taken ? `upload${safe === "" ? "" : `-${safe}`}` : safe}${kind}`;
}

const partsOf = (bytes: number): number => Math.ceil(bytes / UPLOAD_PART_BYTES);

/** Throws UsageError "too_large" for a file of more parts than S3 takes. */
export function checkUploadSize(bytes: number): void {
  if (partsOf(bytes) > MAX_UPLOAD_PARTS) throw new UsageError("the file is too large", { code: "too_large" });
}

/** Bytes of a part, numbered from 1. Throws UsageError "bad_part" where the upload has no such part. */
export function partLength(bytes: number, part: number): number {
  if (part < 1 || part > partsOf(bytes))
    throw new UsageError("the upload has no such part", { code: "bad_part" });
  return Math.min(UPLOAD_PART_BYTES, bytes - (part - 1) * UPLOAD_PART_BYTES);
}

export interface UploadFacts {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  readonly complete: boolean;
  /** Parts that are there; of a complete upload all. */
  readonly received: readonly number[];
}

export function uploadAnswer({ id, name, bytes, complete, received }: UploadFacts): Upload {
  const parts = partsOf(bytes);
  const there = complete ? Array.from({ length: parts }, (_, i) => i + 1) : [...received];
  return {
    upload_id: id,
    name,
    bytes,
    part_bytes: UPLOAD_PART_BYTES,
    parts,
    received: there.sort((a, b) => a - b),
    complete,
  };
}

export function unknownUpload(): PermanentError {
  return new PermanentError("there is no such upload", {
    code: "unknown_upload",
    hint: "Choose the file again: uploads that no run was made of are kept for a day.",
  });
}

/** Throws ConflictError "incomplete_upload" unless every part is there. */
export function requireAllParts({ received, parts }: Upload): void {
  if (received.length < parts)
    throw new ConflictError(`${parts - received.length} of ${parts} parts are not there yet`, {
      code: "incomplete_upload",
      hint: "Send them, then say again that all are there.",
    });
}

export function notComplete(): ConflictError {
  return new ConflictError("the upload is not complete", {
    code: "incomplete_upload",
    hint: "Send it first.",
  });
}
