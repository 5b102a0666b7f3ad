import { execFileSync } from "node:child_process";
import { mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { directoryObjectStore } from "../../shared/adapters/directory/object-store.ts";
import { ErrorName } from "../../shared/errors.ts";
import type { ObjectStore } from "../../shared/ports/object-store.ts";
import { collect } from "../helpers/collect.ts";
import type { TemporaryFolder } from "../helpers/temporary-folder.ts";
import { temporaryFolder } from "../helpers/temporary-folder.ts";

const TEMPORARY = ".tmp-01234567-89ab-cdef-0123-456789abcdef";
const body = Uint8Array.of(1, 2, 3);
const keysOf = async (store: ObjectStore): Promise<string[]> =>
  (await collect(store.list(""))).map(({ key }) => key);

let folder: TemporaryFolder;
let dir: string;
let store: ObjectStore;

beforeEach(async () => {
  folder = await temporaryFolder();
  dir = join(folder.path, "kept");
  store = directoryObjectStore({ dir, prefix: "runs/" });
});
afterEach(() => folder.remove());

test("a key is the file of that name below the folder", async () => {
  await store.put("runs/abc/facets/facets.jsonl", body);
  expect(Uint8Array.from(await readFile(join(dir, "abc", "facets", "facets.jsonl")))).toEqual(body);
  const whole = directoryObjectStore({ dir: folder.path, prefix: "" });
  expect(await keysOf(whole)).toEqual(["kept/abc/facets/facets.jsonl"]);
});

test.each(["runs", "/", "a//", "../", "runs/../"])("%j is no prefix", (prefix) => {
  expect(() => directoryObjectStore({ dir, prefix })).toThrow(RangeError);
});

test.each(["other/abc/x", "run", "runs", "runsabc", "Runs/abc/x"])(
  "%j is no key below the prefix",
  async (key) => {
    await expect(store.put(key, body)).rejects.toThrow(RangeError);
    await expect(store.get(key)).rejects.toThrow(RangeError);
    await expect(store.delete([key])).rejects.toThrow(RangeError);
  },
);

describe("what is not an object", () => {
  test.each([
    `runs/abc/${TEMPORARY}`,
    `runs/${TEMPORARY}/x`,
    "runs/abc/.state/manifest-00000001.json",
    "runs/.state",
  ])("%s is a reserved name", async (key) => {
    await mkdir(join(dir, key.slice("runs/".length), ".."), { recursive: true });
    await writeFile(join(dir, key.slice("runs/".length)), "1");
    await expect(store.get(key)).rejects.toThrow(RangeError);
    await expect(store.head(key)).rejects.toThrow(RangeError);
    await expect(collect(store.stream(key))).rejects.toThrow(RangeError);
    await expect(store.put(key, body)).rejects.toThrow(RangeError);
    await expect(store.putIfAbsent(key, body)).rejects.toThrow(RangeError);
    await expect(store.delete([key])).rejects.toThrow(RangeError);
    expect(await keysOf(store)).toEqual([]);
    expect(await collect(store.list(key))).toEqual([]);
    expect(await collect(store.list(`${key}/`))).toEqual([]);
  });

  test("names that only look reserved are objects", async () => {
    const keys = [
      "runs/abc/.run.lock",
      "runs/abc/.states",
      "runs/abc/.tmp-",
      "runs/abc/.tmp-short",
      `runs/abc/x${TEMPORARY}`,
    ];
    for (const key of keys) await store.put(key, body);
    expect(await keysOf(store)).toEqual(keys);
  });

  test("a temporary file of a writer at work is not listed", async () => {
    const names: string[] = [];
    const listed: string[] = [];
    async function* watched(): AsyncGenerator<Uint8Array> {
      yield body;
      names.push(...(await readdir(join(dir, "abc"))));
      listed.push(...(await keysOf(store)));
    }
    await store.put("runs/abc/x", watched());
    expect(names).toEqual([expect.stringMatching(/^\.tmp-[0-9a-f-]{36}$/)]);
    expect(listed).toEqual([]);
    expect(await readdir(join(dir, "abc"))).toEqual(["x"]);
  });

  test("a named pipe is none, and is not waited for", async () => {
    await mkdir(join(dir, "abc"), { recursive: true });
    execFileSync("mkfifo", [join(dir, "abc", "pipe")]);
    expect(await store.get("runs/abc/pipe")).toBeNull();
    expect(await store.head("runs/abc/pipe")).toBeNull();
    expect(await keysOf(store)).toEqual([]);
    await expect(store.putIfAbsent("runs/abc/pipe", body)).rejects.toMatchObject({ code: "key_conflict" });
  });

  test("a file name that is no key is not listed", async () => {
    await mkdir(join(dir, "abc"), { recursive: true });
    await writeFile(join(dir, "abc", "back\\slash"), "1");
    await writeFile(join(dir, "abc", "line\nbreak"), "1");
    expect(await keysOf(store)).toEqual([]);
  });
});

test("a key cannot be an object and the folder of others", async () => {
  await store.put("runs/abc/x", body);
  const conflict = { name: ErrorName.permanent, code: "key_conflict" };
  await expect(store.put("runs/abc/x/y", body)).rejects.toMatchObject(conflict);
  await expect(store.putIfAbsent("runs/abc/x/y/z", body)).rejects.toMatchObject(conflict);
  await expect(store.put("runs/abc", body)).rejects.toMatchObject(conflict);
  await expect(store.putIfAbsent("runs/abc", body)).rejects.toMatchObject(conflict);
  expect(await keysOf(store)).toEqual(["runs/abc/x"]);
  expect(await readdir(dir)).toEqual(["abc"]);
});

test("a key part longer than a file name is missing, and cannot be written", async () => {
  const key = `runs/abc/${"x".repeat(300)}`;
  expect(await store.get(key)).toBeNull();
  expect(await store.head(key)).toBeNull();
  await store.delete([key]);
  await expect(store.put(key, body)).rejects.toMatchObject({
    name: ErrorName.permanent,
    code: "name_too_long",
  });
  const longest = `runs/abc/${"x".repeat(255)}`;
  expect(await store.putIfAbsent(longest, body)).toBe("created");
  expect(await store.get(longest)).toEqual(body);
});

test("an object that grows is read as far as it is written, and goes on after its end", async () => {
  const key = "runs/abc/answers/log.jsonl";
  const first = await store.appendable!(key);
  expect(await store.get(key)).toEqual(new Uint8Array(0));
  await Promise.all([first.append(body), first.append(body)]);
  expect(await store.get(key)).toEqual(Uint8Array.of(1, 2, 3, 1, 2, 3));
  await first.close();
  const second = await store.appendable!(key);
  await second.append(Uint8Array.of(4));
  await second.close();
  expect(await store.head(key)).toEqual({ key, size: 7 });
  await store.delete([key]);
  expect(await keysOf(store)).toEqual([]);
});

describe("symbolic links", () => {
  const refused = { name: ErrorName.permanent, code: "symbolic_link" };
  beforeEach(async () => {
    await mkdir(join(folder.path, "outside", "deep"), { recursive: true });
    await writeFile(join(folder.path, "outside", "secret"), "secret");
    await mkdir(join(dir, "abc"), { recursive: true });
  });

  test("to a folder lead nowhere", async () => {
    await symlink(join(folder.path, "outside"), join(dir, "abc", "link"));
    for (const key of [
      "runs/abc/link/secret",
      "runs/abc/link/new",
      "runs/abc/link/deep/new",
      "runs/abc/link/no/new",
    ]) {
      await expect(store.get(key)).rejects.toMatchObject(refused);
      await expect(store.head(key)).rejects.toMatchObject(refused);
      await expect(collect(store.stream(key))).rejects.toMatchObject(refused);
      await expect(store.put(key, body)).rejects.toMatchObject(refused);
      await expect(store.appendable!(key)).rejects.toMatchObject(refused);
      await expect(store.putIfAbsent(key, body)).rejects.toMatchObject(refused);
      await expect(store.delete([key])).rejects.toMatchObject(refused);
    }
    expect(await keysOf(store)).toEqual([]);
    expect(await collect(store.list("runs/abc/link/"))).toEqual([]);
    expect(await collect(store.list("runs/abc/link/deep/"))).toEqual([]);
    expect((await readdir(join(folder.path, "outside"))).sort()).toEqual(["deep", "secret"]);
  });

  test("to a file are not read, and replaced rather than written through", async () => {
    const target = join(folder.path, "outside", "secret");
    await symlink(target, join(dir, "abc", "link"));
    await expect(store.get("runs/abc/link")).rejects.toMatchObject(refused);
    await expect(store.head("runs/abc/link")).rejects.toMatchObject(refused);
    await expect(store.putIfAbsent("runs/abc/link", body)).rejects.toMatchObject(refused);
    await expect(store.appendable!("runs/abc/link")).rejects.toMatchObject(refused);
    expect(await keysOf(store)).toEqual([]);
    await store.put("runs/abc/link", body);
    expect(await store.get("runs/abc/link")).toEqual(body);
    await symlink(target, join(dir, "abc", "second"));
    await store.delete(["runs/abc/second"]);
    expect(await readFile(target, "utf8")).toBe("secret");
  });

  test("the folder of runs itself may be one", async () => {
    await symlink(join(folder.path, "outside", "deep"), join(folder.path, "linked"));
    const linked = directoryObjectStore({ dir: join(folder.path, "linked"), prefix: "runs/" });
    await linked.put("runs/abc/x", body);
    expect(await linked.get("runs/abc/x")).toEqual(body);
    expect(await keysOf(linked)).toEqual(["runs/abc/x"]);
    await linked.delete(["runs/abc/x"]);
    expect(await readdir(join(folder.path, "outside", "deep"))).toEqual([]);
  });
});

describe("deleting", () => {
  test("removes emptied folders up to the folder of runs", async () => {
    await store.put("runs/abc/x/y/1", body);
    await store.put("runs/abc/x/2", body);
    await store.put("runs/def/3", body);
    await store.delete(["runs/abc/x/y/1"]);
    expect(await readdir(join(dir, "abc", "x"))).toEqual(["2"]);
    await store.delete(["runs/abc/x/2", "runs/def/3"]);
    expect(await readdir(dir)).toEqual([]);
    expect(await readdir(folder.path)).toEqual(["kept"]);
  });

  test("takes along what killed writers left, where no object is left beside it", async () => {
    await store.put("runs/abc/x/1", body);
    await store.put("runs/abc/y/1", body);
    await mkdir(join(dir, "abc", "x", "never-finished"));
    for (const place of ["x", "x/never-finished", "y"])
      await writeFile(join(dir, "abc", place, TEMPORARY), "raw text");
    await store.delete(["runs/abc/x/1"]);
    expect(await readdir(join(dir, "abc"))).toEqual(["y"]);
    expect((await readdir(join(dir, "abc", "y"))).sort()).toEqual([TEMPORARY, "1"]);
    await store.delete(["runs/abc/y/1"]);
    expect(await readdir(dir)).toEqual([]);
  });

  test("leaves a run's record, and files that are not the store's", async () => {
    await store.put("runs/abc/x", body);
    await mkdir(join(dir, "abc", ".state"));
    await store.delete(["runs/abc/x"]);
    expect(await readdir(join(dir, "abc"))).toEqual([".state"]);
    await rm(join(dir, "abc"), { recursive: true });
    await store.put("runs/abc/x", body);
    await symlink("nowhere", join(dir, "abc", "link"));
    await store.delete(["runs/abc/x"]);
    expect(await readdir(join(dir, "abc"))).toEqual(["link"]);
  });
});

test("an object that shrinks while it is read is a fault, not a short body", async () => {
  await store.put("runs/abc/x", new Uint8Array((1 << 20) + 10));
  const reading = store.stream("runs/abc/x")[Symbol.asyncIterator]();
  expect((await reading.next()).value).toHaveLength(1 << 20);
  await writeFile(join(dir, "abc", "x"), "short");
  await expect(reading.next()).rejects.toMatchObject({
    name: ErrorName.transient,
    code: "changed_while_read",
  });
});
