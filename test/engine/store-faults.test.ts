import { beforeAll, describe, expect, test } from "vitest";
import { artifacts } from "../../shared/contracts/artifacts.ts";
import { currentKey, publishedLatestKey, publishedPrefix, runPrefix } from "../../shared/keys.ts";
import { pipeline } from "../../shared/pipeline.ts";
import { faultyObjectStore } from "../helpers/faulty-object-store.ts";
import type { Fault, FaultyObjectStore, Write } from "../helpers/faulty-object-store.ts";
import { chatsAbout, jsonlOf, memoryRun } from "../helpers/memory-run.ts";
import type { MemoryRun, MemoryRunOptions } from "../helpers/memory-run.ts";
import { storedObjects } from "../helpers/stored-objects.ts";

/** CLIO_FAULTS=all lets every kind of fault meet every write; else each write meets one kind. */
const ALL = process.env["CLIO_FAULTS"] === "all";
const RUN_ID = "test-run";

const INPUT = jsonlOf(
  chatsAbout(["bake bread", "fix python test", "track parcel", "plan trip", "learn piano"], 40, 20),
);
/** Small batches, so that every phase has several. */
const OPTIONS: MemoryRunOptions = {
  runId: RUN_ID,
  config: {
    min_users: 2,
    min_conversations: 3,
    k: 6,
    facet_batch_size: 16,
    embed_batch_size: 16,
    label_batch_size: 3,
    hierarchy_batch_size: 3,
    privacy_batch_size: 40,
  },
};

interface Kind {
  readonly name: string;
  readonly fault: Fault;
  /** Once, or at every write from there on. */
  readonly lasts: boolean;
  /** How the run ends: done, or failed with this code; a fault that takes effect all the same may end either way. */
  readonly ends: "done" | "either" | "failed";
  readonly code: string;
}

const KINDS: readonly Kind[] = [
  { name: "EIO once", fault: { errno: "EIO" }, lasts: false, ends: "done", code: "io_error" },
  {
    name: "EMFILE once",
    fault: { errno: "EMFILE" },
    lasts: false,
    ends: "done",
    code: "too_many_open_files",
  },
  {
    name: "EIO once, though the write took effect",
    fault: { errno: "EIO", applied: true },
    lasts: false,
    ends: "done",
    code: "io_error",
  },
  { name: "ENOSPC once", fault: { errno: "ENOSPC" }, lasts: false, ends: "failed", code: "no_space" },
  { name: "ENOSPC for good", fault: { errno: "ENOSPC" }, lasts: true, ends: "failed", code: "no_space" },
  { name: "EIO for good", fault: { errno: "EIO" }, lasts: true, ends: "failed", code: "io_error" },
  {
    name: "EMFILE for good",
    fault: { errno: "EMFILE" },
    lasts: true,
    ends: "failed",
    code: "too_many_open_files",
  },
  {
    name: "EIO for good, though the writes take effect",
    fault: { errno: "EIO", applied: true },
    lasts: true,
    ends: "either",
    code: "io_error",
  },
];

let writes: readonly Write[];
let reference: ReadonlyMap<string, string>;

beforeAll(async () => {
  let store: FaultyObjectStore | undefined;
  const whole = await memoryRun(INPUT, {
    ...OPTIONS,
    wrapObjects: (objects) => (store = faultyObjectStore(objects, () => undefined)),
  });
  expect(whole.failure).toBeNull();
  writes = store?.writes ?? [];
  reference = await storedObjects(whole.objects, RUN_ID);
});

/** Every object there is whole: it is what a run without faults stores under its name. */
async function expectNothingHalfWritten({ objects }: MemoryRun, at: string): Promise<void> {
  const stored = await storedObjects(objects, RUN_ID);
  for (const [path, text] of stored)
    expect(text === reference.get(path), `${at}: ${path} is whole`).toBe(true);

  // What says that something is finished comes after all of it.
  for (const { name, writes: made } of pipeline) {
    const mark = currentKey(RUN_ID, name).slice(runPrefix(RUN_ID).length);
    if (!stored.has(mark)) continue;
    for (const artifact of made) {
      const { path } = artifacts[artifact];
      expect(stored.has(path), `${at}: ${path} is there before ${mark}`).toBe(reference.has(path));
    }
  }
  const published = (paths: Iterable<string>): string[] =>
    [...paths].filter((path) => `${runPrefix(RUN_ID)}${path}`.startsWith(publishedPrefix(RUN_ID)));
  if (stored.has(publishedLatestKey(RUN_ID).slice(runPrefix(RUN_ID).length))) {
    expect(published(stored.keys()), at).toEqual(published(reference.keys()));
  }
}

async function faultedRun({ fault, lasts }: Kind, at: number): Promise<MemoryRun> {
  return memoryRun(INPUT, {
    ...OPTIONS,
    wrapObjects: (objects) =>
      faultyObjectStore(objects, ({ index }) => (index === at || (lasts && index > at) ? fault : undefined)),
  });
}

describe("a fault at any write of a run", () => {
  test("has many writes to meet", () => {
    expect(writes.length).toBeGreaterThan(60);
    for (const phase of [
      "facets/",
      "embeddings/",
      "clusters/",
      "viz/",
      "labels/",
      "hierarchy/",
      "privacy/",
      "published/",
    ])
      expect(
        writes.some(({ key }) => key.includes(`/${phase}`)),
        phase,
      ).toBe(true);
  });

  test.each(KINDS.map((kind, number) => [kind.name, kind, number] as const))(
    "%s: ends as it should, leaves nothing half-written, and can be gone on with",
    async (_name, kind, number) => {
      for (const { index, verb, key } of writes) {
        if (!ALL && index % KINDS.length !== number) continue;
        const at = `write ${index}, ${verb} ${key}`;
        const broken = await faultedRun(kind, index);
        const { failure, run } = broken;
        if (kind.ends === "done") expect(failure, at).toBeNull();
        if (kind.ends === "failed") expect(failure, at).not.toBeNull();
        expect(run, at).toMatchObject({ status: failure === null ? "done" : "failed", owner: null });
        if (failure !== null) expect(failure, at).toMatchObject({ code: kind.code });
        await expectNothingHalfWritten(broken, at);

        const mended = failure === null ? broken : await memoryRun(INPUT, { ...OPTIONS, earlier: broken });
        expect(mended.failure, at).toBeNull();
        expect(mended.run.status, at).toBe("done");
        const stored = await storedObjects(mended.objects, RUN_ID);
        expect([...stored.keys()], at).toEqual([...reference.keys()]);
        await expectNothingHalfWritten(mended, at);
      }
    },
    ALL ? 600_000 : 60_000,
  );
});
