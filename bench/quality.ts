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
import { machine } from "./harness.ts";

/**
 * How well a run's clusters agree with the labels of its corpus, beside scikit-learn on the same vectors and TF-IDF.
 * node bench/quality.ts --run runs/<id> --labels ../shared/data/clinc150/labels.jsonl --k 150 [--python .venv/bin/python]
 */
const { values } = parseArgs({
  options: {
    run: { type: "string" },
    labels: { type: "string" },
    k: { type: "string" },
    python: { type: "string", default: "" },
    out: { type: "string", default: "" },
  },
});
if (values.run === undefined || values.labels === undefined || values.k === undefined) {
  process.stderr.write(
    "usage: node bench/quality.ts --run <folder> --labels <jsonl> --k <n> [--python <python>] [--out <md>]\n",
  );
  process.exit(2);
}
const run = values.run;
const k = Number(values.k);

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

const scores: [string, ReturnType<typeof agreement>][] = [];
for (const seed of [1, 2])
  scores.push([
    `ours, k = ${k}, seed ${seed}`,
    agreement(fine, kmeans(vectors, k, { seed, restarts: 5 }).labels),
  ]);
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
    join(folder, "out.json"),
  ]);
  const peer = JSON.parse(await readFile(join(folder, "out.json"), "utf8")) as {
    versions: Record<string, string>;
    vectors: number[][];
    tfidf: number[][];
  };
  await rm(folder, { recursive: true });
  versions = Object.entries(peer.versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(", ");
  peer.vectors.forEach((labels, i) =>
    scores.push([
      `scikit-learn on the same vectors, k = ${k}, seed ${i + 1}`,
      agreement(fine, Int32Array.from(labels)),
    ]),
  );
  peer.tfidf.forEach((labels, i) =>
    scores.push([`TF-IDF + scikit-learn, k = ${k}, seed ${i + 1}`, agreement(fine, Int32Array.from(labels))]),
  );
}
scores.push([
  `the run's own clusters (${new Set(assigned.map((row) => row.cluster_id)).size})`,
  agreement(fine, numbered(assigned.map((row) => row.cluster_id ?? ""))),
]);

const { clusters } = hierarchy.parse(
  JSON.parse(await readFile(join(run, "clusters/hierarchy.json"), "utf8")),
);
const parentOf = new Map(clusters.map(({ id, parent_id }) => [id, parent_id]));
const rootOf = (id: string): string => {
  let at = id;
  for (let parent = parentOf.get(at); parent !== null && parent !== undefined; parent = parentOf.get(at))
    at = parent;
  return at;
};
const roots = numbered(assigned.map(({ cluster_id: id }) => (id === null ? "" : rootOf(id))));
const ofRoots = agreement(coarse, roots);

const row = (
  name: string,
  { nmi, ari, homogeneity, completeness, purity }: ReturnType<typeof agreement>,
): string =>
  `| ${name} | ${[nmi, ari, homogeneity, completeness, purity].map((value) => value.toFixed(3)).join(" | ")} |`;
const head = "| | NMI | ARI | homogeneity | completeness | purity |\n|---|---|---|---|---|---|";
const report = `${machine()}${versions === "" ? "" : `, ${versions}`}; ${assigned.length} conversations.

${head}
${scores.map(([name, score]) => row(name, score)).join("\n")}

Roots of the hierarchy (${new Set(roots).size}) against domains:

${head}
${row("roots", ofRoots)}
`;
if (values.out !== "") await writeFile(values.out, report);
process.stdout.write(report);
