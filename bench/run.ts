import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { kmeans as mlKMeans } from "ml-kmeans";
import { validateChunks } from "../shared/domain/input/validate.ts";
import { kmeans } from "../shared/domain/kmeans/kmeans.ts";
import { generateCorpus } from "../shared/domain/mock/generate.ts";
import { sampleIndices, seededRandom } from "../shared/domain/random.ts";
import { gatherRows, normalizeRows, row } from "../shared/domain/vectors.ts";
import type { Matrix } from "../shared/domain/vectors.ts";
import packageJson from "../package.json" with { type: "json" };
import { machine, sideBySide, table } from "./harness.ts";

const { values } = parseArgs({
  options: {
    out: { type: "string", default: "bench/RESULTS.md" },
    repeats: { type: "string", default: "5" },
  },
});
const repeats = Number(values.repeats);

/** Spread around the topics, in units of theirs: rows then overlap and Lloyd takes tens of passes, as on sentence vectors. */
const NOISE = 4;

/** Unit vectors around `topics` directions, as overlapping as sentence vectors are. */
function topicVectors(rows: number, cols: number, topics: number): Matrix {
  const random = seededRandom(1, "bench/vectors");
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const centres = Float32Array.from({ length: topics * cols }, normal);
  const data = Float32Array.from(
    { length: rows * cols },
    (_, i) => centres[(Math.floor(i / cols) % topics) * cols + (i % cols)]! + NOISE * normal(),
  );
  return normalizeRows({ rows, cols, data });
}

const K = 60;

const vectors = topicVectors(3000, 512, K);
const start = gatherRows(vectors, sampleIndices(seededRandom(2, "bench/start"), vectors.rows, K));
const asArrays = (matrix: Matrix): number[][] =>
  Array.from({ length: matrix.rows }, (_, i) => Array.from(row(matrix, i)));
const [points, centroids] = [asArrays(vectors), asArrays(start)];
const clustering = await sideBySide(
  {
    "ours, same start": () => kmeans(vectors, K, { seed: 1, initial: start }),
    "ml-kmeans, same start": () => mlKMeans(points, K, { initialization: centroids, maxIterations: 100 }),
    "ours, own start, 2 restarts, relocating": () => kmeans(vectors, K, { seed: 1 }),
  },
  repeats,
);

const corpus = new TextEncoder().encode(
  Array.from(
    generateCorpus({ count: 20_000, seed: 1 }),
    ({ conversation }) => `${JSON.stringify(conversation)}\n`,
  ).join(""),
);
const CHUNK = 1 << 20;
async function* chunks() {
  for (let at = 0; at < corpus.length; at += CHUNK) yield corpus.subarray(at, at + CHUNK);
}
const reading = await sideBySide(
  {
    "JSON.parse of every line": () =>
      new TextDecoder()
        .decode(corpus)
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line) as unknown).length,
    "validation: contract, duplicates, statistics": () =>
      validateChunks(chunks(), { name: "corpus", users: "required" }),
  },
  repeats,
);

const reference = packageJson.devDependencies["ml-kmeans"];
const report = `# Results

\`npm run bench\`, ${repeats} repeats, contenders in turn. ${machine()}. Compare ratios; absolute times are this machine's.

## k-means, ${vectors.rows} x ${vectors.cols}, k = ${K}

${table(clustering)}

ml-kmeans ${reference}, ${mlKMeans(points, K, { initialization: centroids, maxIterations: 100 }).iterations} passes; ours ${kmeans(vectors, K, { seed: 1, initial: start }).iterations}. Its own k-means++ start is not part of this.

## Validation, 20,000 generated conversations, ${(corpus.length / 1e6).toFixed(1)} MB

${table(reading)}

Validation reads ${(corpus.length / 1e6 / reading[1]!.median).toFixed(0)} MB/s on one thread.
`;
await writeFile(values.out, report);
process.stdout.write(report);
