import type { GetObjectCommandOutput, S3Client } from "@aws-sdk/client-s3";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import { errorDetail, TransientError } from "../../errors.ts";
import type { ByteRange } from "../../ports/object-store.ts";
import { awsFault, statusOf } from "./faults.ts";

export interface ReadOptions {
  readonly client: S3Client;
  readonly bucket: string;
  readonly key: string;
  /** Read only while the object is still this one. */
  readonly etag?: string;
  readonly range: ByteRange;
  /** What is being done, for errors. */
  readonly doing: string;
  /** The error for an object that is not there (404). */
  readonly missing: () => Error;
  /** The error for an object that is another by now (412). */
  readonly changed: () => Error;
}

/** Broken connections in a row, without a byte between them, after which a reading is given up. */
const MAX_BREAKS = 3;

/**
 * The bytes of a range as they come. A connection that breaks, or that S3 closed while the caller was busy with what it
 * got, is taken up again where it broke, of the same object: one reading never mixes two. A range past the end yields
 * nothing.
 */
export async function* readObject(options: ReadOptions): AsyncGenerator<Uint8Array, void, undefined> {
  const { doing, range } = options;
  let { etag } = options;
  let at = range.start;
  for (let breaks = 0; ;) {
    const opened = await open({ ...options, ...(etag === undefined ? {} : { etag }) }, at);
    if (opened === null) return;
    const { Body: body, ETag: seen, ContentLength: length } = opened;
    etag ??= seen;
    const end = length === undefined ? null : at + length;
    try {
      for await (const chunk of body as AsyncIterable<Uint8Array>) {
        breaks = 0;
        at += chunk.byteLength;
        yield chunk;
      }
      // A proxy that closes early looks like an end.
      if (end === null || at >= end) return;
      throw new TransientError(`Could not ${doing}: it ended early.`, { code: "connection_lost" });
    } catch (error) {
      const fault = awsFault(error, doing);
      if (!canGoOn(fault) || ++breaks > MAX_BREAKS) throw fault;
    }
  }
}

/** Not after damaged bytes ("garbled"): what the caller already has may be the damaged part. */
function canGoOn(fault: unknown): boolean {
  const { code } = errorDetail(fault);
  return code === "connection_lost" || code === "timed_out";
}

/** Opens the object from `at` on; null when the range is past its end. */
async function open(
  { client, bucket, key, etag, range, doing, missing, changed }: ReadOptions,
  at: number,
): Promise<GetObjectCommandOutput | null> {
  const last = range.end === undefined ? "" : String(range.end - 1);
  // An empty range cannot be asked for; its object still has to be there.
  const empty = range.end !== undefined && range.end <= at;
  const whole = at === 0 && range.end === undefined;
  try {
    const answer = await client.send(
      new GetObjectCommand({
        Bucket: bucket,
        Key: key,
        ...(whole ? {} : { Range: empty ? "bytes=0-0" : `bytes=${at}-${last}` }),
        ...(etag === undefined ? {} : { IfMatch: etag }),
      }),
    );
    if (!empty) return answer;
    discard(answer);
    return null;
  } catch (error) {
    const status = statusOf(error);
    if (status === 416) return null;
    if (status === 412) throw changed();
    if (status === 404 && (error as Error).name !== "NoSuchBucket") throw missing();
    throw awsFault(error, doing);
  }
}

/** Frees the connection of an answer that nobody reads. */
function discard({ Body: body }: GetObjectCommandOutput): void {
  (body as { destroy?: () => void } | undefined)?.destroy?.();
}
