import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { kmeans as mlKMeans } from "ml-kmeans";
import { UMAP } from "umap-js";
import { offlineEmbedder } from "../shared/adapters/offline/embedder.ts";
import { threadedCompute } from "../shared/adapters/threads/compute.ts";
import { rowsByCluster } from "../shared/domain/kmeans/rows-by-cluster.ts";
import { allocateClusters, coarseCellCount } from "../shared/domain/kmeans/two-level.ts";
import { CLUSTER_LIMITS } from "../shared/phases/cluster.ts";
import { clincRequests } from "./encoders/texts.ts";
import { validateChunks } from "../shared/domain/input/validate.ts";
import { kmeans } from "../shared/domain/kmeans/kmeans.ts";
import { nearestNeighbours } from "../shared/domain/knn.ts";
import { umapLayout } from "../shared/domain/map/umap-layout.ts";
import { generateCorpus } from "../shared/domain/mock/generate.ts";
import { sampleIndices, seededRandom } from "../shared/domain/random.ts";
import { gatherRows, normalizeRows, row } from "../shared/domain/vectors.ts";
import type { Matrix } from "../shared/domain/vectors.ts";
import { sideBySide } from "./harness.ts";
import type { Measured } from "./harness.ts";
import { inFile, sklearnKmeans, umapLearn } from "./peers.ts";
import { EASY, HARD, madeUpVectors } from "./vectors.ts";

const NEIGHBOURS = 15;
const MIN_DIST = 0.1;

const asArrays = (matrix: Matrix): number[][] =>
  Array.from({ length: matrix.rows }, (_, i) => Array.from(row(matrix, i)));

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** The sum of squared distances to the means of the clusters: what scikit-learn calls inertia. */
function squaredInertia({ rows, cols, data }: Matrix, labels: Int32Array): number {
  const sums = new Map<number, { sum: Float64Array; n: number }>();
  let total = 0;
  for (let i = 0; i < rows; i++) {
    const held = sums.get(labels[i]!) ?? { sum: new Float64Array(cols), n: 0 };
    for (let j = 0; j < cols; j++) {
      const value = data[i * cols + j]!;
      held.sum[j] = held.sum[j]! + value;
      total += value * value;
    }
    held.n++;
    sums.set(labels[i]!, held);
  }
  for (const { sum, n } of sums.values())
    total -= sum.reduce((squared, value) => squared + value * value, 0) / n;
  return total;
}

/** k-means, validation and the map beside npm's own, small enough for every run of CI. The first of each is ours. */
export const quickSections: Readonly<Record<string, (repeats: number) => Promise<Measured[]>>> = {
  kmeans: async (repeats) => {
    const vectors = madeUpVectors(3000, 512, HARD);
    const k = 60;
    const start = gatherRows(vectors, sampleIndices(seededRandom(2, "bench/start"), vectors.rows, k));
    const [points, centroids] = [asArrays(vectors), asArrays(start)];
    return sideBySide(
      {
        "ours, same start": () => kmeans(vectors, k, { seed: 1, initial: start }),
        "ml-kmeans, same start": () => mlKMeans(points, k, { initialization: centroids, maxIterations: 100 }),
        "ours, own start, 2 restarts, relocating": () => kmeans(vectors, k, { seed: 1 }),
      },
      repeats,
    );
  },
  map: async (repeats) => {
    const vectors = madeUpVectors(1500, 256, EASY);
    return sideBySide(
      {
        ours: () => umapLayout(vectors, { seed: 1, neighbours: NEIGHBOURS, minDist: MIN_DIST }),
        "umap-js, our neighbours": () => umapJs(vectors),
      },
      repeats,
    );
  },
  validation: async (repeats) => {
    const { bytes, chunks } = corpus(10_000);
    return sideBySide(
      {
        "validation: contract, duplicates, statistics": () =>
          validateChunks(chunks(), { name: "corpus", users: "required" }),
        "JSON.parse of every line": () =>
          new TextDecoder()
            .decode(bytes)
            .split("\n")
            .filter(Boolean)
            .map((line) => JSON.parse(line) as unknown).length,
      },
      repeats,
    );
  },
};

function umapJs(vectors: Matrix): void {
  const m = NEIGHBOURS - 1;
  const found = nearestNeighbours(vectors, m);
  const umap = new UMAP({ nNeighbors: NEIGHBOURS, minDist: MIN_DIST, random: seededRandom(1) });
  const lists = Array.from({ length: vectors.rows }, (_, i) => i);
  umap.setPrecomputedKNN(
    lists.map((i) => [i, ...found.indices.subarray(i * m, (i + 1) * m)]),
    lists.map((i) => [
      0,
      ...Array.from(found.similarities.subarray(i * m, (i + 1) * m), (s) => Math.max(0, 1 - s)),
    ]),
  );
  umap.fit(lists.map(() => []));
}

/** Generated conversations as a file has them. */
export function corpus(count: number) {
  const lines = Array.from(
    generateCorpus({ count, seed: 1 }),
    ({ conversation }) => `${JSON.stringify(conversation)}\n`,
  );
  const bytes = new TextEncoder().encode(lines.join(""));
  const CHUNK = 1 << 20;
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += CHUNK) yield bytes.subarray(at, at + CHUNK);
  }
  return { bytes, chunks };
}

const SIZES = [
  { name: "easy", shape: EASY, rows: 5_000, cols: 256, k: 71, seeds: 3 },
  { name: "easy", shape: EASY, rows: 20_000, cols: 1_024, k: 141, seeds: 3 },
  { name: "easy", shape: EASY, rows: 20_000, cols: 1_024, k: 200, seeds: 3 },
  { name: "hard", shape: HARD, rows: 20_000, cols: 1_024, k: 141, seeds: 3 },
  { name: "easy", shape: EASY, rows: 100_000, cols: 1_024, k: 1_000, seeds: 1 },
] as const;

/** CLINC150's requests through the offline encoder. */
async function clincVectors(): Promise<Matrix | null> {
  const texts = await clincRequests("../shared/data/clinc150").catch(() => null);
  if (texts === null) return null;
  const embedder = offlineEmbedder();
  const { rows, cols, data } = await embedder.embed(texts, { signal: new AbortController().signal });
  await embedder.close();
  return normalizeRows({ rows, cols, data });
}

/** k-means beside scikit-learn's, n_init = 1, each with a start of its own for every seed, in turn; both on all cores. */
export async function kmeansBesideSklearn(say: (line: string) => void): Promise<string> {
  const lines: string[] = [];
  const compute = threadedCompute({ threads: availableParallelism(), signal: new AbortController().signal });
  // The threads start with the first task.
  await compute.run("kmeans", madeUpVectors(5_000, 256, EASY), 2, { seed: 1 });
  const beside = async (name: string, vectors: Matrix, k: number, seeds: number): Promise<void> => {
    const { rows, cols } = vectors;
    const found: { ours: number; theirs: number; inertia: number; theirInertia: number }[] = [];
    await inFile(vectors, async (path) => {
      for (let seed = 1; seed <= seeds; seed++) {
        const started = performance.now();
        const { labels } = await compute.run("kmeans", vectors, k, { seed, restarts: 1 });
        const ours = (performance.now() - started) / 1000;
        const peer = await sklearnKmeans(path, vectors, k, seed);
        found.push({
          ours,
          theirs: peer.seconds,
          inertia: squaredInertia(vectors, labels),
          theirInertia: peer.inertia,
        });
        say(
          `${name} ${rows} x ${cols}, k ${k}: ${ours.toFixed(2)} s, scikit-learn ${peer.seconds.toFixed(2)} s`,
        );
      }
    });
    const [ours, theirs] = [median(found.map((each) => each.ours)), median(found.map((each) => each.theirs))];
    const worse = median(found.map(({ inertia, theirInertia }) => inertia / theirInertia));
    lines.push(
      `| ${name} | ${rows.toLocaleString("en")} x ${cols.toLocaleString("en")} | ${k} | ${ours.toFixed(2)} | ${theirs.toFixed(2)} | ${(theirs / ours).toFixed(1)} x | ${worse.toFixed(3)} |`,
    );
  };
  for (const { name, shape, rows, cols, k, seeds } of SIZES)
    await beside(name, madeUpVectors(rows, cols, shape), k, seeds);
  const clinc = await clincVectors();
  if (clinc !== null) await beside("CLINC150, encoded offline", clinc, 150, 3);
  await compute.close();
  return [
    "| data | rows x columns | k | ours, s | scikit-learn, s | faster | inertia, ours / theirs |",
    "|---|---|---|---|---|---|---|",
    ...lines,
  ].join("\n");
}

/** The same rows on 1, 2 and 3 threads, and the most memory that a process held with them. */
export async function kmeansByThreads(say: (line: string) => void): Promise<string> {
  const vectors = madeUpVectors(20_000, 1_024, EASY);
  const lines: string[] = [];
  let first: Int32Array | undefined;
  for (const threads of [1, 2, 3]) {
    const compute = threadedCompute({ threads, signal: new AbortController().signal });
    const seconds: number[] = [];
    let same = true;
    for (let repeat = 0; repeat < 4; repeat++) {
      const started = performance.now();
      const { labels } = await compute.run("kmeans", vectors, 200, { seed: 1, restarts: 1 });
      // The threads start with the first.
      if (repeat > 0) seconds.push((performance.now() - started) / 1000);
      first ??= labels;
      same &&= labels.every((label, i) => label === first![i]);
    }
    await compute.close();
    say(`${threads} threads: ${median(seconds).toFixed(2)} s`);
    lines.push(`| ${threads} | ${median(seconds).toFixed(2)} | ${same ? "yes" : "no"} |`);
  }
  const { stdout } = await promisify(execFile)(process.execPath, [
    join(import.meta.dirname, "large/kmeans-memory.ts"),
    ...[100_000, 1_024, 1_000].map(String),
  ]);
  return [
    "| threads | s | same labels |",
    "|---|---|---|",
    ...lines,
    "",
    `100,000 x 1,024, k = 1,000: at most ${(Number(stdout) / 1024).toFixed(2)} GiB for the whole process, vectors included.`,
  ].join("\n");
}

/** Two levels, as runs above 50,000 rows have them, beside one. */
export async function twoLevels(say: (line: string) => void): Promise<string> {
  const lines: string[] = [];
  const compute = threadedCompute({ threads: availableParallelism(), signal: new AbortController().signal });
  for (const [name, shape, rows, cols, k] of [
    ["easy", EASY, 50_000, 512, 500],
    ["hard", HARD, 50_000, 512, 500],
    ["easy", EASY, 100_000, 512, 1_000],
  ] as const) {
    const vectors = madeUpVectors(rows, cols, shape);
    const options = { seed: 1, restarts: 1 };
    let started = performance.now();
    const one = await compute.run("kmeans", vectors, k, options);
    const oneSeconds = (performance.now() - started) / 1000;
    started = performance.now();
    const sample = gatherRows(
      vectors,
      sampleIndices(seededRandom(1, "bench/sample"), rows, CLUSTER_LIMITS.sample),
    );
    const coarse = await compute.run("kmeans", sample, coarseCellCount(k), options);
    const cells = rowsByCluster(
      (await compute.run("assign", vectors, coarse.centroids)).labels,
      coarse.centroids.rows,
    );
    const shares = allocateClusters(
      cells.map(({ length }) => length),
      k,
    );
    let inertia = 0;
    for (const [cell, members] of cells.entries()) {
      const found = await compute.run("kmeans", gatherRows(vectors, members), shares[cell]!, options);
      inertia += found.inertia;
    }
    const twoSeconds = (performance.now() - started) / 1000;
    say(`${name} ${rows}: one level ${oneSeconds.toFixed(1)} s, two ${twoSeconds.toFixed(1)} s`);
    lines.push(
      `| ${name} | ${rows.toLocaleString("en")} x ${cols} | ${k} | ${oneSeconds.toFixed(1)} | ${twoSeconds.toFixed(1)} | ${(inertia / one.inertia).toFixed(4)} |`,
    );
  }
  await compute.close();
  return [
    "| data | rows x columns | k | one level, s | two levels, s | inertia, two / one |",
    "|---|---|---|---|---|---|",
    ...lines,
  ].join("\n");
}

/** The map beside umap-learn, seeded and warm, and what both keep of the neighbours. */
export async function mapBesideUmapLearn(say: (line: string) => void): Promise<string> {
  const lines: string[] = [];
  const compute = threadedCompute({ threads: availableParallelism(), signal: new AbortController().signal });
  for (const [name, shape, rows] of [
    ["easy", EASY, 20_000],
    ["hard", HARD, 20_000],
    ["easy", EASY, 100_000],
    ["hard", HARD, 100_000],
  ] as const) {
    const vectors = madeUpVectors(rows, 1_024, shape);
    await inFile(vectors, async (path, folder) => {
      const started = performance.now();
      const points = await compute.run("fitMap", vectors, {
        seed: 1,
        neighbours: NEIGHBOURS,
        minDist: MIN_DIST,
      });
      const ours = (performance.now() - started) / 1000;
      const file = join(folder, "points.f32");
      await writeFile(file, new Uint8Array(Float32Array.from(points).buffer));
      const peer = await umapLearn(path, vectors, file);
      say(`${name} map of ${rows}: ${ours.toFixed(2)} s, umap-learn ${peer.seconds.toFixed(2)} s`);
      const both = (of: "kept" | "trustworthiness"): string =>
        `${peer.ours[of].toFixed(3)} / ${peer.theirs[of].toFixed(3)}`;
      lines.push(
        `| ${name} | ${rows.toLocaleString("en")} x 1,024 | ${ours.toFixed(1)} | ${peer.seconds.toFixed(1)} | ${(peer.seconds / ours).toFixed(1)} x | ${both("kept")} | ${both("trustworthiness")} |`,
      );
    });
  }
  await compute.close();
  return [
    "| data | rows x columns | ours, s | umap-learn, s | faster | of 15 nearest kept, ours / theirs | trustworthiness |",
    "|---|---|---|---|---|---|---|",
    ...lines,
  ].join("\n");
}

/** The lines of the checked-in baseline: how many times our time a peer takes, by section. */
export async function readBaseline(path: string): Promise<Record<string, number>> {
  return JSON.parse(await readFile(path, "utf8")) as Record<string, number>;
}
