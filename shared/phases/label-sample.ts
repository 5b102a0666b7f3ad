import type { LabelSample } from "../contracts/artifacts.ts";
import type { FacetRow } from "../contracts/facets.ts";
import type { LabelMember } from "../contracts/model-tasks.ts";
import { facetText } from "../domain/facet-text.ts";
import { sampleMembers } from "../domain/member-sample.ts";
import { neutralise } from "../domain/neutralise.ts";
import { seededRandom } from "../domain/random.ts";
import { WordSupport, supportNeeded, supportedText, wordsInNeed } from "../domain/support.ts";
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
 * The texts without the words that fewer users of the text's own cluster share than `supportNeeded`: no model that names
 * sees them, so no answer, whatever it was talked into, can depend on them. All members count, sampled or not.
 */
async function supportedTexts(
  context: PhaseContext,
  texts: ReadonlyMap<number, LabelMember>,
  clusterOf: Int32Array,
  users: Int32Array,
  defences: Defences,
): Promise<Map<number, LabelMember>> {
  const { artifacts, config } = context;
  const support = new Map<number, WordSupport<number>>();
  for (const [i, text] of texts) {
    const words = support.get(clusterOf[i]!) ?? new WordSupport<number>(supportNeeded(config.min_users));
    words.ask(wordsInNeed(wholeText(text), config.name_words));
    support.set(clusterOf[i]!, words);
  }
  let at = 0;
  for await (const facets of artifacts.rows("facets")) {
    const words = support.get(clusterOf[at]!);
    if (words !== undefined)
      words.add(users[at]!, wordsInNeed(wholeText(memberText(facets, defences)), config.name_words));
    at++;
  }
  return new Map(
    Array.from(texts, ([i, text]) => {
      const words = support.get(clusterOf[i]!)!;
      return [
        i,
        eachText(text, (part) => supportedText(part, config.name_words, (word) => words.reaches(word))),
      ];
    }),
  );
}

/** Samples of the clusters numbered `group`, in that order: members round-robin over users, against the nearest non-members. */
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
  const texts = defences.supportedPrompts
    ? await supportedTexts(context, said, clusterOf, users, defences)
    : said;
  return group.map((c) => ({
    cluster_id: clusters[c]!.id,
    members: members.get(c)!.map((i) => ({ row: i, text: texts.get(i)! })),
    outsiders: outsiders.get(c)!.map((i) => texts.get(i)!),
  }));
}
