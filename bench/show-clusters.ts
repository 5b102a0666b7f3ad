import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { conversationSnapshot } from "../shared/contracts/artifacts.ts";
import { assignment, labeledClusters } from "../shared/contracts/clusters.ts";
import { sampleIndices, seededRandom } from "../shared/domain/random.ts";

/**
 * Prints random base clusters of a run with name, description and members, for a person to judge the names by.
 * It prints conversations: for made-up or public corpora only.
 * node bench/show-clusters.ts --run runs/<id> [--count 30] [--members 10] [--seed 1]
 */
const { values } = parseArgs({
  options: {
    run: { type: "string" },
    count: { type: "string", default: "30" },
    members: { type: "string", default: "10" },
    seed: { type: "string", default: "1" },
  },
});
const run = values.run;
if (run === undefined) throw new Error("--run is missing");
const random = seededRandom(Number(values.seed), "show-clusters");
const lines = async (path: string): Promise<unknown[]> =>
  (await readFile(join(run, path), "utf8"))
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown);

const texts = new Map(
  (await lines("conversation.jsonl")).map((row) => {
    const { conversation_id: id, messages } = conversationSnapshot.parse(row);
    return [
      id,
      messages
        .find(({ role }) => role === "user")
        ?.content.replace(/\s+/g, " ")
        .slice(0, 100) ?? "",
    ];
  }),
);
const membersOf = new Map<string, string[]>();
for (const row of await lines("clusters/base_assignments.jsonl")) {
  const { conversation_id: id, cluster_id: cluster } = assignment.parse(row);
  if (cluster !== null) membersOf.set(cluster, [...(membersOf.get(cluster) ?? []), texts.get(id) ?? ""]);
}
const { clusters } = labeledClusters.parse(
  JSON.parse(await readFile(join(run, "clusters/labeled_clusters.json"), "utf8")),
);
for (const [n, at] of sampleIndices(random, clusters.length, Number(values.count)).entries()) {
  const { id, name, description, size } = clusters[at]!;
  const members = membersOf.get(id) ?? [];
  process.stdout.write(`\n${n + 1}. ${name} (${size})\n   ${description}\n`);
  for (const i of sampleIndices(random, members.length, Number(values.members)))
    process.stdout.write(`   - ${members[i]}\n`);
}
