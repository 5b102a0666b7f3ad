import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  UploadPartCommand,
  paginateListParts,
} from "@aws-sdk/client-s3";
import type { Part, S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import type * as z from "zod";
import { uploadId } from "../../contracts/api.ts";
import type { Upload } from "../../contracts/api.ts";
import { uploadComplete, uploadRecord } from "../../contracts/aws.ts";
import type { InputLocation } from "../../contracts/aws.ts";
import { decodeJson, encodeDocument } from "../../domain/jsonl.ts";
import {
  checkUploadSize,
  fileNameOf,
  notComplete,
  partLength,
  requireAllParts,
  unknownUpload,
  uploadAnswer,
} from "../../domain/input/upload-plan.ts";
import { uploadCompleteKey, uploadFileKey, uploadRecordKey } from "../../keys.ts";
import type { Clock } from "../../ports/clock.ts";
import type { ObjectStore } from "../../ports/object-store.ts";
import type { Uploads } from "../../ports/uploads.ts";
import { translatedAws } from "./faults.ts";

/** A part of 16 MiB takes 67 seconds on a line of 2 Mbit/s; three go side by side, and the page asks again for each try. */
const TARGET_SECONDS = 15 * 60;

export interface S3UploadsOptions {
  /** One that adds no checksums of its own: nobody knows a part's before it is there. */
  readonly client: S3Client;
  readonly bucket: string;
  /** The same bucket; only notes beside the uploads are read and written through it. */
  readonly objects: ObjectStore;
  readonly clock: Pick<Clock, "now">;
  /** 32 hexadecimal digits that nobody guesses. */
  readonly newId: () => string;
}

export interface S3Uploads extends Uploads {
  /** Where a complete upload lies. Throws ConflictError "incomplete_upload" for any other. */
  locate(id: string): Promise<InputLocation>;
}

/**
 * Uploads that go straight into the bucket: this side begins and ends them and signs where each part may go. It never reads
 * what is in them, and needs no right to.
 */
export function s3Uploads({ client, bucket, objects, clock, newId }: S3UploadsOptions): S3Uploads {
  async function note<S extends z.ZodType>(key: string, schema: S): Promise<z.infer<S> | null> {
    const bytes = await objects.get(key);
    return bytes === null ? null : schema.parse(decodeJson(bytes));
  }

  /** Only what is an id is made a key of. */
  function requireId(id: string): void {
    if (!uploadId.safeParse(id).success) throw unknownUpload();
  }

  async function read(id: string): Promise<z.infer<typeof uploadRecord>> {
    requireId(id);
    const kept = await note(uploadRecordKey(id), uploadRecord);
    if (kept === null) throw unknownUpload();
    return kept;
  }

  const at = (id: string, { name, multipart_id }: z.infer<typeof uploadRecord>) => ({
    Bucket: bucket,
    Key: uploadFileKey(id, name),
    UploadId: multipart_id,
  });

  /** Parts of the length they should have; of a multipart upload that has ended none. */
  async function partsThere(id: string, record: z.infer<typeof uploadRecord>): Promise<Part[]> {
    return translatedAws("look at an upload", async () => {
      const there: Part[] = [];
      try {
        for await (const page of paginateListParts({ client }, at(id, record)))
          for (const part of page.Parts ?? [])
            if (part.Size === partLength(record.bytes, part.PartNumber ?? 0)) there.push(part);
      } catch (error) {
        if (error instanceof Error && error.name === "NoSuchUpload") throw unknownUpload();
        throw error;
      }
      return there;
    });
  }

  async function tell(
    id: string,
  ): Promise<{ record: z.infer<typeof uploadRecord>; answer: Upload; parts: readonly Part[] }> {
    requireId(id);
    const [record, done] = await Promise.all([read(id), note(uploadCompleteKey(id), uploadComplete)]);
    const parts = done === null ? await partsThere(id, record) : [];
    const received = parts.map(({ PartNumber: number = 0 }) => number);
    const { name, bytes } = record;
    return { record, answer: uploadAnswer({ id, name, bytes, complete: done !== null, received }), parts };
  }

  return {
    async create(name, bytes) {
      checkUploadSize(bytes);
      const id = newId();
      const safe = fileNameOf(name);
      const { UploadId: multipart } = await translatedAws("begin an upload", () =>
        client.send(new CreateMultipartUploadCommand({ Bucket: bucket, Key: uploadFileKey(id, safe) })),
      );
      const record = uploadRecord.parse({
        name: safe,
        bytes,
        created_at: new Date(clock.now()).toISOString(),
        multipart_id: multipart,
      });
      await objects.put(uploadRecordKey(id), encodeDocument(record));
      return uploadAnswer({ id, name: safe, bytes, complete: false, received: [] });
    },
    get: async (id) => (await tell(id)).answer,
    async partTarget(id, part) {
      const record = await read(id);
      const ContentLength = partLength(record.bytes, part);
      const command = new UploadPartCommand({ ...at(id, record), PartNumber: part, ContentLength });
      const url = await getSignedUrl(client, command, {
        expiresIn: TARGET_SECONDS,
        signingDate: new Date(clock.now()),
        // Signed, so that the part is as long as it was said to be.
        signableHeaders: new Set(["content-length"]),
      });
      return { url, authorise: false };
    },
    async complete(id) {
      const { record, answer, parts } = await tell(id);
      if (answer.complete) return answer;
      requireAllParts(answer);
      const done = parts.map(({ ETag, PartNumber }) => ({ ETag, PartNumber }));
      const { ETag: etag } = await translatedAws("end an upload", () =>
        client.send(
          new CompleteMultipartUploadCommand({ ...at(id, record), MultipartUpload: { Parts: done } }),
        ),
      );
      await objects.put(uploadCompleteKey(id), encodeDocument(uploadComplete.parse({ etag })));
      return uploadAnswer({ id, name: record.name, bytes: record.bytes, complete: true, received: [] });
    },
    async locate(id) {
      const { name } = await read(id);
      const done = await note(uploadCompleteKey(id), uploadComplete);
      if (done === null) throw notComplete();
      return { bucket, key: uploadFileKey(id, name), etag: done.etag };
    },
  };
}
