import { Readable } from "node:stream";
import type { S3Client } from "@aws-sdk/client-s3";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { awsFault, translatedAws } from "./faults.ts";

export interface WriteOptions {
  readonly client: S3Client;
  readonly bucket: string;
  readonly key: string;
  /** What is being done, for errors. */
  readonly doing: string;
}

/** Up to here one request writes the object; S3 would take 5 GiB, but a request that breaks is sent again whole, from memory. */
const SINGLE_PUT_BYTES = 16 * 2 ** 20;
/** S3 takes 10,000 parts of at least 5 MiB: an object of up to 156 GiB, above the 100 GiB that an input may expand to. */
const PART_BYTES = 16 * 2 ** 20;
/** Parts under way: two keep the line busy and hold 32 MiB, of the 1,769 MiB of a phase's function. */
const PARTS_AT_ONCE = 2;

/** Writes a whole object from memory. */
export async function putWhole(
  { client, bucket, key, doing }: WriteOptions,
  body: Uint8Array,
): Promise<void> {
  await translatedAws(doing, () =>
    client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body })),
  );
}

/**
 * Writes an object, small ones in one request and large ones in parts, and returns its size. It appears when all of it
 * is there. When the body or a part fails the upload is aborted, so no parts are left to pay for; what the body throws
 * is rethrown untouched. Of a process that is killed meanwhile the bucket's lifecycle rule clears the parts.
 */
export async function putBody(
  options: WriteOptions,
  body: Uint8Array | AsyncIterable<Uint8Array>,
): Promise<number> {
  if (body instanceof Uint8Array) {
    if (body.byteLength <= SINGLE_PUT_BYTES) await putWhole(options, body);
    else await upload(options, Readable.from(slices(body), { objectMode: false }));
    return body.byteLength;
  }
  const progress: Progress = { size: 0, failed: false, failure: undefined };
  const chunks = noted(body, progress);
  try {
    const head: Uint8Array[] = [];
    for (let next = await chunks.next(); ; next = await chunks.next()) {
      if (next.done === true) {
        await putWhole(options, Buffer.concat(head));
        return progress.size;
      }
      head.push(next.value);
      if (progress.size > SINGLE_PUT_BYTES) break;
    }
    await upload(options, Readable.from(joined(head, chunks), { objectMode: false }));
    return progress.size;
  } catch (error) {
    throw progress.failed ? progress.failure : error;
  } finally {
    await chunks.return();
  }
}

interface Progress {
  size: number;
  failed: boolean;
  failure: unknown;
}

/** Chunks in memory of their own, as the producer may use its buffer again, and what became of them. */
async function* noted(
  body: AsyncIterable<Uint8Array>,
  progress: Progress,
): AsyncGenerator<Uint8Array, void, undefined> {
  // A stream that is given up throws into what it reads from: that is no failure of the body.
  let thrownInto = false;
  try {
    for await (const chunk of body) {
      progress.size += chunk.byteLength;
      thrownInto = true;
      if (chunk.byteLength > 0) yield new Uint8Array(chunk);
      thrownInto = false;
    }
  } catch (error) {
    if (!thrownInto) {
      progress.failed = true;
      progress.failure = error;
    }
    throw error;
  }
}

async function* joined(
  head: Uint8Array[],
  rest: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  // Given up as they go: they are 16 MiB.
  for (let next = head.shift(); next !== undefined; next = head.shift()) yield next;
  yield* rest;
}

function* slices(body: Uint8Array): Generator<Uint8Array, void, undefined> {
  for (let at = 0; at < body.byteLength; at += PART_BYTES) yield body.subarray(at, at + PART_BYTES);
}

async function upload({ client, bucket, key, doing }: WriteOptions, body: Readable): Promise<void> {
  const params = { Bucket: bucket, Key: key, Body: body };
  try {
    // Aborts by itself, after the parts under way have ended, when anything fails.
    await new Upload({ client, params, partSize: PART_BYTES, queueSize: PARTS_AT_ONCE }).done();
  } catch (error) {
    throw awsFault(error, doing);
  } finally {
    body.destroy();
  }
}
