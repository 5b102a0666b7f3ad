import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { assignment, hierarchy } from "../shared/contracts/clusters.ts";
import { conversationSnapshot } from "../shared/contracts/artifacts.ts";
import { agreement } from "../shared/domain/agreement.ts";
import { kmeans } from "../shared/domain/kmeans/kmeans.ts";
import { decodeNpy } from "../shared/domain/npy.ts";
import { seededRandom, shuffle } from "../shared/domain/random.ts";
import { levelAncestors, levelNearest } from "../shared/domain/evaluation/levels.ts";
import { sphericalInertia } from "./quality/spherical-inertia.ts";
import { machine } from "./harness.ts";

/**
 * How well a run's clusters and its hierarchy agree with the labels of its corpus, beside scikit-learn on the same vectors,
 * TF-IDF and groups of the same sizes by chance.
 * node bench/quality.ts --run runs/<id> --labels ../shared/data/clinc150/labels.jsonl --k 150 [--seeds 5] [--python .venv/bin/python]
 */
const { values } = parseArgs({
  options: {
    run: { type: "string" },
    labels: { type: "string" },
    k: { type: "string" },
    seeds: { type: "string", default: "5" },
    python: { type: "string", default: "" },
    out: { type: "string", default: "" },
  },
});
if (values.run === undefined || values.labels === undefined || values.k === undefined) {
  process.stderr.write(
    "usage: node bench/quality.ts --run <folder> --labels <jsonl> --k <n> [--seeds <n>] [--python <python>] [--out <md>]\n",
  );
  process.exit(2);
}
const run = values.run;
const k = Number(values.k);
const seeds = Array.from({ length: Number(values.seeds) }, (_, i) => i + 1);
/** Roots the hierarchy aims at (design section 6), and as many as CLINC150 has domains. */
const COARSE = 10;

async function lines<T>(path: string, parse: (value: unknown) => T): Promise<T[]> {
  return (await readFile(path, "utf8"))
    .trimEnd()
    .split("\n")
    .map((line) => parse(JSON.parse(line)));
}

interface Truth {
  readonly conversation_id: string;
  readonly [label: string]: unknown;
}

/** Values as numbers in the order of their first use. */
function numbered(names: readonly string[]): Int32Array {
  const numbers = new Map<string, number>();
  return Int32Array.from(names, (name) => {
    if (!numbers.has(name)) numbers.set(name, numbers.size);
    return numbers.get(name)!;
  });
}

const truth = new Map(
  (await lines(values.labels, (value) => value as Truth)).map((row) => [row.conversation_id, row]),
);
const assigned = await lines(join(run, "clusters/base_assignments.jsonl"), (value) =>
  assignment.parse(value),
);
const labelled = (name: string): Int32Array =>
  numbered(
    assigned.map((row) =>
      String(truth.get(row.conversation_id)?.[name] ?? truth.get(row.conversation_id)?.["use_case"]),
    ),
  );
const fine = labelled("label");
const coarse = labelled("domain");
const vectors = decodeNpy(await readFile(join(run, "embeddings/summary_embeddings.npy")));

interface Scored {
  readonly name: string;
  readonly labels: Int32Array;
  readonly seconds?: number;
}

const found: Scored[] = seeds.map((seed) => {
  const started = performance.now();
  const { labels } = kmeans(vectors, k, { seed });
  return { name: `ours, seed ${seed}`, labels, seconds: (performance.now() - started) / 1000 };
});
const peers: Scored[] = [];
const tfidf: Scored[] = [];
const coarsePeers: Scored[] = [];
let versions = "";
if (values.python !== "") {
  const folder = await mkdtemp(join(tmpdir(), "clio-quality-"));
  const texts = (
    await lines(join(run, "conversation.jsonl"), (value) => conversationSnapshot.parse(value))
  ).map(({ messages }) =>
    messages
      .filter(({ role }) => role === "user")
      .map(({ content }) => content)
      .join("\n"),
  );
  await writeFile(join(folder, "texts.json"), JSON.stringify(texts));
  const script = resolve(import.meta.dirname, "peers/sklearn_kmeans.py");
  execFileSync(values.python, [
    script,
    join(run, "embeddings/summary_embeddings.npy"),
    join(folder, "texts.json"),
    String(k),
    String(COARSE),
    String(seeds.length),
    join(folder, "out.json"),
  ]);
  const peer = JSON.parse(await readFile(join(folder, "out.json"), "utf8")) as {
    versions: Record<string, string>;
    vectors: { labels: number[]; seconds: number }[];
    tfidf: { labels: number[]; seconds: number }[];
    coarse: Record<string, number[]>;
  };
  await rm(folder, { recursive: true });
  versions = Object.entries(peer.versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(", ");
  const scored =
    (name: string) =>
    ({ labels, seconds }: { labels: number[]; seconds: number }, i: number): Scored => ({
      name: `${name}, seed ${i + 1}`,
      labels: Int32Array.from(labels),
      seconds,
    });
  peers.push(...peer.vectors.map(scored("scikit-learn, best of five")));
  tfidf.push(...peer.tfidf.map(scored("TF-IDF + scikit-learn, best of five")));
  coarsePeers.push(
    ...Object.entries(peer.coarse).map(([name, labels]) => ({
      name: `${name}, k = ${COARSE}`,
      labels: Int32Array.from(labels),
    })),
  );
}
const own = numbered(assigned.map((row) => row.cluster_id ?? ""));

const { clusters } = hierarchy.parse(
  JSON.parse(await readFile(join(run, "clusters/hierarchy.json"), "utf8")),
);
const level = levelNearest(clusters, COARSE);
const ancestors = levelAncestors(clusters, level);
const nodes = numbered(assigned.map(({ cluster_id: id }) => (id === null ? "" : ancestors.get(id)!)));
const chance = Int32Array.from(shuffle(seededRandom(1, "bench/chance"), [...nodes]));
const groups: Scored[] = [
  { name: `hierarchy, level ${level} (${new Set(nodes).size} nodes)`, labels: nodes },
  ...coarsePeers,
  { name: "chance, groups of the hierarchy's sizes", labels: chance },
];

const HEAD =
  "| | NMI | ARI | homogeneity | completeness | purity | inertia | seconds |\n|---|---|---|---|---|---|---|---|";
const table = (classes: Int32Array, rows: readonly Scored[]): string =>
  [
    HEAD,
    ...rows.map(({ name, labels, seconds }) => {
      const { nmi, ari, homogeneity, completeness, purity } = agreement(classes, labels);
      const scores = [nmi, ari, homogeneity, completeness, purity].map((value) => value.toFixed(3));
      const inertia = sphericalInertia(vectors, labels).toFixed(1);
      return `| ${[name, ...scores, inertia, seconds?.toFixed(1) ?? ""].join(" | ")} |`;
    }),
  ].join("\n");
const report = `${machine()}${versions === "" ? "" : `, ${versions}`}; ${assigned.length} conversations. Inertia: the sum of 1 - cosine to the mean of the cluster.

k = ${k} against the labels:

${table(fine, [...found, ...peers, ...tfidf, { name: `the run's own clusters (${new Set(own).size})`, labels: own }])}

Groups against the domains:

${table(coarse, groups)}
`;
if (values.out !== "") await writeFile(values.out, report);
process.stdout.write(report);
