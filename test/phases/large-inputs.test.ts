import { describe, expect, it } from "vitest";
import { agreement } from "../../shared/domain/agreement.ts";
import { decodeNpy } from "../../shared/domain/npy.ts";
import { dot, row } from "../../shared/domain/vectors.ts";
import { artifacts } from "../../shared/contracts/artifacts.ts";
import { artifactKey } from "../../shared/keys.ts";
import { allPhases } from "../../shared/phases/all.ts";
import { makeClusterPhase } from "../../shared/phases/cluster.ts";
import { makeFacetsPhase } from "../../shared/phases/facets.ts";
import { makeMapPhase } from "../../shared/phases/map.ts";
import { chatsAbout, jsonlOf, memoryRun } from "../helpers/memory-run.ts";
import type { MemoryRun } from "../helpers/memory-run.ts";
import { hashingEmbedder } from "../helpers/scripted-provider.ts";

const TOPICS = [
  "bake sourdough bread",
  "fix python unit test",
  "track lost parcel",
  "plan holiday in lisbon",
  "write cover letter",
  "learn guitar chords",
  "compare phone contracts",
  "translate german menu",
];
const LIMITS = { sample: 300, shard: 90, cells: 120, together: 150 };
/** As if 150 rows were many: the rounds of a large run. */
const asLarge = (limits = LIMITS) =>
  new Map([
    ...allPhases,
    ["cluster" as const, makeClusterPhase(limits)],
    ["map" as const, makeMapPhase({ together: 150, landmarks: 100, shard: 90 })],
  ]);
const only = ["ingest", "facets", "embed", "cluster", "map"] as const;
const config = { k: 16, min_users: 3, min_conversations: 8 } as const;

/** Embeds all but what speaks of number 3. */
const partly = () => {
  const embedder = hashingEmbedder();
  return {
    ...embedder,
    embed: async (texts: readonly string[], call: { signal: AbortSignal }) =>
      embedder.embed(
        texts.map((text) => (text.includes("number 3") ? "" : text)),
        call,
      ),
  };
};

async function matrix({ objects, run }: MemoryRun, name: "embeddings" | "centroids") {
  return decodeNpy((await objects.get(artifactKey(run.run_id, artifacts[name].path)))!);
}

const input = jsonlOf(chatsAbout(TOPICS, 700));

describe("more conversations than a round of facets has", () => {
  it("spill into further rounds, and lose none", async () => {
    const phases = new Map([...allPhases, ["facets" as const, makeFacetsPhase(300)]]);
    const some = ["ingest", "facets"] as const;
    const spilt = await memoryRun(input, { only: some, phases });
    const whole = await memoryRun(input, { only: some });
    expect(spilt.failure).toBeNull();
    expect(await spilt.rows("facets")).toEqual(await whole.rows("facets"));
    expect(spilt.run.counts).toEqual(whole.run.counts);
  });
});

describe("more rows than one function holds", () => {
  it("are clustered on two levels: every row once, near its centroid, as well as on one", async () => {
    const large = await memoryRun(input, { only, config, phases: asLarge(), embedder: partly() });
    const small = await memoryRun(input, { only, config, embedder: partly() });
    expect(large.failure).toBeNull();
    expect(large.run.counts).toMatchObject({ read: 700, assigned: 600, failed: 100 });

    const { clusters, k_requested: requested } = await large.json("base_clusters");
    expect(requested).toBe(16);
    expect(clusters.length).toBeGreaterThan(7);
    expect(clusters.reduce((sum, { size }) => sum + size, 0)).toBe(600);
    for (const { size, unique_users: users, withheld } of clusters)
      expect(withheld || (size >= 8 && users >= 3)).toBe(true);

    const rows = await large.rows("assignments");
    const vectors = await matrix(large, "embeddings");
    const centroids = await matrix(large, "centroids");
    const place = new Map(clusters.map(({ id }, c) => [id, c]));
    rows.forEach(({ cluster_id: id, distance }, i) => {
      if (id === null) {
        expect(distance).toBeNull();
        expect(row(vectors, i).every((value) => value === 0)).toBe(true);
      } else {
        expect(distance).toBeCloseTo(1 - dot(row(vectors, i), row(centroids, place.get(id)!)), 5);
      }
    });
    const numbers = (labels: readonly (string | null)[]) => {
      const seen = new Map<string | null, number>();
      return labels.map((label) => seen.get(label) ?? (seen.set(label, seen.size), seen.size - 1));
    };
    const smallRows = await small.rows("assignments");
    const { nmi } = agreement(
      numbers(rows.map(({ cluster_id: id }) => id)),
      numbers(smallRows.map(({ cluster_id: id }) => id)),
    );
    expect(nmi).toBeGreaterThan(0.85);
  });

  it("are placed on the map between landmarks", async () => {
    const large = await memoryRun(input, { only, config, phases: asLarge(), embedder: partly() });
    const points = await large.rows("map_points");
    expect(points).toHaveLength(700);
    points.forEach(({ x, y, cluster_id: id }) => {
      expect(x === null).toBe(id === null);
      if (x !== null && y !== null) expect(Math.hypot(x, y)).toBeLessThanOrEqual(1 + 1e-6);
    });
  });

  it("may lie in one cell, of which a sample is clustered", async () => {
    const limits = { ...LIMITS, cells: 20, together: 60 };
    const chats = chatsAbout(["bake bread today", "bake rolls today"], 400);
    const large = await memoryRun(jsonlOf(chats), {
      only,
      config: { ...config, k: 2 },
      phases: asLarge(limits),
    });
    expect(large.failure).toBeNull();
    const { clusters } = await large.json("base_clusters");
    expect(clusters.map(({ size }) => size)).toEqual([200, 200]);
  });

  it("need not be embedded, any of them", async () => {
    const none = hashingEmbedder();
    const embedder = {
      ...none,
      embed: async (texts: readonly string[], call: { signal: AbortSignal }) =>
        none.embed(
          texts.map(() => ""),
          call,
        ),
    };
    const large = await memoryRun(input, { only, config, phases: asLarge(), embedder });
    const small = await memoryRun(input, { only, config, embedder });
    expect(large.failure).toEqual(small.failure);
    expect(large.run.counts).toEqual(small.run.counts);
    expect(await large.rows("assignments")).toEqual(await small.rows("assignments"));
  });

  it("give the same artifacts every time", async () => {
    const first = await memoryRun(input, { only, config, phases: asLarge() });
    const second = await memoryRun(input, { only, config, phases: asLarge() });
    expect(await second.rows("assignments")).toEqual(await first.rows("assignments"));
    expect(await second.rows("map_points")).toEqual(await first.rows("map_points"));
  });
});
