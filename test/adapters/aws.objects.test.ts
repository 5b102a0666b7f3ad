import { gzipSync } from "node:zlib";
import {
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import type { S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { s3Client } from "../../shared/adapters/aws/clients.ts";
import { objectInput } from "../../shared/adapters/aws/input-source.ts";
import { s3ObjectStore } from "../../shared/adapters/aws/object-store.ts";
import { abortUploads } from "../../shared/adapters/aws/open-uploads.ts";
import { ErrorName, errorDetail } from "../../shared/errors.ts";
import type { InputSource } from "../../shared/ports/input-source.ts";
import type { ObjectStore } from "../../shared/ports/object-store.ts";
import { race, startChild } from "../helpers/children.ts";
import { collect, collectBytes } from "../helpers/collect.ts";
import type { Ministack } from "../helpers/ministack.ts";
import { createBucket, hasMinistack, startMinistack } from "../helpers/ministack.ts";

const MIB = 1 << 20;
const BUCKET = "objects";

/** Chunks of 1 MiB, each full of its number; fails after so many if told. */
async function* mebibytes(count: number, failure?: Error): AsyncGenerator<Uint8Array> {
  for (let index = 0; index < count; index++) yield new Uint8Array(MIB).fill(index);
  if (failure !== undefined) throw failure;
}

const failureOf = (action: Promise<unknown>): Promise<unknown> =>
  action.then(
    () => new Error("no failure"),
    (error: unknown) => error,
  );

describe.skipIf(!hasMinistack())("objects on MiniStack", () => {
  let ministack: Ministack;
  let client: S3Client;
  let store: ObjectStore;

  beforeAll(async () => {
    ministack = await startMinistack();
    client = s3Client(ministack.options);
    await createBucket(ministack, BUCKET);
    store = s3ObjectStore({ client, bucket: BUCKET });
  });
  afterAll(async () => {
    client?.destroy();
    await ministack?.stop();
  });

  async function openUploads(): Promise<number> {
    const { Uploads: uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket: BUCKET }));
    return uploads.length;
  }

  test("uploads that were never completed are ended below a prefix, and nowhere else", async () => {
    for (const key of ["runs/gone/a", "runs/gone/b", "runs/gone-too/a"])
      await client.send(new CreateMultipartUploadCommand({ Bucket: BUCKET, Key: key }));
    await abortUploads({ client, bucket: BUCKET, prefix: "runs/gone/" });
    const { Uploads: left = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket: BUCKET }));
    expect(left.map(({ Key }) => Key)).toEqual(["runs/gone-too/a"]);
    await abortUploads({ client, bucket: BUCKET, prefix: "runs/" });
    expect(await openUploads()).toBe(0);
  });

  describe("a large body", () => {
    test.each([16, 17, 32, 33, 49])("of %i MiB is stored whole, one way or the other", async (count) => {
      const key = `runs/large/${count}`;
      expect(await store.put(key, mebibytes(count))).toBe(count * MIB);
      expect(await store.head(key)).toEqual({ key, size: count * MIB });
      let at = 0;
      for await (const chunk of store.stream(key)) {
        for (const end of [0, chunk.byteLength - 1]) {
          expect(chunk[end]).toBe(Math.floor((at + end) / MIB));
        }
        at += chunk.byteLength;
      }
      expect(at).toBe(count * MIB);
      expect(await openUploads()).toBe(0);
    });

    test("in memory is stored in parts too", async () => {
      const body = Buffer.concat(await collect(mebibytes(20)));
      expect(await store.put("runs/large/buffer", body)).toBe(20 * MIB);
      expect(body.equals((await store.get("runs/large/buffer")) ?? new Uint8Array(0))).toBe(true);
    });

    test.each([15, 17, 40])("that fails after %i MiB leaves no object, no upload", async (count) => {
      const failure = new Error("the body failed");
      expect(await failureOf(store.put("runs/large/failed", mebibytes(count, failure)))).toBe(failure);
      expect(await store.head("runs/large/failed")).toBeNull();
      expect(await openUploads()).toBe(0);
    });

    test("is counted as an object only when it has ended", async () => {
      const seen: unknown[] = [];
      async function* watched(): AsyncGenerator<Uint8Array> {
        yield* mebibytes(35);
        seen.push(await store.get("runs/large/watched"), await openUploads());
        yield* mebibytes(5);
      }
      await store.put("runs/large/watched", watched());
      expect(seen).toEqual([null, 1]);
    });
  });

  test("a bucket that does not exist is no missing object", async () => {
    const none = s3ObjectStore({ client, bucket: "no-such-bucket" });
    const verbs = [
      () => none.get("runs/a/x"),
      () => collect(none.stream("runs/a/x")),
      () => none.put("runs/a/x", new Uint8Array(1)),
      () => none.putIfAbsent("runs/a/x", new Uint8Array(1)),
      () => collect(none.list("runs/")),
      () => none.delete(["runs/a/x"]),
    ];
    for (const verb of verbs) {
      expect(await failureOf(verb())).toMatchObject({ name: ErrorName.permanent, code: "no_bucket" });
    }
  });

  test("of four processes creating the same objects one creates each, whole", async () => {
    const keys = Array.from({ length: 20 }, (_, index) => `runs/race/parts/${index % 4}/${index}`);
    const ids = [1, 2, 3, 4];
    const said = await race(
      ids.map((id) => startChild("create-s3-objects.ts", ministack.endpoint, BUCKET, String(id), ...keys)),
    );
    const created = said.map((line) => JSON.parse(line) as string[]);
    expect(created.flat().sort()).toEqual([...keys].sort());
    for (const [index, id] of ids.entries()) {
      for (const key of created[index] ?? []) {
        expect(await store.get(key)).toEqual(new Uint8Array(20_000 + id).fill(id));
      }
    }
  });

  describe("an input", () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `{"line":${index * 7919}}\n`).join("");

    async function dropped(key: string, body: string | Uint8Array): Promise<string> {
      const { ETag: etag } = await client.send(
        new PutObjectCommand({ Bucket: BUCKET, Key: key, Body: Buffer.from(body) }),
      );
      return etag ?? "";
    }
    const open = (key: string, etag: string): Promise<InputSource> =>
      objectInput({ client, bucket: BUCKET, key, etag });
    const input = async (key: string, body: string | Uint8Array): Promise<InputSource> =>
      open(key, await dropped(key, body));
    const text = async (chunks: AsyncIterable<Uint8Array>): Promise<string> =>
      new TextDecoder().decode(await collectBytes(chunks));

    test("is read whole and by ranges, and named by its base name", async () => {
      const source = await input("incoming/team a/chats.jsonl", "0123456789");
      expect([source.name, source.compressed, await source.size()]).toEqual(["chats.jsonl", false, 10]);
      expect(await text(source.content())).toBe("0123456789");
      expect(await text(source.stream({ start: 3, end: 7 }))).toBe("3456");
      expect(await text(source.stream({ start: 9, end: 100 }))).toBe("9");
      expect(await text(source.stream({ start: 10 }))).toBe("");
      expect(await text(source.stream({ start: 4, end: 4 }))).toBe("");
      await expect(collect(source.stream({ start: -1 }))).rejects.toThrow(RangeError);
    });

    test("may be empty or of one byte", async () => {
      for (const body of ["", "\u001f"]) {
        const source = await input("incoming/small.jsonl", body);
        expect([source.compressed, await source.size()]).toEqual([false, body.length]);
        expect(await text(source.content())).toBe(body);
      }
    });

    test("takes the etag as EventBridge gives it, without quotes", async () => {
      const etag = (await dropped("incoming/bare.jsonl", "1")).replaceAll('"', "");
      expect(await text((await open("incoming/bare.jsonl", etag)).content())).toBe("1");
    });

    test("is decompressed, by its name or by its first bytes; its stream is what is stored", async () => {
      const stored = new Uint8Array(gzipSync(lines));
      for (const name of ["chats.jsonl.gz", "CHATS.GZ", "chats.jsonl"]) {
        const source = await input(`incoming/${name}`, stored);
        expect([source.compressed, await source.size()]).toEqual([true, stored.byteLength]);
        expect(await text(source.content())).toBe(lines);
        expect(await collectBytes(source.stream({ start: 0 }))).toEqual(stored);
      }
    });

    const stored = gzipSync(lines);
    test.each([
      ["cut", "truncated_gzip", stored.subarray(0, stored.length >> 1)],
      ["empty", "truncated_gzip", new Uint8Array(0)],
      ["plain text", "not_gzip", Buffer.from("{}\n")],
      ["followed by something else", "corrupt_gzip", Buffer.concat([stored, Buffer.from("trailing words")])],
    ])("that is %s is %s", async (_, code, bytes) => {
      const source = await input("incoming/x.jsonl.gz", bytes);
      expect(await failureOf(collect(source.content()))).toMatchObject({ name: ErrorName.permanent, code });
    });

    test("that expands too far is refused", async () => {
      const etag = await dropped("incoming/bomb.gz", gzipSync(new Uint8Array(10 * MIB)));
      const limits = { maxBytes: 2 * MIB };
      const source = await objectInput({ client, bucket: BUCKET, key: "incoming/bomb.gz", etag, limits });
      expect(await failureOf(collect(source.content()))).toMatchObject({ code: "too_large" });
    });

    test("that was replaced is refused, at opening and at every reading", async () => {
      const key = "incoming/replaced.jsonl";
      const etag = await dropped(key, "before");
      const source = await open(key, etag);
      await dropped(key, "after!");
      const readings = [
        () => open(key, etag),
        () => collect(source.content()),
        () => collect(source.stream({ start: 2 })),
        () => collect(source.stream({ start: 2, end: 4 })),
      ];
      for (const reading of readings) {
        const error = await failureOf(reading());
        expect(error).toMatchObject({ name: ErrorName.permanent, code: "input_changed" });
        expect(errorDetail(error).hint).toMatch(/\.$/);
      }
    });

    test("that is gone is not found", async () => {
      const key = "incoming/gone.jsonl";
      const etag = await dropped(key, "1");
      const source = await open(key, etag);
      await store.delete([key]);
      for (const reading of [() => open(key, etag), () => collect(source.content())]) {
        const error = await failureOf(reading());
        expect(error).toMatchObject({ name: ErrorName.permanent, code: "input_not_found" });
        expect(errorDetail(error).hint).toMatch(/\.$/);
      }
    });
  });
});
