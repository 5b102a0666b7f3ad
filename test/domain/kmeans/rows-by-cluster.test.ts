import { describe, expect, it } from "vitest";
import { rowsByCluster } from "../../../shared/domain/kmeans/rows-by-cluster.ts";

describe("rowsByCluster", () => {
  it("partitions the rows that have a cluster", () => {
    const lists = rowsByCluster(Int32Array.of(1, -1, 0, 1, 3), 4);
    expect(lists.map((list) => [...list])).toEqual([[2], [0, 3], [], [4]]);
  });
});
