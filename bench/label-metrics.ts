import { readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { offlineEmbedder } from "../shared/adapters/offline/embedder.ts";
import { conversationSnapshot } from "../shared/contracts/artifacts.ts";
import type { Cluster } from "../shared/contracts/clusters.ts";
import { assignment, hierarchy } from "../shared/contracts/clusters.ts";
import { randomInt, seededRandom } from "../shared/domain/random.ts";
import { cosine, row } from "../shared/domain/vectors.ts";
import {
  beginsWithVerb,
  contentStems,
  coverage,
  isOverTenWords,
  jaccard,
  shareCommonToAll,
  shareWithTwin,
} from "./labels/name-metrics.ts";

/**
 * What can be counted of the names of clusters without a judge. Numbers only, no text of a conversation.
 * node bench/label-metrics.ts --run runs/<id> [--run runs/<other>] [--out bench/LABELS.md]
 */
const { values } = parseArgs({
  options: { run: { type: "string", multiple: true, default: [] }, out: { type: "string", default: "" } },
});
if (values.run.length === 0) throw new Error("--run is missing");

/** Half of the words of two names of the same length of three are common: from here a reader may take one for the other. */
const NEAR_JACCARD = 0.5;
/**
 * On CLINC150 the pairs above it are of one subject ("Ask about international visa", "Tell visa": 0.81), the first below
 * it are not ("Make reservations", "Cancel the reservation for dinner": 0.73).
 */
const NEAR_COSINE = 0.75;

const embedder = offlineEmbedder();

type Named = Cluster & { readonly name: string };

async function measure(run: string): Promise<string> {
  const lines = async (path: string): Promise<unknown[]> =>
    (await readFile(join(run, path), "utf8"))
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown);
  const stemsOf = new Map(
    (await lines("conversation.jsonl")).map((value) => {
      const { conversation_id: id, messages } = conversationSnapshot.parse(value);
      const said = messages.filter(({ role }) => role === "user").map(({ content }) => content);
      return [id, contentStems(said.join("\n"))];
    }),
  );
  const { clusters } = hierarchy.parse(
    JSON.parse(await readFile(join(run, "clusters/hierarchy.json"), "utf8")),
  );
  const parentOf = new Map(clusters.map(({ id, parent_id: parent }) => [id, parent]));
  const membersOf = new Map<string, Set<string>[]>(clusters.map(({ id }) => [id, []]));
  for (const value of await lines("clusters/base_assignments.jsonl")) {
    const { conversation_id: id, cluster_id: cluster } = assignment.parse(value);
    for (let at = cluster; at !== null; at = parentOf.get(at) ?? null)
      membersOf.get(at)!.push(stemsOf.get(id)!);
  }
  const named = clusters.filter((cluster): cluster is Named => cluster.name !== null);
  const rows = [];
  for (const [title, nodes] of [
    ["base clusters", named.filter(({ level }) => level === 0)],
    ["parents", named.filter(({ level }) => level > 0)],
  ] as const)
    rows.push(await tableRow(`${basename(run)}, ${title}`, nodes, membersOf));
  return rows.join("\n");
}

async function tableRow(
  title: string,
  nodes: readonly Named[],
  membersOf: ReadonlyMap<string, Set<string>[]>,
): Promise<string> {
  const stems = nodes.map(({ name }) => contentStems(name));
  const vectors = await embedder.embed(
    nodes.map(({ name }) => name),
    { signal: new AbortController().signal },
  );
  const siblings = [...Map.groupBy(nodes.keys(), (i) => nodes[i]!.parent_id).values()];
  const random = seededRandom(1, "bench/label-metrics");
  const mean = (numbers: readonly number[]): number =>
    numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  const covered = nodes.map(({ id }, i) => coverage(stems[i]!, membersOf.get(id)!));
  const coveredByOther = nodes.map(({ id }, i) => {
    const other = nodes.length < 2 ? i : (i + 1 + randomInt(random, nodes.length - 1)) % nodes.length;
    return coverage(stems[other]!, membersOf.get(id)!);
  });
  const shares = [
    shareWithTwin(siblings, (a, b) => (sameStems(stems[a]!, stems[b]!) ? 1 : 0), 1),
    shareWithTwin(siblings, (a, b) => jaccard(stems[a]!, stems[b]!), NEAR_JACCARD),
    shareWithTwin(siblings, (a, b) => cosine(row(vectors, a), row(vectors, b)), NEAR_COSINE),
    shareCommonToAll(siblings.map((group) => group.map((i) => stems[i]!))),
    mean(covered),
    mean(coveredByOther),
    mean(nodes.map(({ name }) => Number(isOverTenWords(name)))),
    mean(nodes.map(({ name }) => Number(beginsWithVerb(name)))),
  ];
  return `| ${[title, nodes.length, ...shares.map((share) => `${(100 * share).toFixed(1)} %`)].join(" | ")} |`;
}

function sameStems(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && a.isSubsetOf(b);
}

const rows = [];
for (const run of values.run) rows.push(await measure(run));
await embedder.close();
const report = `# Names, counted

\`node bench/label-metrics.ts ${values.run.map((run) => `--run runs/${basename(run)}`).join(" ")} --out bench/LABELS.md\`; what each column counts is in [README](README.md).

| | names | equal | near, by words | near, by vectors | words all siblings hold | coverage | coverage by another's name | over ten words | begin with a verb |
|---|---|---|---|---|---|---|---|---|---|
${rows.join("\n")}
`;
if (values.out !== "") await writeFile(values.out, report);
process.stdout.write(report);
