import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { threadedCompute } from "../../shared/adapters/threads/compute.ts";
import type { ComputeOptions, ThreadedCompute } from "../../shared/adapters/threads/compute.ts";
import { inThisThread } from "../../shared/domain/compute.ts";
import type { LineBlock } from "../../shared/domain/input/line-blocks.ts";
import { keepBlock } from "../../shared/domain/input/keep-block.ts";
import { gatherRows } from "../../shared/domain/vectors.ts";
import { temporaryFolder } from "../helpers/temporary-folder.ts";
import { row } from "../domain/input/support.ts";
import { topicRows } from "../domain/synthetic.ts";

const THREADS = new URL("../../shared/adapters/threads/", import.meta.url);
const opened: ThreadedCompute[] = [];
function open(threads: number, options: Partial<ComputeOptions> = {}): ThreadedCompute {
  const signal = new AbortController().signal;
  const compute = threadedCompute({ threads, signal, fromNumbers: 0, ...options });
  opened.push(compute);
  return compute;
}
afterEach(async () => {
  await Promise.all(opened.splice(0).map((compute) => compute.close()));
});

const { matrix } = topicRows(1500, 24, 40, 0.5, 3);
/** Rows that are equal, and one that could not be embedded: ties, and rows that are left out. */
const withTies = gatherRows(matrix, [...Array(300).keys(), ...Array(300).keys()]);
withTies.data.fill(0, 0, 24);

describe("the same bits for any number of threads", () => {
  it.each([1, 2, 3])("k-means, %i", async (threads) => {
    for (const rows of [matrix, withTies]) {
      const options = { seed: 3, restarts: 2 };
      const found = await open(threads).run("kmeans", rows, 30, options);
      expect(found).toEqual(await inThisThread.run("kmeans", rows, 30, options));
    }
  });

  it.each([1, 2, 3])("assignment and places between landmarks, %i", async (threads) => {
    const compute = open(threads);
    const landmarks = gatherRows(matrix, [...Array(200).keys()]);
    expect(await compute.run("assign", withTies, landmarks)).toEqual(
      await inThisThread.run("assign", withTies, landmarks),
    );
    const xy = Float32Array.from({ length: 400 }, (_, i) => Math.sin(i));
    expect(await compute.run("placeOnMap", landmarks, xy, matrix, {})).toEqual(
      await inThisThread.run("placeOnMap", landmarks, xy, matrix, {}),
    );
  });

  it.each([1, 2, 3])("the map, %i", async (threads) => {
    const options = { seed: 1, nEpochs: 20 };
    expect(await open(threads).run("fitMap", matrix, options)).toEqual(
      await inThisThread.run("fitMap", matrix, options),
    );
  });
});

describe("a thread of its own", () => {
  it("lets this one go on meanwhile, and does one task after another", async () => {
    const compute = open(2);
    const ended: string[] = [];
    const first = compute.run("kmeans", matrix, 100, { seed: 1 }).then(() => ended.push("first"));
    const second = compute.run("kmeans", withTies, 3, { seed: 1 }).then(() => ended.push("second"));
    await new Promise((resolve) => setImmediate(resolve));
    expect(ended).toEqual([]);
    await Promise.all([first, second]);
    expect(ended).toEqual(["first", "second"]);
  });

  it("does as many tasks as there are, alike", async () => {
    const compute = open(3);
    const expected = await inThisThread.run("kmeans", withTies, 9, { seed: 1 });
    for (let i = 0; i < 12; i++)
      expect(await compute.run("kmeans", withTies, 9, { seed: 1 })).toEqual(expected);
  });

  it("throws what the task throws, by name, and goes on", async () => {
    const compute = open(2);
    await expect(compute.run("kmeans", matrix, 0, { seed: 1 })).rejects.toMatchObject({
      name: "RangeError",
      message: expect.stringContaining("k must be"),
    });
    expect((await compute.run("kmeans", matrix, 2, { seed: 1 })).centroids.rows).toBe(2);
  });

  it("ends with the signal: what is under way and what waits is rejected with its reason", async () => {
    const stop = new AbortController();
    const compute = open(2, { signal: stop.signal });
    const long = compute.run("kmeans", matrix, 700, { seed: 1, restarts: 50, tolerance: 0 });
    const waiting = compute.run("kmeans", matrix, 2, { seed: 1 });
    const reason = new Error("stopped");
    stop.abort(reason);
    await expect(long).rejects.toBe(reason);
    await expect(waiting).rejects.toBe(reason);
    await expect(compute.run("kmeans", matrix, 2, { seed: 1 })).rejects.toBe(reason);
  });

  it.each(["team-worker", "compute-worker"])(
    "is lost with any of its threads, and there is another for the next task: %s",
    async (name) => {
      const folder = await temporaryFolder();
      const beside = pathToFileURL(join(folder.path, "compute.ts")).href;
      const place = (worker: string, code: string) => writeFile(join(folder.path, `${worker}.ts`), code);
      for (const worker of ["team-worker", "compute-worker"])
        await place(worker, `import ${JSON.stringify(new URL(`${worker}.ts`, THREADS).href)};`);
      const compute = open(2, { workersBeside: beside });
      await place(name, "process.exit(1);");
      await expect(compute.run("kmeans", matrix, 2, { seed: 1 })).rejects.toMatchObject({
        name: "ClioTransientError",
        code: "compute_failed",
      });
      await place(name, `import ${JSON.stringify(new URL(`${name}.ts`, THREADS).href)};`);
      expect((await compute.run("kmeans", matrix, 2, { seed: 1 })).centroids.rows).toBe(2);
      await folder.remove();
    },
  );

  it("keeps small problems", async () => {
    const compute = threadedCompute({ threads: 2, signal: new AbortController().signal });
    opened.push(compute);
    expect((await compute.run("kmeans", matrix, 2, { seed: 1 })).centroids.rows).toBe(2);
  });
});

describe("threads for brief tasks", () => {
  const OPTIONS = { users: "required", userKey: new Uint8Array(32).fill(7) } as const;
  const lines = Array.from({ length: 200 }, (_, i) =>
    i % 7 === 3 ? "{" : JSON.stringify(row({ conversation_id: `c-${i}`, user_id: `u-${i % 5}` })),
  );
  /** A block's arrays may be taken: each task has its own. */
  function block(): LineBlock {
    const encoded = lines.map((line) => Buffer.from(line));
    return {
      bytes: Uint8Array.from(Buffer.concat(encoded)),
      lengths: Float64Array.from(encoded, ({ length }) => length),
    };
  }
  const expected = keepBlock(block(), OPTIONS);

  it.each([1, 2, 3])("answer as this one does, beside numeric work, %i", async (threads) => {
    expect(expected.tally).toMatchObject({ read: 200, valid: 171 });
    const compute = open(threads, { briefFirst: 3 });
    const numbers = compute.run("kmeans", withTies, 9, { seed: 1 });
    const read = await Promise.all(
      Array.from({ length: 40 }, async () => compute.run("keepBlock", block(), OPTIONS)),
    );
    expect(read).toEqual(Array.from({ length: 40 }, () => expected));
    expect(await numbers).toEqual(await inThisThread.run("kmeans", withTies, 9, { seed: 1 }));
    expect(OPTIONS.userKey).toHaveLength(32);
  });

  it("are not started for a few", async () => {
    const beside = pathToFileURL(join(tmpdir(), "nowhere", "compute.ts")).href;
    const compute = open(2, { briefFirst: 5, workersBeside: beside });
    for (let i = 0; i < 5; i++) expect(await compute.run("keepBlock", block(), OPTIONS)).toEqual(expected);
    await expect(compute.run("keepBlock", block(), OPTIONS)).rejects.toMatchObject({
      name: "ClioTransientError",
      code: "compute_failed",
    });
  });

  it("end with the signal", async () => {
    const stop = new AbortController();
    const compute = open(2, { signal: stop.signal, briefFirst: 0 });
    // Of more than a thread takes at a time, some would be done here.
    const tasks = Array.from({ length: 3 }, async () => compute.run("keepBlock", block(), OPTIONS));
    const reason = new Error("stopped");
    stop.abort(reason);
    for (const task of tasks) await expect(task).rejects.toBe(reason);
  });
});
