import { appendFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { directoryObjectStore } from "../../shared/adapters/directory/object-store.ts";
import { memoryObjectStore } from "../../shared/adapters/memory/object-store.ts";
import { NO_USAGE } from "../../shared/domain/usage.ts";
import { answerShelf } from "../../shared/engine/answer-shelf.ts";
import { answersLogKey } from "../../shared/keys.ts";
import type { PartAddress } from "../../shared/keys.ts";
import type { ObjectStore } from "../../shared/ports/object-store.ts";
import { temporaryFolder } from "../helpers/temporary-folder.ts";

const ADDRESS: PartAddress = { runId: "run-a", phase: "facets", fingerprint: "0".repeat(16), round: 0 };
const answerOf = (text: string) => ({ answer: { text }, usage: NO_USAGE });

const folders: Awaited<ReturnType<typeof temporaryFolder>>[] = [];
afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => folder.remove()));
});
async function onDisk(): Promise<{ store: ObjectStore; path: string }> {
  const folder = await temporaryFolder();
  folders.push(folder);
  return { store: directoryObjectStore({ dir: folder.path, prefix: "runs/" }), path: folder.path };
}
const keysOf = async (store: ObjectStore): Promise<string[]> =>
  (await Array.fromAsync(store.list(""))).map(({ key }) => key);

describe.each([
  ["one by one", async () => memoryObjectStore()],
  ["in one object", async () => (await onDisk()).store],
])("answers kept %s", (_, open) => {
  test("are found by a later try, those of other batches are not, and nothing stays when all is done", async () => {
    const store = await open();
    const first = answerShelf(store, ADDRESS, 3);
    expect(await first.find("a")).toBeNull();
    first.keep("a", answerOf("one"));
    first.keep("b", { code: "refused", usage: NO_USAGE });
    await first.settled();

    const second = answerShelf(store, ADDRESS, 3);
    expect(await second.find("a")).toEqual(answerOf("one"));
    expect(await second.find("b")).toEqual({ code: "refused", usage: NO_USAGE });
    expect(await second.find("c")).toBeNull();
    expect(await answerShelf(store, ADDRESS, 4).find("a")).toBeNull();
    second.keep("c", answerOf("three"));
    await second.settled();

    const third = answerShelf(store, ADDRESS, 3);
    expect(await third.find("a")).toEqual(answerOf("one"));
    expect(await third.find("c")).toEqual(answerOf("three"));
    await third.clear();
    expect(await keysOf(store)).toEqual([]);
  });

  test("are gone at once when no try was before", async () => {
    const store = await open();
    const shelf = answerShelf(store, ADDRESS, 0);
    await shelf.find("a");
    for (let i = 0; i < 30; i++) shelf.keep(`a${i}`, answerOf(String(i)));
    await shelf.clear();
    expect(await keysOf(store)).toEqual([]);
    await answerShelf(store, ADDRESS, 1).clear();
  });
});

test("a line that a killed try left torn costs that answer alone", async () => {
  const { store, path } = await onDisk();
  const first = answerShelf(store, ADDRESS, 3);
  await first.find("a");
  first.keep("a", answerOf("one"));
  await first.settled();
  const file = join(path, answersLogKey(ADDRESS, 3).slice("runs/".length));
  await appendFile(file, '{"hash":"torn","answer":{"ans');

  const second = answerShelf(store, ADDRESS, 3);
  expect(await second.find("torn")).toBeNull();
  second.keep("b", answerOf("two"));
  await second.settled();
  expect((await readFile(file, "utf8")).split("\n")).toHaveLength(4);
  const third = answerShelf(store, ADDRESS, 3);
  expect(await third.find("a")).toEqual(answerOf("one"));
  expect(await third.find("b")).toEqual(answerOf("two"));
});

test("what cannot be written holds nobody up", async () => {
  const { store } = await onDisk();
  const shelf = answerShelf(
    { ...store, appendable: () => Promise.reject(new Error("disk full")) },
    ADDRESS,
    0,
  );
  expect(await shelf.find("a")).toBeNull();
  shelf.keep("a", answerOf("one"));
  await shelf.clear();
});
