import type { _Error, S3Client } from "@aws-sdk/client-s3";
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  paginateListObjectsV2,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { PermanentError, TransientError } from "../../errors.ts";
import { isSafeKey, RUNS_PREFIX } from "../../keys.ts";
import type { Clock } from "../../ports/clock.ts";
import type { ByteRange, ObjectStore } from "../../ports/object-store.ts";
import { checkRange } from "../byte-range.ts";
import { systemClock } from "../system-clock.ts";
import { backoffMs } from "./backoff.ts";
import { awsFault, statusOf, translatedAws } from "./faults.ts";
import { readObject } from "./read-object.ts";
import { putBody } from "./write-object.ts";

export interface S3ObjectStoreOptions {
  readonly client: S3Client;
  readonly bucket: string;
  /** Waits between the tries of a conditional write; left out: the machine's. */
  readonly clock?: Clock;
}

/** Tries of a conditional write that S3 answers with 409, and the waits between them: about a second in all. */
const CONDITIONAL_TRIES = 6;
const CONDITIONAL_BASE_MS = 50;
const CONDITIONAL_CAP_MS = 1_000;

/** Most keys that one DeleteObjects takes. */
const DELETE_CHUNK = 1_000;

/**
 * Objects of a bucket. Unsafe keys are RangeErrors. S3 lists by UTF-8 bytes, which is code-unit order unless a key holds
 * a character above U+FFFF; `keys.ts` builds none. The bucket is unversioned: a deleted object is gone.
 */
export function s3ObjectStore({ client, bucket, clock = systemClock }: S3ObjectStoreOptions): ObjectStore {
  const at = (key: string): { Bucket: string; Key: string } => ({ Bucket: bucket, Key: key });

  return {
    async get(key) {
      checkKey(key);
      const doing = `read ${told(key)}`;
      try {
        const { Body: body } = await client.send(new GetObjectCommand(at(key)));
        // In memory of its own: a Buffer may share its block.
        return new Uint8Array((await body?.transformToByteArray()) ?? []);
      } catch (error) {
        if (isNoObject(error)) return null;
        throw awsFault(error, doing);
      }
    },

    async *stream(key, range: ByteRange = { start: 0 }) {
      checkRange(range);
      checkKey(key);
      const doing = `read ${told(key)}`;
      yield* readObject({
        client,
        bucket,
        key,
        range,
        doing,
        missing: () => new PermanentError(`There is no object ${told(key)}.`, { code: "not_found" }),
        changed: () =>
          new TransientError(`Could not ${doing}: it was replaced meanwhile.`, {
            code: "changed_while_read",
          }),
      });
    },

    async head(key) {
      checkKey(key);
      try {
        const { ContentLength: size = 0 } = await client.send(new HeadObjectCommand(at(key)));
        return { key, size };
      } catch (error) {
        // An answer to HEAD has no body, so a bucket that is not there looks the same; every other verb tells.
        if (statusOf(error) === 404) return null;
        throw awsFault(error, `read ${told(key)}`);
      }
    },

    /**
     * An answer may get lost and the SDK try again: then our own first try is what is found, and nobody is told
     * "created". That is fine: what is put if absent is the same whoever makes it, as its key stands for its content.
     */
    async putIfAbsent(key, body) {
      checkKey(key);
      for (let attempt = 1; ; attempt++) {
        try {
          await client.send(new PutObjectCommand({ ...at(key), Body: body, IfNoneMatch: "*" }));
          return "created";
        } catch (error) {
          const status = statusOf(error);
          if (status === 412) return "exists";
          // 409: a delete or another conditional write was under way; S3 says to send it again.
          if (status !== 409 || attempt === CONDITIONAL_TRIES) throw awsFault(error, `write ${told(key)}`);
          await wait(clock, backoffMs(attempt, CONDITIONAL_BASE_MS, CONDITIONAL_CAP_MS));
        }
      }
    },

    async put(key, body) {
      checkKey(key);
      return putBody({ client, bucket, key, doing: `write ${told(key)}` }, body);
    },

    async *list(prefix) {
      const pages = paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix });
      const next = (): Promise<Awaited<ReturnType<typeof pages.next>>> =>
        translatedAws("list objects", () => pages.next());
      for (let page = await next(); page.done !== true; page = await next()) {
        for (const { Key: key, Size: size = 0 } of page.value.Contents ?? []) {
          if (key !== undefined) yield { key, size };
        }
      }
    },

    async delete(keys) {
      for (const key of keys) checkKey(key);
      const unique = [...new Set(keys)];
      for (let from = 0; from < unique.length; from += DELETE_CHUNK) {
        const chunk = unique.slice(from, from + DELETE_CHUNK).map((key) => ({ Key: key }));
        const { Errors: errors = [] } = await translatedAws("delete objects", () =>
          client.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: chunk, Quiet: true } })),
        );
        const [first] = errors;
        if (first !== undefined) throw notDeleted(first, errors.length);
      }
    },
  };
}

function checkKey(key: string): void {
  if (!isSafeKey(key)) throw new RangeError("not a key of this store");
}

/** A key as it may be told: those of runs are built by `keys.ts`, those of inputs hold a user's words. */
function told(key: string): string {
  return key.startsWith(RUNS_PREFIX) ? key : "an object";
}

function isNoObject(error: unknown): boolean {
  return statusOf(error) === 404 && (error as Error).name !== "NoSuchBucket";
}

/** DeleteObjects answers 200 and names the keys it could not delete. */
function notDeleted({ Code: code = "InternalError" }: _Error, count: number): unknown {
  const doing = `delete ${count} of the objects`;
  const status = code === "InternalError" ? 500 : 400;
  return awsFault(Object.assign(new Error(), { name: code, $metadata: { httpStatusCode: status } }), doing);
}

async function wait(clock: Clock, ms: number): Promise<void> {
  await clock.sleep(ms, new AbortController().signal);
}
