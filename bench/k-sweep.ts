import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { assignment } from "../shared/contracts/clusters.ts";
import { agreement } from "../shared/domain/agreement.ts";
import { baseClusterCount } from "../shared/domain/cluster-count.ts";
import { kmeans } from "../shared/domain/kmeans/kmeans.ts";
import { decodeNpy } from "../shared/domain/npy.ts";
import { sampleIndices, seededRandom } from "../shared/domain/random.ts";
import { gatherRows } from "../shared/domain/vectors.ts";
import { criteria } from "./quality/criteria.ts";

/**
 * Whether a sweep over a few k, judged without labels on a sample, would choose a better k than the formula of
 * `baseClusterCount`. Prints, for each k, the unsupervised criteria and the agreement with the labels.
 * node bench/k-sweep.ts --run runs/<id> --labels <jsonl> [--sample 4000]
 */
const { values } = parseArgs({
  options: {
    run: { type: "string" },
    labels: { type: "string" },
    sample: { type: "string", default: "4000" },
  },
});
if (values.run === undefined || values.labels === undefined)
  throw new Error("--run and --labels are missing");
const records = async (path: string): Promise<unknown[]> =>
  (await readFile(path, "utf8"))
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown);

const truth = new Map(
  ((await records(values.labels)) as Record<string, string>[]).map((row) => [
    row["conversation_id"],
    row["label"] ?? row["use_case"]!,
  ]),
);
const vectors = decodeNpy(await readFile(join(values.run, "embeddings/summary_embeddings.npy")));
const classes = (await records(join(values.run, "clusters/base_assignments.jsonl"))).map((row) =>
  truth.get(assignment.parse(row).conversation_id)!,
);
const chosen = sampleIndices(
  seededRandom(1, "bench/k-sweep"),
  vectors.rows,
  Math.min(vectors.rows, Number(values.sample)),
);
const sample = gatherRows(vectors, chosen);
const sampleClasses = Array.from(chosen, (i) => classes[i]!);

// 15 is the default of min_conversations.
const formula = baseClusterCount(sample.rows, "auto", 15);
// Powers of sqrt(2) around the formula's k: a sweep in the product could not afford more.
const sweep = [-4, -3, -2, -1, 0, 1, 2, 3].map((step) => Math.max(2, Math.round(formula * 2 ** (step / 2))));
process.stdout
  .write(`${sample.rows} rows, ${new Set(sampleClasses).size} labels; the formula gives k = ${formula}

| k | NMI | ARI | silhouette | Calinski-Harabasz | stability | bits |
|---|---|---|---|---|---|---|
`);
for (const k of sweep) {
  const { labels, centroids } = kmeans(sample, k, { seed: 1 });
  const other = kmeans(sample, k, { seed: 2 });
  const { nmi, ari } = agreement(sampleClasses, labels);
  const { silhouette, calinskiHarabasz, bits } = criteria(sample, labels, centroids);
  const stability = agreement(labels, other.labels).ari;
  const numbers = [nmi, ari, silhouette].map((value) => value.toFixed(3));
  process.stdout.write(
    `| ${[k, ...numbers, calinskiHarabasz.toFixed(1), stability.toFixed(3), bits.toFixed(0)].join(" | ")} |\n`,
  );
}
