import type { LabelSample } from "../contracts/artifacts.ts";
import type { FacetRow } from "../contracts/facets.ts";
import type { LabelMember } from "../contracts/model-tasks.ts";
import { facetText } from "../domain/facet-text.ts";
import { sampleMembers } from "../domain/member-sample.ts";
import { seededRandom } from "../domain/random.ts";
import { TopList } from "../domain/top-list.ts";
import { dot, row } from "../domain/vectors.ts";
import type { Matrix } from "../domain/vectors.ts";
import { userNumbers } from "./columns.ts";
import type { PhaseContext } from "./phase.ts";

/** Neighbouring clusters whose members may serve as nearest non-members. */
const NEIGHBOUR_CLUSTERS = 5;
/** Rows of vectors held at once while looking for non-members. */
const ROWS_PER_BLOCK = 8_192;

/** Facet text of one conversation, as prompts see it. */
export function memberText(facets: FacetRow): LabelMember {
  return {
    summary: facets.summary ?? facetText(facets),
    request: facets.request,
    task: facets.task,
    topic: facets.topic,
  };
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

/** Samples of the clusters numbered `group`, in that order: members round-robin over users, against the nearest non-members. */
export async function sampleClusters(
  context: PhaseContext,
  group: readonly number[],
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
  const texts = new Map<number, LabelMember>();
  let at = 0;
  for await (const facets of artifacts.rows("facets")) {
    if (needed.has(at)) texts.set(at, memberText(facets));
    at++;
  }
  return group.map((c) => ({
    cluster_id: clusters[c]!.id,
    members: members.get(c)!.map((i) => ({ row: i, text: texts.get(i)! })),
    outsiders: outsiders.get(c)!.map((i) => texts.get(i)!),
  }));
}
