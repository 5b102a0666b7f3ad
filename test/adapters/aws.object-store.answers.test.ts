import { afterEach, describe, expect, onTestFinished, test } from "vitest";
import { s3Client } from "../../shared/adapters/aws/clients.ts";
import { objectInput } from "../../shared/adapters/aws/input-source.ts";
import { s3ObjectStore } from "../../shared/adapters/aws/object-store.ts";
import { manualClock } from "../../shared/adapters/memory/manual-clock.ts";
import { ErrorName, errorDetail } from "../../shared/errors.ts";
import type { ObjectStore } from "../../shared/ports/object-store.ts";
import { collect, collectBytes } from "../helpers/collect.ts";
import type { S3Answer, S3Asked, ScriptedS3 } from "../helpers/scripted-s3.ts";
import { s3Error, scriptedS3 } from "../helpers/scripted-s3.ts";

/** Answers that MiniStack does not give. */

const KEY = "runs/abc/x.json";
const BODY = new TextEncoder().encode("0123456789");
const OK: S3Answer = { status: 200 };

let s3: ScriptedS3 | null = null;
afterEach(() => s3?.close());

async function storeOf(
  answer: (asked: S3Asked, index: number) => S3Answer,
): Promise<{ store: ObjectStore; clock: ReturnType<typeof manualClock>; asked: readonly S3Asked[] }> {
  s3 = await scriptedS3(answer);
  const client = s3Client(s3.options);
  onTestFinished(() => client.destroy());
  const clock = manualClock(0);
  return { store: s3ObjectStore({ client, bucket: "bucket", clock }), clock, asked: s3.asked };
}

const failure = (action: Promise<unknown>): Promise<unknown> =>
  action.then(
    () => new Error("no failure"),
    (error: unknown) => error,
  );

describe("a conditional write", () => {
  test("says so, and is sent again as long as another is under way", async () => {
    const { store, clock, asked } = await storeOf((_, index) =>
      index < 3 ? s3Error(409, "ConditionalRequestConflict") : OK,
    );
    expect(await store.putIfAbsent(KEY, BODY)).toBe("created");
    expect(asked.map(({ headers }) => headers["if-none-match"])).toEqual(["*", "*", "*", "*"]);
    expect(asked.map(({ body }) => body.toString())).toEqual(Array(4).fill("0123456789"));
    expect(clock.elapsed()).toBeGreaterThan(0);
    expect(clock.elapsed()).toBeLessThanOrEqual(50 + 100 + 200);
  });

  test("that may have gone through counts as there when the second try finds it so", async () => {
    const { store, asked } = await storeOf((_, index) =>
      index === 0 ? { ...OK, cutAfter: 0 } : s3Error(412, "PreconditionFailed"),
    );
    expect(await store.putIfAbsent(KEY, BODY)).toBe("exists");
    expect(asked).toHaveLength(2);
  });

  test("is given up at last, to be tried again by the engine", async () => {
    const { store, asked } = await storeOf(() => s3Error(409, "ConditionalRequestConflict"));
    expect(await failure(store.putIfAbsent(KEY, BODY))).toMatchObject({
      name: ErrorName.transient,
      code: "contended",
      message: `Could not write ${KEY}: it was being changed meanwhile (ConditionalRequestConflict, HTTP 409).`,
    });
    expect(asked).toHaveLength(6);
  });
});

describe("a reading whose connection breaks", () => {
  /** Answers a range as S3 does and cuts the answer after so many bytes. */
  const ranged =
    (cuts: readonly (number | undefined)[]) =>
    ({ headers }: S3Asked, index: number): S3Answer => {
      const [, from = "0", to = ""] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? "bytes=0-") ?? [];
      const body = BODY.subarray(Number(from), to === "" ? undefined : Number(to) + 1);
      const cut = cuts[index];
      const etag = { etag: '"one"' };
      return { status: 206, headers: etag, body, ...(cut === undefined ? {} : { cutAfter: cut }) };
    };

  test("goes on where it was, of the same object", async () => {
    const { store, asked } = await storeOf(ranged([4, 3]));
    expect(await collectBytes(store.stream(KEY))).toEqual(BODY);
    expect(asked.map(({ headers }) => [headers.range, headers["if-match"]])).toEqual([
      [undefined, undefined],
      ["bytes=4-", '"one"'],
      ["bytes=7-", '"one"'],
    ]);
  });

  test("goes on within its range", async () => {
    const { store, asked } = await storeOf(ranged([2]));
    expect(await collectBytes(store.stream(KEY, { start: 3, end: 8 }))).toEqual(BODY.subarray(3, 8));
    expect(asked.map(({ headers }) => headers.range)).toEqual(["bytes=3-7", "bytes=5-7"]);
  });

  test("may break often, as long as it gets on", async () => {
    const { store } = await storeOf(ranged([1, 1, 1, 1, 1, 1, 1, 1, 1]));
    expect(await collectBytes(store.stream(KEY))).toEqual(BODY);
  });

  test("ends when nothing more comes", async () => {
    const { store, asked } = await storeOf((one, index) => ({
      ...ranged([])(one, index),
      // Content-Length is of more than comes.
      headers: { etag: '"one"', "content-length": "50" },
      body: index === 0 ? BODY : "",
      cutAfter: index === 0 ? 10 : 0.5,
    }));
    expect(await failure(collect(store.stream(KEY)))).toMatchObject({
      name: ErrorName.transient,
      code: "connection_lost",
    });
    // The first, and three more without a byte.
    expect(asked).toHaveLength(4);
  });

  test("never goes on with another object", async () => {
    const { store } = await storeOf((one, index) =>
      index === 0 ? ranged([4])(one, index) : s3Error(412, "PreconditionFailed"),
    );
    expect(await failure(collect(store.stream(KEY)))).toMatchObject({
      name: ErrorName.transient,
      code: "changed_while_read",
    });
  });

  test("of a whole object at once is a fault that may pass", async () => {
    const { store } = await storeOf(ranged([4]));
    expect(await failure(store.get(KEY))).toMatchObject({
      name: ErrorName.transient,
      code: "connection_lost",
    });
  });
});

test("bytes damaged on the way are a fault, also at the end of a stream", async () => {
  const { store, asked } = await storeOf(() => ({
    status: 200,
    headers: { etag: '"one"', "x-amz-checksum-crc32": "AAAAAA==" },
    body: BODY,
  }));
  const garbled = { name: ErrorName.transient, code: "garbled" };
  expect(await failure(store.get(KEY))).toMatchObject(garbled);
  expect(await failure(collect(store.stream(KEY)))).toMatchObject(garbled);
  expect(asked).toHaveLength(2);
});

test("a slow-down says how long to wait", async () => {
  const { store } = await storeOf(() => s3Error(503, "SlowDown", { "retry-after": "0" }));
  expect(await failure(store.put(KEY, BODY))).toMatchObject({
    name: ErrorName.transient,
    code: "throttled",
    retryAfterMs: 0,
  });
});

describe("a body in parts of which one fails", () => {
  test("is aborted, and the body closed", async () => {
    const { store, asked } = await storeOf(({ method, url }) => {
      if (method === "POST" && url.includes("uploads")) {
        const upload =
          "<InitiateMultipartUploadResult><UploadId>the-upload</UploadId></InitiateMultipartUploadResult>";
        return { status: 200, headers: { "content-type": "application/xml" }, body: upload };
      }
      return method === "PUT" ? s3Error(403, "AccessDenied") : { status: 204 };
    });
    let closed = false;
    async function* body(): AsyncGenerator<Uint8Array> {
      try {
        for (let chunk = 0; chunk < 60; chunk++) yield new Uint8Array(1 << 20);
      } finally {
        closed = true;
      }
    }
    expect(await failure(store.put(KEY, body()))).toMatchObject({
      name: ErrorName.permanent,
      code: "no_permission",
    });
    expect(closed).toBe(true);
    const last = asked.at(-1);
    expect(last?.method).toBe("DELETE");
    expect(last?.url).toContain("uploadId=the-upload");
    expect(asked.filter(({ method, url }) => method === "POST" && url.includes("uploadId"))).toEqual([]);
  });
});

describe("deleting", () => {
  const result = (errors: string): S3Answer => ({
    status: 200,
    headers: { "content-type": "application/xml" },
    body: `<DeleteResult>${errors}</DeleteResult>`,
  });
  const refusal = (code: string): string =>
    `<Error><Key>runs/abc/x.json</Key><Code>${code}</Code><Message>A SECRET</Message></Error>`;

  test("goes a thousand keys at a time", async () => {
    const { store, asked } = await storeOf(() => result(""));
    await store.delete(Array.from({ length: 2_001 }, (_, index) => `runs/abc/${index}`));
    const sizes = asked.map(({ body }) => body.toString().match(/<Key>/g)?.length);
    expect(sizes).toEqual([1_000, 1_000, 1]);
  });

  test.each([
    ["AccessDenied", ErrorName.permanent, "no_permission"],
    ["InternalError", ErrorName.transient, "service_fault"],
    ["SlowDown", ErrorName.transient, "throttled"],
  ])("reports %s of single keys", async (code, name, expected) => {
    const { store } = await storeOf(() => result(refusal(code) + refusal(code)));
    const error = await failure(store.delete(["runs/abc/x.json", "runs/abc/y.json"]));
    expect(error).toMatchObject({ name, code: expected });
    expect(String(error)).toContain("2 of the objects");
    expect(String(error)).not.toContain("SECRET");
  });
});

test("no error of a store quotes what S3 said, or the name of an input", async () => {
  const { store } = await storeOf(() => s3Error(403, "AccessDenied"));
  const key = "incoming/about anna.jsonl";
  const verbs = [
    () => store.get(key),
    () => store.put(key, BODY),
    () => collect(store.stream(key)),
    () => store.head(key),
  ];
  for (const verb of verbs) {
    const error = await failure(verb());
    expect(error).toMatchObject({ name: ErrorName.permanent, code: "no_permission" });
    expect(errorDetail(error).hint).toMatch(/\.$/);
    expect(`${String(error)} ${JSON.stringify(error)} ${String((error as Error).cause)}`).not.toMatch(
      /SECRET|anna/,
    );
  }
});

test("an input whose bucket may not be read is a matter of permission", async () => {
  s3 = await scriptedS3(() => s3Error(403, "AccessDenied"));
  const client = s3Client(s3.options);
  onTestFinished(() => client.destroy());
  const input = objectInput({ client, bucket: "bucket", key: "incoming/x.jsonl", etag: "one" });
  expect(await failure(input)).toMatchObject({ name: ErrorName.permanent, code: "no_permission" });
});
