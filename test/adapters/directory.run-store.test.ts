import { appendFile, mkdir, readdir, readFile, symlink, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { directoryObjectStore } from "../../shared/adapters/directory/object-store.ts";
import { directoryRunStore } from "../../shared/adapters/directory/run-store.ts";
import { ErrorName } from "../../shared/errors.ts";
import type { LogFields } from "../../shared/ports/log.ts";
import type { RunStore } from "../../shared/ports/run-store.ts";
import { sampleEvent, sampleLock, sampleManifest } from "../contracts/sample-run.ts";
import { collect } from "../helpers/collect.ts";
import type { TemporaryFolder } from "../helpers/temporary-folder.ts";
import { temporaryFolder } from "../helpers/temporary-folder.ts";

let folder: TemporaryFolder;
let dir: string;
let store: RunStore;
let warned: [string, LogFields | undefined][];

beforeEach(async () => {
  folder = await temporaryFolder();
  dir = join(folder.path, "kept");
  warned = [];
  const log = {
    debug: () => undefined,
    info: () => undefined,
    warn: (event: string, fields?: LogFields) => void warned.push([event, fields]),
  };
  store = directoryRunStore({ dir, log });
});
afterEach(() => folder.remove());

const file = (...parts: string[]): string => join(dir, "abc", ...parts);
const snapshot = async (): Promise<unknown> => JSON.parse(await readFile(file("run_manifest.json"), "utf8"));
const rounds = async (): Promise<(number | null)[]> =>
  (await store.readEvents("abc", { after: 0, limit: 100 })).map((event) => event.round);

describe("the record", () => {
  test("is one file a revision, and a snapshot of the last", async () => {
    const first = sampleManifest("abc");
    await store.create(first);
    expect(await snapshot()).toEqual(first);
    await store.swap({ ...first, revision: 2, warnings: 2 });
    expect(await snapshot()).toEqual({ ...first, revision: 2, warnings: 2 });
    expect((await readdir(file(".state"))).sort()).toEqual([
      "manifest-00000001.json",
      "manifest-00000002.json",
    ]);
    expect((await readdir(file())).sort()).toEqual([".state", "run_manifest.json"]);
  });

  test("does not depend on the snapshot, which the next change makes good", async () => {
    const first = sampleManifest("abc");
    await store.create(first);
    await writeFile(file("run_manifest.json"), "{");
    expect(await store.get("abc")).toEqual(first);
    await store.swap({ ...first, revision: 2 });
    expect(await snapshot()).toEqual({ ...first, revision: 2 });
  });

  test("has the newest snapshot after many changes at once", async () => {
    const run = sampleManifest("abc");
    await store.create(run);
    for (let revision = 2; revision <= 30; revision++) {
      await Promise.allSettled([0, 1, 2].map((warnings) => store.swap({ ...run, revision, warnings })));
    }
    expect(await snapshot()).toEqual(await store.get("abc"));
    expect((await readdir(file(".state"))).filter((name) => name.startsWith(".tmp-"))).toEqual([]);
  });

  test.each([
    ["is cut off", (text: string) => text.slice(0, -20)],
    ["is empty", () => ""],
    ["has an unknown field", (text: string) => text.replace("{", '{"extra":1,')],
    ["is of another run", (text: string) => text.replace('"abc"', '"abd"')],
    ["is of another revision", (text: string) => text.replace('"revision": 1', '"revision": 2')],
  ])("that %s is an error naming the run, and is left out of lists with a warning", async (_, damage) => {
    await store.create(sampleManifest("abc"));
    await store.create(sampleManifest("abd"));
    const path = file(".state", "manifest-00000001.json");
    const damaged = damage(await readFile(path, "utf8"));
    await writeFile(path, damaged);
    await expect(store.get("abc")).rejects.toMatchObject({
      name: ErrorName.permanent,
      code: "corrupt_record",
      message: expect.stringContaining("abc") as string,
    });
    expect((await store.list({ limit: 9 })).runs.map((run) => run.run_id)).toEqual(["abd"]);
    expect(warned).toEqual([["run_unreadable", { run_id: "abc", code: "corrupt_record" }]]);
    await store.delete("abc");
    expect(await readdir(dir)).toEqual(["abd"]);
  });

  test("is none without a revision: other files and folders are ignored", async () => {
    await store.create(sampleManifest("abc"));
    for (const name of ["empty-folder", "only-snapshot", "UPPER", "no_id", ".hidden", "state-only"]) {
      await mkdir(join(dir, name), { recursive: true });
    }
    await mkdir(join(dir, "state-only", ".state"));
    await writeFile(join(dir, "state-only", ".state", "manifest-1.json"), "{}");
    await writeFile(
      join(dir, "only-snapshot", "run_manifest.json"),
      JSON.stringify(sampleManifest("only-snapshot")),
    );
    await writeFile(join(dir, "a-file"), "1");
    await symlink(join(dir, "abc"), join(dir, "linked"));
    expect((await store.list({ limit: 9 })).runs.map((run) => run.run_id)).toEqual(["abc"]);
    expect(await store.get("empty-folder")).toBeNull();
    expect(await store.get("only-snapshot")).toBeNull();
    expect(await store.get("state-only")).toBeNull();
    expect(await store.get("a-file")).toBeNull();
    expect(warned).toEqual([]);
  });

  test("is not written through a symbolic link", async () => {
    await mkdir(join(folder.path, "outside"));
    await mkdir(dir);
    await symlink(join(folder.path, "outside"), file());
    await expect(store.create(sampleManifest("abc"))).rejects.toMatchObject({ code: "symbolic_link" });
    expect(await readdir(join(folder.path, "outside"))).toEqual([]);
  });
});

test("a run that is gone takes no lock and no events, and none of its files comes back", async () => {
  await store.create(sampleManifest("abc"));
  await store.delete("abc");
  const conflict = { name: ErrorName.conflict, code: "no_run" };
  await expect(store.writeLock("abc", sampleLock("me"))).rejects.toMatchObject(conflict);
  await expect(store.appendEvents("abc", [sampleEvent(1)])).rejects.toMatchObject(conflict);
  await expect(store.swap(sampleManifest("abc", { revision: 2 }))).rejects.toMatchObject(conflict);
  expect(await readdir(dir)).toEqual([]);
});

describe("beside the objects of the run", () => {
  test("the record is no object, but its snapshot, events and lock are", async () => {
    const objects = directoryObjectStore({ dir, prefix: "runs/" });
    await store.create(sampleManifest("abc"));
    await store.writeLock("abc", sampleLock("me"));
    await store.appendEvents("abc", [sampleEvent(1)]);
    await objects.put("runs/abc/facets/facets.jsonl", Uint8Array.of(1));
    expect((await collect(objects.list("runs/"))).map(({ key }) => key)).toEqual([
      "runs/abc/.run.lock",
      "runs/abc/facets/facets.jsonl",
      "runs/abc/run_events.jsonl",
      "runs/abc/run_manifest.json",
    ]);
  });

  test("deleting the record leaves the objects, and nothing remains when both are deleted, in either order", async () => {
    const objects = directoryObjectStore({ dir, prefix: "runs/" });
    const key = "runs/abc/facets/facets.jsonl";
    const fill = async (): Promise<void> => {
      await store.create(sampleManifest("abc"));
      await store.writeLock("abc", sampleLock("me"));
      await store.appendEvents("abc", [sampleEvent(1)]);
      await objects.put(key, Uint8Array.of(1));
    };
    await fill();
    await store.delete("abc");
    expect((await collect(objects.list(""))).map((head) => head.key)).toEqual([key]);
    await objects.delete([key]);
    expect(await readdir(dir)).toEqual([]);
    await fill();
    await objects.delete([key]);
    expect(await store.get("abc")).not.toBeNull();
    await store.delete("abc");
    expect(await readdir(dir)).toEqual([]);
  });

  test("a deletion that was cut short is finished by the next", async () => {
    await store.create(sampleManifest("abc"));
    await store.appendEvents("abc", [sampleEvent(1)]);
    await mkdir(file(".tmp-01234567-89ab-cdef-0123-456789abcdef"));
    await writeFile(file(".tmp-01234567-89ab-cdef-0123-456789abcdef", "manifest-00000001.json"), "{}");
    await store.delete("abc");
    expect(await readdir(dir)).toEqual([]);
  });
});

describe("the lock", () => {
  test("that cannot be read counts as none, with a warning", async () => {
    await store.create(sampleManifest("abc"));
    for (const text of ["", "{", '{"owner":1}']) {
      await writeFile(file(".run.lock"), text);
      expect(await store.readLock("abc")).toBeNull();
    }
    expect(warned).toHaveLength(3);
    expect(warned[0]).toEqual(["run_lock_unreadable", { run_id: "abc" }]);
    await store.writeLock("abc", sampleLock("me"));
    expect(await store.readLock("abc")).toEqual(sampleLock("me"));
  });
});

describe("events", () => {
  beforeEach(() => store.create(sampleManifest("abc")));

  test("are lines of JSON", async () => {
    await store.appendEvents("abc", [sampleEvent(1, "line\nbreak"), sampleEvent(2)]);
    const lines = (await readFile(file("run_events.jsonl"), "utf8")).split("\n");
    expect(lines.slice(0, 2).map((line) => JSON.parse(line) as unknown)).toEqual([
      sampleEvent(1, "line\nbreak"),
      sampleEvent(2),
    ]);
    expect(lines.slice(2)).toEqual([""]);
  });

  test("torn anywhere lose that one only, and the next append begins on a line of its own", async () => {
    await store.appendEvents("abc", [sampleEvent(1), sampleEvent(2, "grüße")]);
    const path = file("run_events.jsonl");
    const whole = await readFile(path);
    const second = whole.indexOf(0x0a) + 1;
    for (let length = second; length < whole.byteLength; length++) {
      await writeFile(path, whole);
      await truncate(path, length);
      expect(await rounds()).toEqual([1]);
      await store.appendEvents("abc", [sampleEvent(3)]);
      // Cut just before its line end the event was whole, and counts once the line has an end.
      expect(await rounds()).toEqual(length === whole.byteLength - 1 ? [1, 2, 3] : [1, 3]);
    }
  });

  test("skip lines that are none", async () => {
    await store.appendEvents("abc", [sampleEvent(1)]);
    await appendFile(file("run_events.jsonl"), '\n{"at":1}\nnot json\n\u0000\n');
    await store.appendEvents("abc", [sampleEvent(2)]);
    expect(await rounds()).toEqual([1, 2]);
    expect(await store.readEvents("abc", { after: 1, limit: 1 })).toEqual([sampleEvent(2)]);
  });
});
