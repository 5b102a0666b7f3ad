import * as z from "zod";
import type { Assignment, BaseCluster } from "../contracts/clusters.ts";
import type { Warning } from "../contracts/run.ts";
import { baseClusterCount } from "../domain/cluster-count.ts";
import { MemberDigest } from "../domain/cluster-id.ts";
import { decodeFloats, encodeFloats } from "../domain/floats.ts";
import { kmeans } from "../domain/kmeans/kmeans.ts";
import { mergeSmallClusters, usersOfClusters } from "../domain/merge-small.ts";
import { dot, row } from "../domain/vectors.ts";
import { userNumbers } from "./columns.ts";
import type { BatchOutput, Phase, PhaseContext } from "./phase.ts";

const ONE_BATCH = { batches: 1, concurrency: 1 };

/** A merged cluster with its centroid. */
const clusterRow = z.strictObject({
  size: z.int(),
  unique_users: z.int(),
  withheld: z.boolean(),
  centroid: z.base64(),
});

/** What k-means asked for and found, before merging; the first row of the part. */
const runRow = z.strictObject({ k_requested: z.int(), k_found: z.int(), merged: z.int(), cols: z.int() });

/** The part's sidecar: n labels before merging, n after (both -1 for a zero row), n distances. */
interface Labels {
  readonly found: Int32Array;
  readonly merged: Int32Array;
  readonly distances: Float32Array;
}

function packLabels({ found, merged, distances }: Labels): Uint8Array {
  return Buffer.concat(
    [found, merged, distances].map((values) =>
      Buffer.from(values.buffer, values.byteOffset, values.byteLength),
    ),
  );
}

function unpackLabels(bytes: Uint8Array): Labels {
  const words = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  const n = bytes.length / (3 * 4);
  return {
    found: new Int32Array(words, 0, n),
    merged: new Int32Array(words, n * 4, n),
    distances: new Float32Array(words, n * 8, n),
  };
}

async function clusterAll({ artifacts, config }: PhaseContext): Promise<BatchOutput> {
  const vectors = await artifacts.matrix("embeddings");
  let embedded = 0;
  for (let i = 0; i < vectors.rows; i++) if (row(vectors, i).some((value) => value !== 0)) embedded++;
  const wanted = baseClusterCount(embedded, config.k, config.min_conversations);
  if (wanted === 0) {
    const none = new Int32Array(vectors.rows).fill(-1);
    return {
      rows: [{ k_requested: 0, k_found: 0, merged: 0, cols: vectors.cols }],
      sidecar: packLabels({ found: none, merged: none, distances: new Float32Array(vectors.rows) }),
    };
  }
  const found = kmeans(vectors, wanted, { seed: config.seed, restarts: config.kmeans_restarts });
  const users = await userNumbers(artifacts);
  const sizes = new Int32Array(found.centroids.rows);
  for (const label of found.labels) if (label >= 0) sizes[label]!++;
  const merge = mergeSmallClusters({
    centroids: found.centroids,
    sizes,
    users: usersOfClusters(found.labels, users, found.centroids.rows),
    minUsers: config.min_users,
    minConversations: config.min_conversations,
  });
  const merged = found.labels.map((label) => (label < 0 ? -1 : merge.mapping[label]!));
  const distances = Float32Array.from(merged, (label, i) =>
    label < 0 ? 0 : Math.min(2, Math.max(0, 1 - dot(row(vectors, i), row(merge.centroids, label)))),
  );
  const withheld = new Set(merge.withheld);
  return {
    rows: [
      { k_requested: wanted, k_found: found.centroids.rows, merged: merge.merges.length, cols: vectors.cols },
      ...merge.sizes.map((size, c) => ({
        size,
        unique_users: merge.users[c]!.length,
        withheld: withheld.has(c),
        centroid: encodeFloats(row(merge.centroids, c)),
      })),
    ],
    sidecar: packLabels({ found: found.labels, merged, distances }),
  };
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
export const clusterPhase: Phase = {
  name: "cluster",

  plan: async () => ONE_BATCH,

  batch: (context) => clusterAll(context),

  async reduce(context, round) {
    const { artifacts, parts, config } = context;
    const [head, ...bodies] = await Array.fromAsync(parts.rows(round, 0, z.union([runRow, clusterRow])));
    const summary = runRow.parse(head);
    const found = bodies.map((body) => clusterRow.parse(body));
    const labels = unpackLabels(await parts.sidecar(round, 0));

    const digests = found.map(() => new MemberDigest());
    const distanceSums = new Float64Array(found.length);
    let at = 0;
    for await (const { conversation_id: id } of artifacts.rows("users")) {
      const label = labels.merged[at]!;
      if (label >= 0) {
        digests[label]!.add(id);
        distanceSums[label]! += labels.distances[at]!;
      }
      at++;
    }
    const ids = digests.map((digest) => digest.id("c"));
    const order = found
      .map((_, c) => c)
      .sort((a, b) => found[b]!.size - found[a]!.size || (ids[a]! < ids[b]! ? -1 : 1));
    const clusters: BaseCluster[] = order.map((c) => ({
      id: ids[c]!,
      name: null,
      description: null,
      size: found[c]!.size,
      unique_users: found[c]!.unique_users,
      parent_id: null,
      level: 0,
      mean_distance: distanceSums[c]! / found[c]!.size,
      withheld: found[c]!.withheld,
    }));

    async function* assignments(): AsyncGenerator<Assignment> {
      let i = 0;
      for await (const { conversation_id } of artifacts.rows("users")) {
        const label = labels.merged[i]!;
        yield {
          conversation_id,
          cluster_id: label < 0 ? null : ids[label]!,
          distance: label < 0 ? null : labels.distances[i]!,
        };
        i++;
      }
    }

    const assigned = found.reduce((sum, cluster) => sum + cluster.size, 0);
    return {
      next: "done",
      artifacts: {
        assignments: assignments(),
        base_clusters: {
          schema_version: "1.0.0",
          minimums: { min_users: config.min_users, min_conversations: config.min_conversations },
          k_requested: summary.k_requested,
          k_found: summary.k_found,
          merged: summary.merged,
          clusters,
        },
        centroids: {
          rows: order.length,
          cols: summary.cols,
          blocks: order.map((c) => decodeFloats(found[c]!.centroid)),
        },
      },
      counts: () => ({ assigned, failed: at - assigned, base_clusters: clusters.length }),
      warnings: () => clusterWarnings(context, clusters),
    };
  },
};
