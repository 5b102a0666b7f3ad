import type { S3Client } from "@aws-sdk/client-s3";
import { HeadObjectCommand } from "@aws-sdk/client-s3";
import type { InputLocation } from "../../contracts/aws.ts";
import { PermanentError } from "../../errors.ts";
import type { InputSource } from "../../ports/input-source.ts";
import type { ByteRange } from "../../ports/object-store.ts";
import { checkRange } from "../byte-range.ts";
import type { ExpansionLimits } from "../gzip.ts";
import { beginsAsGzip, inputContent, isCompressed } from "../gzip.ts";
import { awsFault, statusOf, translatedAws } from "./faults.ts";
import { readObject } from "./read-object.ts";

export interface ObjectInputOptions extends InputLocation {
  readonly client: S3Client;
  readonly limits?: Partial<ExpansionLimits>;
}

/**
 * The input in an object, as it was when the run was started: every reading asks for the object of that etag. Throws
 * PermanentError "input_changed" when there is another by now, "input_not_found" when there is none.
 */
export async function objectInput(options: ObjectInputOptions): Promise<InputSource> {
  const { client, bucket, key, limits = {} } = options;
  const name = key.slice(key.lastIndexOf("/") + 1);
  const doing = `read the input ${name}`;
  // EventBridge names the etag without the quotes that belong to it in HTTP (RFC 9110).
  const etag = options.etag.startsWith('"') ? options.etag : `"${options.etag}"`;

  const read = (range: ByteRange): AsyncGenerator<Uint8Array, void, undefined> =>
    readObject({
      client,
      bucket,
      key,
      etag,
      range,
      doing,
      missing: () => inputMissing(name),
      changed: () => inputChanged(name),
    });

  const size = await sizeOf();
  const first: number[] = [];
  for await (const chunk of read({ start: 0, end: 2 })) first.push(...chunk);
  const begins = beginsAsGzip(first);

  async function sizeOf(): Promise<number> {
    try {
      const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key, IfMatch: etag }));
      return head.ContentLength ?? 0;
    } catch (error) {
      // An answer to HEAD has no body: the status is all there is.
      if (statusOf(error) === 404) throw inputMissing(name);
      if (statusOf(error) === 412) throw inputChanged(name);
      throw awsFault(error, doing);
    }
  }

  return {
    name,
    compressed: isCompressed(name, begins),
    size: async () => size,
    async *stream(range) {
      checkRange(range);
      yield* read(range);
    },
    content: () => inputContent(read({ start: 0 }), { name, begins, size: async () => size, limits }),
  };
}

/** Where an object lies that is an input from now on, as it is at this moment. */
export async function locateInput({
  client,
  bucket,
  key,
}: Omit<ObjectInputOptions, "etag" | "limits">): Promise<InputLocation> {
  const head = await translatedAws("look at an input", () =>
    client.send(new HeadObjectCommand({ Bucket: bucket, Key: key })),
  );
  return { bucket, key, etag: head.ETag ?? "" };
}

function inputMissing(name: string): PermanentError {
  return new PermanentError(`The input ${name} is gone.`, {
    code: "input_not_found",
    hint: "Drop it into the bucket again: that starts a new run.",
  });
}

function inputChanged(name: string): PermanentError {
  return new PermanentError(`The input ${name} was replaced since the run was started.`, {
    code: "input_changed",
    hint: "The file that replaced it started a run of its own: look for that one.",
  });
}
