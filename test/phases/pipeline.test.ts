import { expect, test } from "vitest";
import { chatsAbout, jsonlOf, memoryRun } from "../helpers/memory-run.ts";

const TOPICS = [
  "bake bread",
  "fix python test",
  "track parcel",
  "plan trip",
  "write email",
  "learn guitar",
  "pay tax",
  "train dog",
];

test("a run of every phase publishes clusters that add up to what was read", async () => {
  const done = await memoryRun(jsonlOf(chatsAbout(TOPICS, 400, 50)));
  expect(done.failure).toBeNull();
  const { counts } = done.run;
  expect(counts.read).toBe(400);
  expect(counts.assigned! + counts.failed!).toBe(400);
  const { clusters } = await done.json("hierarchy");
  const base = clusters.filter(({ level }) => level === 0);
  expect(base.reduce((sum, { size }) => sum + size, 0)).toBe(400);
  expect(new Set(clusters.map(({ name }) => name)).size).toBe(clusters.length);
});

test.each([1, 2, 16, 20])("%i conversations end with a result or a plain statement", async (count) => {
  const done = await memoryRun(jsonlOf(chatsAbout(TOPICS, count)));
  expect(done.failure).toBeNull();
  expect(done.run.counts.base_clusters).toBe(1);
  const { withheld } = await done.json("privacy_audit");
  expect(withheld.conversations).toBe(count < 15 ? count : 0);
});
