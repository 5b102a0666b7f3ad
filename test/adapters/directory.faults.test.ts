import type { FileHandle } from "node:fs/promises";
import { chmod, link, mkdir, open, readdir, readFile, rename } from "node:fs/promises";
import { getuid } from "node:process";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { errnoOf, storageFault } from "../../shared/adapters/directory/faults.ts";
import { directoryObjectStore } from "../../shared/adapters/directory/object-store.ts";
import { directoryRunStore } from "../../shared/adapters/directory/run-store.ts";
import { ErrorName, errorDetail, PermanentError } from "../../shared/errors.ts";
import type { LogFields } from "../../shared/ports/log.ts";
import type { ObjectStore } from "../../shared/ports/object-store.ts";
import { sampleEvent, sampleLock, sampleManifest } from "../contracts/sample-run.ts";
import { collect, streamOf } from "../helpers/collect.ts";
import type { TemporaryFolder } from "../helpers/temporary-folder.ts";
import { temporaryFolder } from "../helpers/temporary-folder.ts";

vi.mock(import("node:fs/promises"), async (original) => {
  const fs = await original();
  return { ...fs, link: vi.fn(fs.link), open: vi.fn(fs.open), rename: vi.fn(fs.rename) };
});

const fault = (errno: string): Error =>
  Object.assign(new Error(`${errno}: words of the system, open '/absolute/path'`), { code: errno });

/** The next file opened fails at this call of its handle. */
function failNextFile(verb: "writeFile" | "datasync" | "read" | "close", errno: string): void {
  const real = vi.mocked(open).getMockImplementation();
  vi.mocked(open).mockImplementationOnce(async (...args) => {
    const handle = (await real?.(...args)) as FileHandle;
    const close = handle.close.bind(handle);
    vi.spyOn(handle, verb).mockImplementationOnce(async () => {
      if (verb === "close") await close();
      throw fault(errno);
    });
    return handle;
  });
}

/** The next call of a mocked function waits: `reached` resolves when it is made, and it goes on after `go()`. */
function pauseNext(mocked: typeof link): { reached: Promise<void>; go: () => void } {
  const real = vi.mocked(mocked).getMockImplementation();
  const reached = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  vi.mocked(mocked).mockImplementationOnce(async (...args) => {
    reached.resolve();
    await gate.promise;
    await real?.(...args);
  });
  return { reached: reached.promise, go: gate.resolve };
}

let folder: TemporaryFolder;
let store: ObjectStore;
const body = Uint8Array.of(1, 2, 3);
const key = "runs/abc/x.json";

beforeEach(async () => {
  folder = await temporaryFolder();
  store = directoryObjectStore({ dir: folder.path, prefix: "runs/" });
});
afterEach(() => folder.remove());

const KINDS = [
  ["ENOSPC", ErrorName.permanent, "no_space"],
  ["EDQUOT", ErrorName.permanent, "no_space"],
  ["EROFS", ErrorName.permanent, "read_only"],
  ["EACCES", ErrorName.permanent, "no_permission"],
  ["EPERM", ErrorName.permanent, "no_permission"],
  ["EFBIG", ErrorName.permanent, "file_too_large"],
  ["EMFILE", ErrorName.transient, "too_many_open_files"],
  ["ENFILE", ErrorName.transient, "too_many_open_files"],
  ["EIO", ErrorName.transient, "io_error"],
  ["EBUSY", ErrorName.transient, "busy"],
  ["ESTALE", ErrorName.transient, "storage_fault"],
] as const;

describe("translation", () => {
  test.each(KINDS)("%s is %s %s", (errno, name, code) => {
    const translated = storageFault(fault(errno), `write ${key}`);
    expect(translated).toMatchObject({ name, code });
    expect(String(translated)).toContain(key);
    expect(String(translated)).not.toContain("/absolute");
    expect(translated).not.toHaveProperty("cause");
    if (name === ErrorName.permanent) expect(errorDetail(translated).hint).toMatch(/\.$/);
  });

  test("leaves errors that are not the system's as they are", () => {
    for (const error of [
      new PermanentError("no", { code: "not_found" }),
      new RangeError("no"),
      "text",
      null,
    ]) {
      expect(storageFault(error, "write")).toBe(error);
      expect(errnoOf(error)).toBeNull();
    }
  });
});

describe.each(["writeFile", "datasync", "close"] as const)("a fault of %s", (verb) => {
  test.each(KINDS)("%s keeps the old object and no temporary file", async (errno, name, code) => {
    await store.put(key, body);
    for (const write of [
      () => store.put(key, Uint8Array.of(9)),
      () => store.put(key, streamOf(Uint8Array.of(9))),
      () => store.putIfAbsent("runs/abc/new.json", Uint8Array.of(9)),
    ]) {
      failNextFile(verb, errno);
      await expect(write()).rejects.toMatchObject({ name, code });
      expect(await store.get(key)).toEqual(body);
      expect(await readdir(`${folder.path}/abc`)).toEqual(["x.json"]);
    }
  });
});

test.each(["EINVAL", "ENOTSUP"])(
  "a file system that cannot flush (%s) is used all the same",
  async (errno) => {
    failNextFile("datasync", errno);
    expect(await store.put(key, body)).toBe(3);
    expect(await store.get(key)).toEqual(body);
  },
);

test("a fault of rename keeps the old object", async () => {
  await store.put(key, body);
  vi.mocked(rename).mockRejectedValueOnce(fault("EIO"));
  await expect(store.put(key, Uint8Array.of(9))).rejects.toMatchObject({ name: ErrorName.transient });
  expect(await store.get(key)).toEqual(body);
  expect(await readdir(`${folder.path}/abc`)).toEqual(["x.json"]);
});

test("faults of reading name the key", async () => {
  await store.put(key, body);
  failNextFile("read", "EIO");
  await expect(store.get(key)).rejects.toMatchObject({
    name: ErrorName.transient,
    message: `Could not read ${key}: input/output error (EIO).`,
  });
  failNextFile("read", "EIO");
  await expect(collect(store.stream(key))).rejects.toMatchObject({ name: ErrorName.transient });
  vi.mocked(open).mockRejectedValueOnce(fault("EMFILE"));
  await expect(store.get(key)).rejects.toMatchObject({ code: "too_many_open_files" });
  vi.mocked(open).mockRejectedValueOnce(fault("EACCES"));
  await expect(store.get(key)).rejects.toMatchObject({ name: ErrorName.permanent, code: "no_permission" });
});

test("an error of the body is not taken for one of the store", async () => {
  const failure = fault("ENOSPC");
  async function* failing(): AsyncGenerator<Uint8Array> {
    yield body;
    throw failure;
  }
  await expect(store.put(key, failing())).rejects.toBe(failure);
});

test("a folder deleted between making and using it is made again", async () => {
  vi.mocked(open).mockRejectedValueOnce(fault("ENOENT")).mockRejectedValueOnce(fault("ENOENT"));
  expect(await store.putIfAbsent(key, body)).toBe("created");
  expect(await store.get(key)).toEqual(body);
  vi.mocked(open).mockRejectedValueOnce(fault("ENOENT"));
  await expect(store.put(key, streamOf(body))).rejects.toMatchObject({
    name: ErrorName.transient,
    code: "folder_deleted",
  });
});

test.skipIf(getuid?.() === 0)("a folder that may not be written is a permission fault", async () => {
  await mkdir(`${folder.path}/abc`);
  await chmod(`${folder.path}/abc`, 0o500);
  await expect(store.put(key, body)).rejects.toMatchObject({
    name: ErrorName.permanent,
    code: "no_permission",
  });
});

describe("the run store", () => {
  test("fails a change that cannot be written, and leaves the run as it was", async () => {
    const runs = directoryRunStore({ dir: folder.path });
    const run = sampleManifest("abc");
    failNextFile("writeFile", "ENOSPC");
    await expect(runs.create(run)).rejects.toMatchObject({ name: ErrorName.permanent, code: "no_space" });
    expect(await runs.get("abc")).toBeNull();
    await runs.create(run);
    failNextFile("datasync", "EIO");
    await expect(runs.swap({ ...run, revision: 2 })).rejects.toMatchObject({ name: ErrorName.transient });
    expect(await runs.get("abc")).toEqual(run);
    await runs.swap({ ...run, revision: 2 });
    vi.mocked(open).mockRejectedValueOnce(fault("EMFILE"));
    await expect(runs.appendEvents("abc", [sampleEvent(1)])).rejects.toMatchObject({
      name: ErrorName.transient,
    });
  });

  test("does not fail a change that was stored because its snapshot could not be written", async () => {
    const warned: [string, LogFields | undefined][] = [];
    const log = {
      debug: () => undefined,
      info: () => undefined,
      warn: (event: string, fields?: LogFields) => void warned.push([event, fields]),
    };
    const runs = directoryRunStore({ dir: folder.path, log });
    await runs.create(sampleManifest("abc"));
    vi.mocked(rename).mockRejectedValueOnce(fault("ENOSPC"));
    await runs.swap(sampleManifest("abc", { revision: 2 }));
    expect(await runs.get("abc")).toMatchObject({ revision: 2 });
    expect(warned).toEqual([["run_snapshot_not_written", { run_id: "abc", code: "no_space" }]]);
  });

  test("lists the other runs when one may not be read, but no part of them when a fault may pass", async () => {
    const runs = directoryRunStore({ dir: folder.path });
    await runs.create(sampleManifest("abc"));
    await runs.create(sampleManifest("abd"));
    vi.mocked(open).mockRejectedValueOnce(fault("EACCES"));
    expect((await runs.list({ limit: 9 })).runs).toHaveLength(1);
    vi.mocked(open).mockRejectedValueOnce(fault("EMFILE"));
    await expect(runs.list({ limit: 9 })).rejects.toMatchObject({ name: ErrorName.transient });
    expect((await runs.list({ limit: 9 })).runs).toHaveLength(2);
  });

  test("an overtaken writer leaves the newest snapshot", async () => {
    const runs = directoryRunStore({ dir: folder.path });
    await runs.create(sampleManifest("abc"));
    const snapshot = pauseNext(rename);
    const second = runs.swap(sampleManifest("abc", { revision: 2 }));
    await snapshot.reached;
    await runs.swap(sampleManifest("abc", { revision: 3 }));
    snapshot.go();
    await second;
    const text = await readFile(`${folder.path}/abc/run_manifest.json`, "utf8");
    expect(JSON.parse(text)).toEqual(sampleManifest("abc", { revision: 3 }));
  });

  test("a swap under way while its run is deleted and made anew does not touch the new one", async () => {
    const runs = directoryRunStore({ dir: folder.path });
    await runs.create(sampleManifest("abc"));
    const commit = pauseNext(link);
    const late = runs.swap(sampleManifest("abc", { revision: 2, warnings: 99 }));
    await commit.reached;
    await runs.delete("abc");
    await runs.create(sampleManifest("abc", { warnings: 1 }));
    commit.go();
    await expect(late).rejects.toMatchObject({ name: ErrorName.conflict });
    expect(await runs.get("abc")).toEqual(sampleManifest("abc", { warnings: 1 }));
  });

  test("a snapshot under way while its run is deleted does not come back", async () => {
    const runs = directoryRunStore({ dir: folder.path });
    await runs.create(sampleManifest("abc"));
    await store.put("runs/abc/object", body);
    const snapshot = pauseNext(rename);
    const late = runs.swap(sampleManifest("abc", { revision: 2 }));
    await snapshot.reached;
    await runs.delete("abc");
    snapshot.go();
    await late;
    expect(await readdir(`${folder.path}/abc`)).toEqual(["object"]);
  });

  test("a lock written between looking at it and clearing it is put back", async () => {
    const runs = directoryRunStore({ dir: folder.path });
    await runs.create(sampleManifest("abc"));
    await runs.writeLock("abc", sampleLock("old"));
    const aside = pauseNext(rename);
    const clearing = runs.clearLock("abc", "old");
    await aside.reached;
    await runs.writeLock("abc", sampleLock("new"));
    aside.go();
    await clearing;
    expect(await runs.readLock("abc")).toEqual(sampleLock("new"));
    expect(await readdir(`${folder.path}/abc/.state`)).toEqual(["manifest-00000001.json"]);
  });
});
