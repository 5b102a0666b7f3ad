import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import packageJson from "../package.json" with { type: "json" };
import { machine, table } from "./harness.ts";
import type { Measured } from "./harness.ts";
import { installPeers } from "./peers.ts";
import { availableParallelism } from "node:os";
import { CLUSTER_LIMITS } from "../shared/phases/cluster.ts";
import {
  corpus,
  kmeansBesideSklearn,
  kmeansByThreads,
  mapBesideUmapLearn,
  quickSections,
  readBaseline,
  twoLevels,
} from "./sections.ts";

/**
 * Speed beside others, as ratios of one run. Without `--quick` it takes a quarter of an hour and writes RESULTS.md; with it,
 * a minute: it fails when a ratio is worse than the checked-in one by more than half.
 */
const { values } = parseArgs({
  options: {
    out: { type: "string", default: "bench/RESULTS.md" },
    repeats: { type: "string", default: "5" },
    quick: { type: "boolean", default: false },
    /** With `--quick`: writes the ratios of this run as what later ones are compared with. */
    accept: { type: "boolean", default: false },
  },
});
const BASELINE = resolve(import.meta.dirname, "quick.json");
const MOST_WORSE = 1.5;
const say = (line: string): void => void process.stderr.write(`${line}\n`);

const measured = new Map<string, Measured[]>();
for (const [name, run] of Object.entries(quickSections))
  measured.set(name, await run(Number(values.repeats)));
/** How many times our time the peer takes. */
const ratios = Object.fromEntries(
  [...measured].map(([name, [ours, peer]]) => [name, Number((peer!.median / ours!.median).toFixed(2))]),
);

if (values.quick) {
  if (values.accept) await writeFile(BASELINE, `${JSON.stringify(ratios, null, 2)}\n`);
  const baseline = await readBaseline(BASELINE);
  const worse = Object.entries(baseline).filter(
    ([name, before]) => (ratios[name] ?? 0) * MOST_WORSE < before,
  );
  for (const [name, before] of Object.entries(baseline))
    say(
      `${name}: the peer takes ${ratios[name] ?? "?"} times our time; ${before} when this was written down`,
    );
  if (worse.length > 0) {
    say(`Slower by more than ${MOST_WORSE} x beside its peer: ${worse.map(([name]) => name).join(", ")}.`);
    process.exitCode = 1;
  }
} else {
  await installPeers();
  const { bytes } = corpus(10_000);
  const versions = packageJson.devDependencies;
  const report = `# Results

\`npm run bench\`: contenders in turn, medians. ${machine()}. Compare ratios; absolute times are this machine's.
Ours and scikit-learn run on all cores, umap-learn on one, as its seed wants. Pages: opening, frames and Lighthouse in [DASHBOARD.md](DASHBOARD.md), by \`npm run build:site && node bench/dashboard.ts\`.

Vectors are made up (\`bench/vectors.ts\`): easy ones lie in sub-topics far apart, of hard ones a fifth of the nearest 15 share the sub-topic.

## k-means beside scikit-learn 1.7.2 (n_init = 1, tol = 1e-4)

${await kmeansBesideSklearn(say)}

Ours with one start, its relocations included; inertia is the sum of squared distances to the means, below 1 is better than theirs.

The same on 1, 2 and 3 threads, 20,000 x 1,024 easy, k = 200:

${await kmeansByThreads(say)}

## k-means on two levels beside one

As in runs of more than ${CLUSTER_LIMITS.together.toLocaleString("en")} rows: coarse cells from a sample, k-means inside each. All on ${availableParallelism()} threads.

${await twoLevels(say)}

## The map beside umap-learn 0.5.12 (15 neighbours, cosine, seeded, warm)

${await mapBesideUmapLearn(say)}

Ours compares all pairs of 20,000 rows; of more, rows with those of the nearest cells, as many as it takes to find 95 % of a sample's true neighbours. Trustworthiness of 3,000 rows.

## Beside npm's own, small

k-means, 3,000 x 512, k = 60 (ml-kmeans ${versions["ml-kmeans"]}; its own start is not part of this):

${table(measured.get("kmeans")!)}

Map, 1,500 x 256 (umap-js ${versions["umap-js"]}):

${table(measured.get("map")!)}

Validation, 10,000 generated conversations, ${(bytes.length / 1e6).toFixed(1)} MB, ${(bytes.length / 1e6 / measured.get("validation")![0]!.median).toFixed(0)} MB/s on one thread:

${table(measured.get("validation")!)}

\`npm run bench:quick\` measures these three alone and fails where a ratio is worse by more than half than in \`bench/quick.json\`.
`;
  await writeFile(values.out, report);
  process.stdout.write(report);
}
