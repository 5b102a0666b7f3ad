import { readdir } from "node:fs/promises";
import { expect, test, vi } from "vitest";
import { directoryObjectStore } from "../../shared/adapters/directory/object-store.ts";
import { directoryRunStore } from "../../shared/adapters/directory/run-store.ts";
import { describeObjectStore } from "../contracts/object-store.suite.ts";
import { describeRunStore } from "../contracts/run-store.suite.ts";
import { temporaryFolder } from "../helpers/temporary-folder.ts";

// What Linux answers on FAT. No test here may link.
vi.mock(import("node:fs/promises"), async (original) => {
  const fs = await original();
  const link = vi.fn<typeof fs.link>(async () => {
    throw Object.assign(new Error("operation not permitted"), { code: "EPERM" });
  });
  return { ...fs, link };
});

describeObjectStore("the directory without hard links", async () => {
  const folder = await temporaryFolder();
  return { store: directoryObjectStore({ dir: folder.path, prefix: "runs/" }), close: folder.remove };
});

describeRunStore("the directory without hard links", async () => {
  const folder = await temporaryFolder();
  return { store: directoryRunStore({ dir: folder.path }), close: folder.remove };
});

test("an object whose claim outlived it, say because it was deleted by hand, can be created again", async () => {
  const folder = await temporaryFolder();
  const store = directoryObjectStore({ dir: folder.path, prefix: "runs/" });
  const fs = await import("node:fs/promises");
  expect(await store.putIfAbsent("runs/a/x", Uint8Array.of(1))).toBe("created");
  await fs.unlink(`${folder.path}/a/x`);
  expect(await store.putIfAbsent("runs/a/x", Uint8Array.of(2))).toBe("created");
  expect(await store.putIfAbsent("runs/a/x", Uint8Array.of(3))).toBe("exists");
  expect(await store.get("runs/a/x")).toEqual(Uint8Array.of(2));
  expect(await readdir(`${folder.path}/a`)).toHaveLength(2);
  await store.delete(["runs/a/x"]);
  expect(await readdir(folder.path)).toEqual([]);
  await folder.remove();
});
