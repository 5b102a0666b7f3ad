import { appendFile, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { directoryBudget } from "../../shared/adapters/directory/budget.ts";
import { directoryObjectStore } from "../../shared/adapters/directory/object-store.ts";
import { directoryRunStore } from "../../shared/adapters/directory/run-store.ts";
import { sampleManifest } from "../contracts/sample-run.ts";
import { race, startChild } from "../helpers/children.ts";
import { collect } from "../helpers/collect.ts";
import type { TemporaryFolder } from "../helpers/temporary-folder.ts";
import { temporaryFolder } from "../helpers/temporary-folder.ts";

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());

test("of eight processes creating the same objects one creates each, whole", async () => {
  const store = directoryObjectStore({ dir: folder.path, prefix: "runs/" });
  const keys = Array.from({ length: 20 }, (_, index) => `runs/abc/parts/${index % 4}/${index}`);
  const ids = [1, 2, 3, 4, 5, 6, 7, 8];
  const said = await race(ids.map((id) => startChild("create-objects.ts", folder.path, String(id), ...keys)));
  const created = said.map((line) => JSON.parse(line) as string[]);
  expect(created.flat().sort()).toEqual([...keys].sort());
  for (const [index, id] of ids.entries()) {
    for (const key of created[index] ?? []) {
      expect(await store.get(key)).toEqual(new Uint8Array(20_000 + id).fill(id));
    }
  }
  const names = await readdir(folder.path, { recursive: true });
  expect(names.filter((name) => name.includes(".tmp-"))).toEqual([]);
});

test("processes that swap one run's manifest lose no change, no event, and leave the newest snapshot", async () => {
  const store = directoryRunStore({ dir: folder.path });
  await store.create(sampleManifest("abc"));
  const ids = [1, 2, 3, 4];
  await race(ids.map((id) => startChild("count-up.ts", folder.path, String(id), "abc", "10")));
  const run = await store.get("abc");
  expect(run).toMatchObject({ revision: 41, warnings: 40 });
  expect(JSON.parse(await readFile(join(folder.path, "abc", "run_manifest.json"), "utf8"))).toEqual(run);
  const rounds = (await store.readEvents("abc", { after: 0, limit: 100 })).map((event) => event.round ?? -1);
  const expected = ids.flatMap((id) => Array.from({ length: 10 }, (_, turn) => id * 1000 + turn));
  expect([...rounds].sort((a, b) => a - b)).toEqual(expected);
});

test("a process killed while writing leaves whole objects only, and nothing once they are deleted", async () => {
  const store = directoryObjectStore({ dir: folder.path, prefix: "runs/" });
  for (const [turn, puts] of [1, 3, 2].entries()) {
    const child = startChild("put-forever.ts", folder.path, String(turn * 1000));
    await child.line();
    child.go();
    for (let count = 0; count < puts; count++) await child.line();
    child.process.kill("SIGKILL");
    expect(await child.ended()).toBe("SIGKILL");
  }
  const listed = await collect(store.list("runs/"));
  expect(listed.length).toBeGreaterThanOrEqual(3);
  for (const { key, size } of listed) {
    const body = Buffer.from((await store.get(key)) ?? []);
    expect({ key, size, bytes: body.byteLength }).toEqual({ key, size: 1 << 22, bytes: 1 << 22 });
    expect(body.equals(Buffer.alloc(1 << 22, body[0]))).toBe(true);
  }
  await store.delete(listed.map(({ key }) => key));
  expect(await readdir(folder.path)).toEqual([]);
});

test("processes that spend on one budget never exceed it together, and leave nothing that would fit", async () => {
  await directoryRunStore({ dir: folder.path }).create(sampleManifest("abc"));
  const said = await race(
    [7, 11, 13, 17].map((amount) => startChild("spend.ts", folder.path, "abc", String(amount), "2000")),
  );
  const { spent, reserved } = await directoryBudget({ dir: folder.path }).read("abc");
  expect(reserved).toBe(0);
  expect(spent).toBe(said.reduce((sum, line) => sum + Number(line), 0));
  expect(spent).toBeLessThanOrEqual(2000);
  expect(spent).toBeGreaterThan(2000 - 7);
});

test("a budget outlives a torn line, and goes with its run", async () => {
  const runs = directoryRunStore({ dir: folder.path });
  await runs.create(sampleManifest("abc"));
  const budget = directoryBudget({ dir: folder.path });
  await budget.reserve("abc", 60, 100);
  await appendFile(join(folder.path, "abc", ".state", "budget.jsonl"), '{"reserve":"torn');
  expect(await directoryBudget({ dir: folder.path }).reserve("abc", 41, 100)).toBeNull();
  expect(await budget.reserve("abc", 40, 100)).not.toBeNull();
  await runs.delete("abc");
  await expect(budget.reserve("abc", 1, 100)).rejects.toMatchObject({ code: "no_budget" });
  await runs.create(sampleManifest("abc"));
  expect(await budget.read("abc")).toEqual({ spent: 0, reserved: 0 });
  expect(await budget.reserve("abc", 100, 100)).not.toBeNull();
});
