import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeSmallClusters, usersOfClusters } from "../../shared/domain/merge-small.ts";
import { seededRandom } from "../../shared/domain/random.ts";
import { cosine, dot, matrixFromRows, normalizeRows, row } from "../../shared/domain/vectors.ts";
import { randomMatrix } from "./synthetic.ts";

const users = (...lists: number[][]): Int32Array[] => lists.map((list) => Int32Array.from(list));
const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

describe("mergeSmallClusters", () => {
  it("merges a small cluster into its nearest neighbour and counts its users once", () => {
    const result = mergeSmallClusters({
      centroids: normalizeRows(
        matrixFromRows([
          [1, 0],
          [0, 1],
          [1, 0.2],
        ]),
      ),
      sizes: [20, 30, 4],
      users: users(range(0, 6), range(0, 9), [4, 5, 6]),
      minUsers: 5,
      minConversations: 15,
    });
    expect([...result.mapping]).toEqual([0, 1, 0]);
    expect(result.sizes).toEqual([24, 30]);
    expect(result.users.map((list) => [...list])).toEqual([range(0, 7), range(0, 9)]);
    expect(result.withheld).toEqual([]);
    expect(result.merges).toEqual([
      {
        from: 2,
        fromSize: 4,
        fromUsers: 3,
        into: 0,
        similarity: expect.closeTo(1 / Math.hypot(1, 0.2), 6) as number,
      },
    ]);
    const expected = Float32Array.of(20 + 4 / Math.hypot(1, 0.2), 0.8 / Math.hypot(1, 0.2));
    expect(cosine(row(result.centroids, 0), expected)).toBeCloseTo(1, 6);
  });

  it("merges for too few users as well as for too few conversations", () => {
    const shared = {
      centroids: normalizeRows(
        matrixFromRows([
          [1, 0],
          [1, 1],
        ]),
      ),
      minUsers: 3,
      minConversations: 10,
    };
    const oneUser = mergeSmallClusters({ ...shared, sizes: [90, 50], users: users([0, 1, 2], [3]) });
    expect(oneUser.mapping).toEqual(Int32Array.of(0, 0));
    const enough = mergeSmallClusters({ ...shared, sizes: [10, 10], users: users([0, 1, 2], [0, 1, 2]) });
    expect(enough.mapping).toEqual(Int32Array.of(0, 1));
    expect(enough.merges).toEqual([]);
  });

  it("takes the smallest first and goes on until all pass", () => {
    const result = mergeSmallClusters({
      centroids: normalizeRows(
        matrixFromRows([
          [1, 0],
          [1, 0.1],
          [1, 0.3],
          [0, 1],
        ]),
      ),
      sizes: [6, 5, 7, 40],
      users: users([0, 1], [2, 3], [4, 5], range(0, 9)),
      minUsers: 5,
      minConversations: 15,
    });
    expect(result.merges.map(({ from, into }) => [from, into])).toEqual([
      [1, 0],
      [2, 0],
    ]);
    expect([...result.mapping]).toEqual([0, 0, 0, 1]);
  });

  it("goes by the lower number on a tie, both in whose turn it is and in the neighbour", () => {
    const result = mergeSmallClusters({
      centroids: matrixFromRows([
        [1, 0],
        [0, 1],
        [1, 0],
        [0, 1],
      ]),
      sizes: [20, 3, 20, 3],
      users: users(range(0, 9), [0], range(0, 9), [1]),
      minUsers: 2,
      minConversations: 6,
    });
    expect(result.merges.map(({ from, into }) => [from, into])).toEqual([[1, 3]]);
    expect([...result.mapping]).toEqual([0, 1, 2, 1]);
  });

  it("withholds what has nothing left to merge with", () => {
    const result = mergeSmallClusters({
      centroids: normalizeRows(
        matrixFromRows([
          [1, 0],
          [1, 1],
        ]),
      ),
      sizes: [30, 30],
      users: users([0, 1], [1, 2]),
      minUsers: 5,
      minConversations: 15,
    });
    expect(result).toMatchObject({ sizes: [60], withheld: [0] });
    expect([...result.mapping]).toEqual([0, 0]);
    const none = mergeSmallClusters({
      centroids: matrixFromRows([]),
      sizes: [],
      users: [],
      minUsers: 5,
      minConversations: 15,
    });
    expect(none).toMatchObject({ sizes: [], withheld: [], merges: [] });
  });

  it("keeps every conversation and user, and lets nothing below a minimum stand unless withheld alone", () => {
    const clusters = fc.array(
      fc.record({ size: fc.nat(40), users: fc.uniqueArray(fc.nat(30), { maxLength: 12 }) }),
      { minLength: 1, maxLength: 25 },
    );
    fc.assert(
      fc.property(clusters, fc.nat(12), fc.nat(60), fc.nat(), (input, minUsers, minConversations, seed) => {
        const centroids = normalizeRows(randomMatrix(input.length, 4, seededRandom(seed)));
        const result = mergeSmallClusters({
          centroids,
          sizes: input.map(({ size }) => size),
          users: input.map((cluster) => Int32Array.from(cluster.users).sort()),
          minUsers,
          minConversations,
        });
        const count = result.sizes.length;
        expect(new Set(result.mapping)).toEqual(new Set(range(0, count)));
        expect(result.merges).toHaveLength(input.length - count);
        for (let id = 0; id < count; id++) {
          const members = input.filter((_, i) => result.mapping[i] === id);
          expect(result.sizes[id]).toBe(members.reduce((sum, { size }) => sum + size, 0));
          const union = [...new Set(members.flatMap((cluster) => cluster.users))].sort((a, b) => a - b);
          expect([...(result.users[id] ?? [])]).toEqual(union);
          expect(dot(row(result.centroids, id), row(result.centroids, id))).toBeCloseTo(1, 5);
          const passes = (result.sizes[id] ?? 0) >= minConversations && union.length >= minUsers;
          expect(result.withheld.includes(id)).toBe(!passes);
        }
        expect(result.withheld.length === 0 || count === 1).toBe(true);
        // Untouched clusters stay untouched: a merge starts at a cluster that was too small.
        for (const { fromSize, fromUsers } of result.merges) {
          expect(fromSize < minConversations || fromUsers < minUsers).toBe(true);
        }
      }),
    );
  });

  it("does not touch what it was given", () => {
    const centroids = normalizeRows(
      matrixFromRows([
        [1, 0],
        [1, 1],
      ]),
    );
    const before = centroids.data.slice();
    const lists = users([0], [1]);
    mergeSmallClusters({ centroids, sizes: [1, 2], users: lists, minUsers: 2, minConversations: 2 });
    expect(centroids.data).toEqual(before);
    expect(lists).toEqual(users([0], [1]));
  });
});

describe("usersOfClusters", () => {
  it("lists each cluster's users once, ascending, leaving out unassigned conversations", () => {
    const labels = Int32Array.of(1, 0, 1, -1, 1);
    expect(usersOfClusters(labels, [12, 3, 9, 4, 12], 3)).toEqual(users([3], [9, 12], []));
  });
});
