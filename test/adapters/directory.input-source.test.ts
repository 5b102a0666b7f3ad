import { execFileSync } from "node:child_process";
import { chmod, mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { getuid } from "node:process";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fileInput } from "../../shared/adapters/directory/input-source.ts";
import { ErrorName, errorDetail } from "../../shared/errors.ts";
import { collect, collectBytes } from "../helpers/collect.ts";
import type { TemporaryFolder } from "../helpers/temporary-folder.ts";
import { temporaryFolder } from "../helpers/temporary-folder.ts";

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder.path, name);
  await writeFile(path, content);
  return path;
}

const text = async (chunks: AsyncIterable<Uint8Array>): Promise<string> =>
  new TextDecoder().decode(await collectBytes(chunks));

async function usageError(path: string): Promise<string | undefined> {
  const error: unknown = await fileInput(path).then(
    () => new Error("accepted"),
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ name: ErrorName.usage });
  expect(errorDetail(error).hint).toMatch(/\.$/);
  return errorDetail(error).code;
}

describe("a path that is no readable file is the caller's mistake", () => {
  test("when nothing is there", async () => {
    expect(await usageError(join(folder.path, "none.jsonl"))).toBe("input_not_found");
    expect(await usageError(join(await file("a-file", "1"), "below.jsonl"))).toBe("input_not_found");
    expect(await usageError("")).toBe("input_not_found");
    await symlink("nowhere", join(folder.path, "dangling"));
    expect(await usageError(join(folder.path, "dangling"))).toBe("input_not_found");
  });

  test("when it is a folder", async () => {
    expect(await usageError(folder.path)).toBe("input_is_folder");
  });

  test("when it is a pipe, a socket or a device, without opening it", async () => {
    const pipe = join(folder.path, "pipe.jsonl.gz");
    execFileSync("mkfifo", [pipe]);
    // Opening a pipe that nobody writes to would wait for ever.
    expect(await usageError(pipe)).toBe("input_not_a_file");
    expect(await usageError("/dev/null")).toBe("input_not_a_file");
    const server = createServer();
    await new Promise<void>((resolve) => {
      server.listen(join(folder.path, "socket"), resolve);
    });
    expect(await usageError(join(folder.path, "socket"))).toBe("input_not_a_file");
    await new Promise((resolve) => {
      server.close(resolve);
    });
  });

  test.skipIf(getuid?.() === 0)("when it may not be read", async () => {
    const path = await file("x.jsonl", "{}");
    await chmod(path, 0);
    expect(await usageError(path)).toBe("input_no_permission");
  });
});

describe("a plain file", () => {
  test("is read whole and by ranges, and named by its base name", async () => {
    const input = await fileInput(await file("chats.jsonl", "0123456789"));
    expect([input.name, input.compressed, await input.size()]).toEqual(["chats.jsonl", false, 10]);
    expect(await text(input.content())).toBe("0123456789");
    expect(await text(input.stream({ start: 0 }))).toBe("0123456789");
    expect(await text(input.stream({ start: 3, end: 7 }))).toBe("3456");
    expect(await text(input.stream({ start: 9, end: 100 }))).toBe("9");
    expect(await text(input.stream({ start: 10 }))).toBe("");
    await expect(collect(input.stream({ start: -1 }))).rejects.toThrow(RangeError);
  });

  test("may be empty, of one byte, or linked to", async () => {
    const empty = await fileInput(await file("empty.jsonl", ""));
    expect([empty.compressed, await text(empty.content())]).toEqual([false, ""]);
    const path = await file("one.jsonl", Uint8Array.of(0x1f));
    expect((await fileInput(path)).compressed).toBe(false);
    await mkdir(join(folder.path, "links"));
    await symlink(path, join(folder.path, "links", "linked.jsonl"));
    const linked = await fileInput(join(folder.path, "links", "linked.jsonl"));
    expect([linked.name, await linked.size()]).toEqual(["linked.jsonl", 1]);
  });

  test("comes in chunks of at most 1 MiB", async () => {
    const input = await fileInput(await file("large.jsonl", new Uint8Array((5 << 19) + 1)));
    const lengths = (await collect(input.content())).map((chunk) => chunk.byteLength);
    expect(lengths).toEqual([1 << 20, 1 << 20, (1 << 19) + 1]);
  });

  test("that goes away is a fault without its path", async () => {
    const path = await file("gone.jsonl", "1");
    const input = await fileInput(path);
    await rm(path);
    const error: unknown = await collect(input.content()).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: ErrorName.permanent, code: "input_not_found" });
    expect(String(error)).not.toContain(folder.path);
  });
});

describe("a compressed file", () => {
  const lines = Array.from({ length: 50_000 }, (_, index) => `{"line":${index * 7919}}\n`).join("");

  test("is decompressed, by its name or by its first bytes; its stream is what is stored", async () => {
    for (const name of ["chats.jsonl.gz", "CHATS.GZ", "chats.jsonl"]) {
      const stored = gzipSync(lines);
      const input = await fileInput(await file(name, stored));
      expect([input.compressed, await input.size()]).toEqual([true, stored.byteLength]);
      expect(await text(input.content())).toBe(lines);
      expect(await text(input.content())).toBe(lines);
      expect(await collectBytes(input.stream({ start: 0 }))).toEqual(new Uint8Array(stored));
    }
  });

  test("of several members, with padding, is all of them", async () => {
    const stored = Buffer.concat([gzipSync("one\n"), gzipSync(""), gzipSync("two\n"), new Uint8Array(512)]);
    expect(await text((await fileInput(await file("x.gz", stored))).content())).toBe("one\ntwo\n");
  });

  test("with an empty content is empty", async () => {
    expect(await text((await fileInput(await file("x.gz", gzipSync("")))).content())).toBe("");
  });

  test("can be left early", async () => {
    const input = await fileInput(await file("x.gz", gzipSync(lines)));
    for await (const chunk of input.content()) {
      expect(chunk.byteLength).toBeGreaterThan(0);
      break;
    }
    expect(await text(input.content())).toBe(lines);
  });

  const stored = gzipSync(lines);
  const flipped = Uint8Array.from(stored).fill(0xff, stored.length >> 1, (stored.length >> 1) + 20);
  const badSum = Uint8Array.from(stored);
  badSum[stored.length - 6] = (badSum[stored.length - 6] ?? 0) ^ 1;
  test.each([
    ["cut in the middle", "truncated_gzip", stored.subarray(0, stored.length >> 1)],
    ["cut by one byte", "truncated_gzip", stored.subarray(0, -1)],
    ["cut in its second member", "truncated_gzip", Buffer.concat([stored, stored.subarray(0, 30)])],
    ["cut within the header", "truncated_gzip", stored.subarray(0, 3)],
    ["empty", "truncated_gzip", new Uint8Array(0)],
    ["plain text", "not_gzip", Buffer.from("{}\n")],
    ["a zip archive", "not_gzip", Buffer.from("PK\u0003\u0004")],
    ["damaged in the middle", "corrupt_gzip", flipped],
    ["of a wrong checksum", "corrupt_gzip", badSum],
    ["followed by something else", "corrupt_gzip", Buffer.concat([stored, Buffer.from("trailing words")])],
  ])("%s is %s", async (_, code, bytes) => {
    const input = await fileInput(await file("x.jsonl.gz", bytes));
    expect(input.compressed).toBe(true);
    const error: unknown = await collect(input.content()).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: ErrorName.permanent, code });
    expect(errorDetail(error).hint).toMatch(/\.$/);
    expect(String(error)).toContain("x.jsonl.gz");
    expect(String(error)).not.toContain(folder.path);
  });
});

describe("a decompression bomb", () => {
  const MIB = 1 << 20;
  const zeros = gzipSync(new Uint8Array(40 * MIB));
  const yielded = async (
    limits: Parameters<typeof fileInput>[1],
  ): Promise<{ bytes: number; error: unknown }> => {
    const input = await fileInput(await file("bomb.gz", zeros), limits);
    let bytes = 0;
    try {
      for await (const chunk of input.content()) bytes += chunk.byteLength;
    } catch (error) {
      return { bytes, error };
    }
    return { bytes, error: null };
  };
  const refused = { name: ErrorName.permanent, code: "too_large" };

  test("is refused by its size, before more than that is given out", async () => {
    const { bytes, error } = await yielded({ maxBytes: 5 * MIB });
    expect(error).toMatchObject(refused);
    expect(bytes).toBeLessThanOrEqual(5 * MIB);
  });

  test("is refused by its ratio, from the stated size on", async () => {
    const { bytes, error } = await yielded({ ratioFromBytes: 3 * MIB });
    expect(error).toMatchObject(refused);
    expect(bytes).toBeLessThanOrEqual(4 * MIB);
  });

  test("within the limits is read: size and ratio are exclusive", async () => {
    expect(await yielded({})).toEqual({ bytes: 40 * MIB, error: null });
    expect(await yielded({ maxBytes: 40 * MIB })).toEqual({ bytes: 40 * MIB, error: null });
    expect(await yielded({ ratioFromBytes: 0, maxRatio: 1100 })).toEqual({ bytes: 40 * MIB, error: null });
  });
});
