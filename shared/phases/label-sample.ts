import type { LabelSample } from "../contracts/artifacts.ts";
import type { FacetRow } from "../contracts/facets.ts";
import type { LabelMember } from "../contracts/model-tasks.ts";
import { facetText } from "../domain/facet-text.ts";
import { sampleMembers } from "../domain/member-sample.ts";
import { neutralise } from "../domain/neutralise.ts";
import { seededRandom } from "../domain/random.ts";
import { ClusterWords } from "../domain/cluster-words.ts";
import { supportToList, supportedText } from "../domain/support.ts";
import { TopList } from "../domain/top-list.ts";
import { dot, row } from "../domain/vectors.ts";
import type { Matrix } from "../domain/vectors.ts";
import { userNumbers } from "./columns.ts";
import type { Defences } from "./defences.ts";
import type { PhaseContext } from "./phase.ts";

/** Neighbouring clusters whose members may serve as nearest non-members. */
const NEIGHBOUR_CLUSTERS = 5;
/** Rows of vectors held at once while looking for non-members. */
const ROWS_PER_BLOCK = 8_192;

type MemberFacets = Pick<FacetRow, "summary" | "request" | "task" | "topic">;

function eachText(member: LabelMember, change: (text: string) => string): LabelMember {
  const { summary, request, task, topic } = member;
  const changed = (text: string | null): string | null => (text === null ? null : change(text) || null);
  return {
    summary: change(summary),
    request: changed(request),
    task: changed(task),
    topic: changed(topic),
  };
}

/** Facet text of one conversation as the prompts that name see it: data, with nothing in it that instructs a model. */
export function memberText(
  facets: MemberFacets,
  { neutralise: on }: Pick<Defences, "neutralise">,
): LabelMember {
  const member = { ...facets, summary: facets.summary ?? facetText(facets) };
  return eachText(member, on ? neutralise : (text) => text);
}

/** All that a member says: the text in which words are looked for. */
export function wholeText({ summary, request, task, topic }: LabelMember): string {
  return [summary, request, task, topic].filter((part) => part !== null).join("\n");
}

/** For each centroid of `group`, the clusters nearest to it. */
function neighbourClusters(centroids: Matrix, group: readonly number[]): Map<number, number[]> {
  return new Map(
    group.map((c) => {
      const nearest = new TopList(NEIGHBOUR_CLUSTERS);
      for (let other = 0; other < centroids.rows; other++) {
        if (other !== c) nearest.offer(other, dot(row(centroids, c), row(centroids, other)));
      }
      return [c, nearest.list()];
    }),
  );
}

/** Cluster number of every row, -1 for none. */
async function clusterNumbers({ artifacts }: PhaseContext, ids: readonly string[]): Promise<Int32Array> {
  const numberOf = new Map(ids.map((id, c) => [id, c]));
  const numbers = new Int32Array(await artifacts.rowCount("assignments")).fill(-1);
  let at = 0;
  for await (const { cluster_id } of artifacts.rows("assignments")) {
    numbers[at++] = cluster_id === null ? -1 : (numberOf.get(cluster_id) ?? -1);
  }
  return numbers;
}

/** Rows nearest to each centroid of `group` among the members of its neighbour clusters. */
async function nearestOutsiders(
  context: PhaseContext,
  group: readonly number[],
  clusterOf: Int32Array,
): Promise<Map<number, number[]>> {
  const { artifacts, config } = context;
  const centroids = await artifacts.matrix("centroids");
  const lists = new Map(group.map((c) => [c, new TopList(config.label_outsiders)]));
  const watchers = new Map<number, number[]>();
  for (const [c, neighbours] of neighbourClusters(centroids, group)) {
    for (const neighbour of neighbours) watchers.set(neighbour, [...(watchers.get(neighbour) ?? []), c]);
  }
  for await (const { start, block } of artifacts.matrixBlocks("embeddings", ROWS_PER_BLOCK)) {
    for (let i = 0; i < block.rows; i++) {
      const vector = row(block, i);
      for (const c of watchers.get(clusterOf[start + i]!) ?? [])
        lists.get(c)!.offer(start + i, dot(vector, row(centroids, c)));
    }
  }
  return new Map([...lists].map(([c, list]) => [c, list.list()]));
}

/** The texts of the rows needed. */
async function textsOf(
  { artifacts }: PhaseContext,
  needed: ReadonlySet<number>,
  defences: Defences,
): Promise<Map<number, LabelMember>> {
  const texts = new Map<number, LabelMember>();
  let at = 0;
  for await (const facets of artifacts.rows("facets")) {
    if (needed.has(at)) texts.set(at, memberText(facets, defences));
    at++;
  }
  return texts;
}

/**
 * The words of the texts that need users behind them, by the text's own cluster; their users are counted over all of its
 * members, sampled or not.
 */
async function wordsOf(
  context: PhaseContext,
  texts: ReadonlyMap<number, LabelMember>,
  clusterOf: Int32Array,
  users: Int32Array,
  defences: Defences,
): Promise<Map<number, ClusterWords<number>>> {
  const { artifacts, config } = context;
  const limit = defences.supportedPrompts ? supportToList(config.min_users) : 1;
  const wordsOfCluster = new Map<number, ClusterWords<number>>();
  for (const [i, text] of texts) {
    const words = wordsOfCluster.get(clusterOf[i]!) ?? new ClusterWords<number>(config.name_words, limit);
    words.ask(wholeText(text));
    wordsOfCluster.set(clusterOf[i]!, words);
  }
  let at = 0;
  for await (const facets of artifacts.rows("facets")) {
    wordsOfCluster.get(clusterOf[at]!)?.add(users[at]!, wholeText(memberText(facets, defences)));
    at++;
  }
  return wordsOfCluster;
}

/**
 * Samples of the clusters numbered `group`, in that order: members round-robin over users, against the nearest non-members.
 * A word that needs users behind it is in no text: no model that names sees which member says it, so no answer, whatever
 * it was talked into, can depend on that. Those that enough users of the cluster say are listed beside the texts.
 */
export async function sampleClusters(
  context: PhaseContext,
  group: readonly number[],
  defences: Defences,
): Promise<LabelSample[]> {
  const { artifacts, config } = context;
  const { clusters } = await artifacts.json("base_clusters");
  const clusterOf = await clusterNumbers(
    context,
    clusters.map(({ id }) => id),
  );
  const users = await userNumbers(artifacts);
  const rowsOf = new Map<number, number[]>(group.map((c) => [c, []]));
  clusterOf.forEach((c, i) => rowsOf.get(c)?.push(i));

  const outsiders = await nearestOutsiders(context, group, clusterOf);
  const members = new Map(
    group.map((c) => {
      const random = seededRandom(config.seed, `label/${clusters[c]!.id}`);
      const rows = sampleMembers(rowsOf.get(c)!, (i) => users[i]!, {
        count: config.label_members,
        maxPerUser: config.label_max_per_user,
        random,
      });
      return [c, rows] as const;
    }),
  );

  const needed = new Set([...members.values(), ...outsiders.values()].flat());
  const said = await textsOf(context, needed, defences);
  const { supportedPrompts, unlinking } = defences;
  // A cluster's list depends on its own members alone, not on whose outsiders some of them are.
  const asked = unlinking ? new Set([...members.values()].flat()) : needed;
  const words =
    supportedPrompts || unlinking
      ? await wordsOf(context, new Map([...said].filter(([i]) => asked.has(i))), clusterOf, users, defences)
      : null;
  const shows = (i: number, word: string): boolean =>
    words === null || (!unlinking && words.get(clusterOf[i]!)!.reaches(word));
  const shown = (i: number): LabelMember =>
    eachText(said.get(i)!, (part) => supportedText(part, config.name_words, (word) => shows(i, word)));
  return group.map((c) => ({
    cluster_id: clusters[c]!.id,
    members: members.get(c)!.map((i) => ({ row: i, text: shown(i) })),
    outsiders: outsiders.get(c)!.map(shown),
    words: unlinking ? (words?.get(c)?.list() ?? []) : [],
  }));
}
