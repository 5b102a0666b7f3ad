import type { PublishedGeneration } from "../../shared/contracts/published.ts";

export const RUN_ID = "sample-run";
export const GENERATION = "0123456789abcdef";

const PARENT = "p000000000001";
const FIRST = "c000000000001";
const SECOND = "c000000000002";
const cells = (counts: Record<string, number>) =>
  Object.entries(counts).map(([value, conversations]) => ({ value, conversations }));
const cross = (counts: readonly (readonly [row: string, column: string, conversations: number])[]) =>
  counts.map(([row, column, conversations]) => ({ row, column, conversations }));

/** A small generation that is in order: a parent of two base clusters of 60 and 40 conversations. */
export function sampleGeneration(): PublishedGeneration {
  const minimums = { min_users: 5, min_conversations: 15 };
  const identity = { provider: "offline", model: "rules", version: "1" };
  return {
    "index.json": {
      schema_version: "1.0.0",
      run_id: RUN_ID,
      generation: GENERATION,
      model: identity,
      embedder: identity,
      offline: true,
      users: "required",
      minimums,
      totals: { read: 110, failed: 2, published: 100, withheld: 8, clusters: 3, withheld_names: 1 },
      period: { first_day: "2026-09-07", last_day: "2026-09-20" },
      files: ["clusters.json", "breakdowns.json", "crosstabs.json", "map.json", "privacy.json"],
    },
    "clusters.json": {
      schema_version: "1.0.0",
      clusters: [
        {
          id: PARENT,
          parent_id: null,
          level: 1,
          name: "Cook and bake",
          description: "Users ask for help in the kitchen.",
          name_withheld: [],
          conversations: 100,
          share: 1,
          users: "25-49",
        },
        {
          id: FIRST,
          parent_id: PARENT,
          level: 0,
          name: "Bake bread",
          description: "Users ask how to bake bread.",
          name_withheld: [],
          conversations: 60,
          share: 0.6,
          users: "10-24",
        },
        {
          id: SECOND,
          parent_id: PARENT,
          level: 0,
          name: null,
          description: null,
          name_withheld: ["rare_word"],
          conversations: 40,
          share: 0.4,
          users: "10-24",
        },
      ],
    },
    "breakdowns.json": {
      schema_version: "1.0.0",
      clusters: [
        {
          cluster_id: PARENT,
          cells: {
            language: cells({ en: 80, de: 20 }),
            concern: cells({ "1": 100 }),
            frustration: cells({ "1": 100 }),
            week: cells({ "2026-09-07": 30, "2026-09-14": 30, other: 40 }),
          },
        },
        {
          cluster_id: FIRST,
          cells: {
            language: cells({ en: 40, de: 20 }),
            concern: cells({ "1": 60 }),
            frustration: cells({ "1": 60 }),
            week: cells({ "2026-09-07": 30, "2026-09-14": 30 }),
          },
        },
        {
          cluster_id: SECOND,
          cells: {
            language: cells({ en: 40 }),
            concern: cells({ "1": 40 }),
            frustration: cells({ "1": 40 }),
            week: cells({ other: 40 }),
          },
        },
      ],
    },
    "crosstabs.json": {
      schema_version: "1.0.0",
      clusters: [
        {
          cluster_id: PARENT,
          tables: [
            {
              rows: "language",
              columns: "concern",
              cells: cross([
                ["de", "1", 20],
                ["en", "1", 80],
              ]),
            },
            {
              rows: "concern",
              columns: "week",
              cells: cross([
                ["1", "2026-09-07", 30],
                ["1", "2026-09-14", 30],
                ["1", "other", 40],
              ]),
            },
          ],
        },
        {
          cluster_id: FIRST,
          tables: [
            {
              rows: "language",
              columns: "concern",
              cells: cross([
                ["de", "1", 20],
                ["en", "1", 40],
              ]),
            },
            {
              rows: "concern",
              columns: "week",
              cells: cross([
                ["1", "2026-09-07", 30],
                ["1", "2026-09-14", 30],
              ]),
            },
          ],
        },
        {
          cluster_id: SECOND,
          tables: [
            { rows: "language", columns: "concern", cells: cross([["en", "1", 40]]) },
            { rows: "concern", columns: "week", cells: cross([["1", "other", 40]]) },
          ],
        },
      ],
    },
    "map.json": {
      schema_version: "1.0.0",
      grid: 64,
      cells: [
        { column: 3, row: 4, cluster_id: FIRST, conversations: 35 },
        { column: 5, row: 4, cluster_id: FIRST, conversations: 25 },
        { column: 40, row: 20, cluster_id: SECOND, conversations: 40 },
      ],
    },
    "privacy.json": {
      schema_version: "1.0.0",
      minimums,
      masking: true,
      layers: [],
      calibration: null,
      withheld_clusters: 1,
      withheld_conversations: 8,
      withheld_names: { rare_word: 1 },
      relabeled: 0,
    },
  };
}
