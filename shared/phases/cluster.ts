import type { Assignment, BaseCluster } from "../contracts/clusters.ts";
import type { Warning } from "../contracts/run.ts";
import { baseClusterCount } from "../domain/cluster-count.ts";
import { MemberDigest } from "../domain/cluster-id.ts";
import { asFloats, bytesOf } from "../domain/floats.ts";
import { createMatrix, row } from "../domain/vectors.ts";
import { CELL_ROUNDS, carryOf, cellsBatch, planCells, storedDistances } from "./cluster-cells.ts";
import type { CellLimits } from "./cluster-cells.ts";
import { distancesTo, mergedOutcome, readOutcome } from "./cluster-outcome.ts";
import { sideBySide, userNumbers } from "./columns.ts";
import type { BatchOutput, PartReader, Phase, PhaseContext } from "./phase.ts";
import { embeddedRows } from "./sample-vectors.ts";

/**
 * Up to 50,000 rows one function clusters all of them: in seconds and less than a gigabyte at 1,024 columns, of the 870 s and 8 GB that
 * the phase has. It could hold 200,000; but its work goes with the square of the rows. Two levels are as fast at 50,000 and twice as
 * fast at 100,000, for an inertia that is no worse (bench/RESULTS.md). Fewer rows are not worth five rounds.
 */
export const CLUSTER_LIMITS: CellLimits = {
  sample: 50_000,
  shard: 20_000,
  cells: 50_000,
  together: 50_000,
};

/** The one round of few rows: labels before and after merging, centroids (cluster-outcome.ts), and then distances. */
const TOGETHER_ROUND = 0;

async function clusterTogether({ artifacts, config, compute }: PhaseContext): Promise<BatchOutput> {
  const vectors = await artifacts.matrix("embeddings");
  const wanted = baseClusterCount(embeddedRows(vectors).length, config.k, config.min_conversations);
  const found =
    wanted === 0
      ? { labels: new Int32Array(vectors.rows).fill(-1), centroids: createMatrix(0, vectors.cols) }
      : await compute.run("kmeans", vectors, wanted, { seed: config.seed, restarts: config.kmeans_restarts });
  const { outcome, rows, sidecar } = mergedOutcome(found, wanted, await userNumbers(artifacts), config);
  const distances = distancesTo(vectors, outcome.labels, outcome.centroids);
  return { rows, sidecar: Buffer.concat([sidecar, bytesOf(distances)]) };
}

/** Distances as `clusterTogether` put them at the end. */
async function* distancesTogether(parts: PartReader, rows: number): AsyncGenerator<number> {
  const bytes = await parts.sidecar(TOGETHER_ROUND, 0);
  yield* asFloats(bytes.subarray(bytes.length - 4 * rows));
}

function clusterWarnings(context: PhaseContext, clusters: readonly BaseCluster[]): Warning[] {
  const { min_users: minUsers, min_conversations: minConversations } = context.config;
  const withheld = clusters.filter((cluster) => cluster.withheld);
  const conversations = withheld.reduce((sum, cluster) => sum + cluster.size, 0);
  const warnings: Warning[] = [];
  if (withheld.length > 0) {
    const users = withheld.reduce((sum, cluster) => sum + cluster.unique_users, 0);
    warnings.push({
      phase: "cluster",
      code: "below_minimums",
      count: conversations,
      message:
        `All ${conversations} conversations of ${users} users together stay below the minimums (${minConversations} conversations, ` +
        `${minUsers} users): nothing about them can be published. Give it more data, or lower --min-conversations and --min-users.`,
    });
  } else if (clusters.length === 1) {
    warnings.push({
      phase: "cluster",
      code: "one_cluster",
      count: clusters[0]?.size ?? 0,
      message:
        "There is one cluster: the input is too small, too uniform or comes from too few users to be split with these minimums. " +
        "Give it more data, set --k, or lower --min-conversations and --min-users.",
    });
  }
  return warnings;
}

/** Spherical k-means on the facet vectors; clusters below a minimum merge into their nearest neighbour (design section 6). */
export function makeClusterPhase(limits: CellLimits): Phase {
  const isLarge = async ({ artifacts }: PhaseContext): Promise<boolean> =>
    (await artifacts.matrixShape("embeddings")).rows > limits.together;
  return {
    name: "cluster",

    plan: async (context, round) =>
      (await isLarge(context)) ? planCells(context, round, limits) : { batches: 1, concurrency: 1 },

    batch: async (context, round, batch) =>
      (await isLarge(context)) ? cellsBatch(context, round, batch, limits) : clusterTogether(context),

    async reduce(context, round) {
      const { artifacts, parts, config } = context;
      const large = await isLarge(context);
      if (large && round !== CELL_ROUNDS.distances)
        return { next: "round", carry: await carryOf(parts, round) };
      const {
        requested,
        found,
        merged,
        clusters: kept,
        centroids,
        labels,
      } = await readOutcome(parts, large ? CELL_ROUNDS.merge : TOGETHER_ROUND);

      async function* members(): AsyncGenerator<{ id: string; label: number; distance: number }> {
        const distances = large ? storedDistances(parts) : distancesTogether(parts, labels.length);
        let at = 0;
        for await (const [{ conversation_id: id }, distance] of sideBySide(
          artifacts.rows("users"),
          distances,
        ))
          yield { id, label: labels[at++]!, distance };
      }

      const digests = kept.map(() => new MemberDigest());
      const distanceSums = new Float64Array(kept.length);
      for await (const { id, label, distance } of members()) {
        if (label < 0) continue;
        digests[label]!.add(id);
        distanceSums[label]! += distance;
      }
      const ids = digests.map((digest) => digest.id("c"));
      const order = kept
        .map((_, c) => c)
        .sort((a, b) => kept[b]!.size - kept[a]!.size || (ids[a]! < ids[b]! ? -1 : 1));
      const clusters: BaseCluster[] = order.map((c) => ({
        id: ids[c]!,
        name: null,
        description: null,
        size: kept[c]!.size,
        unique_users: kept[c]!.unique_users,
        parent_id: null,
        level: 0,
        mean_distance: distanceSums[c]! / kept[c]!.size,
        withheld: kept[c]!.withheld,
      }));

      async function* assignments(): AsyncGenerator<Assignment> {
        for await (const { id: conversation_id, label, distance } of members())
          yield label < 0
            ? { conversation_id, cluster_id: null, distance: null }
            : { conversation_id, cluster_id: ids[label]!, distance };
      }

      const assigned = kept.reduce((sum, cluster) => sum + cluster.size, 0);
      return {
        next: "done",
        artifacts: {
          assignments: assignments(),
          base_clusters: {
            schema_version: "1.0.0",
            minimums: { min_users: config.min_users, min_conversations: config.min_conversations },
            k_requested: requested,
            k_found: found,
            merged,
            clusters,
          },
          centroids: {
            rows: order.length,
            cols: centroids.cols,
            blocks: order.map((c) => row(centroids, c)),
          },
        },
        counts: () => ({ assigned, failed: labels.length - assigned, base_clusters: clusters.length }),
        warnings: () => clusterWarnings(context, clusters),
      };
    },
  };
}

export const clusterPhase = makeClusterPhase(CLUSTER_LIMITS);
