import * as fc from "fast-check";
import { expect, test } from "vitest";
import { clusteredNeighbours } from "../../shared/domain/clustered-neighbours.ts";
import { kmeans } from "../../shared/domain/kmeans/kmeans.ts";
import { nearestNeighbours } from "../../shared/domain/knn.ts";
import { fitMap } from "../../shared/domain/map/fit-map.ts";
import { randomInt, seededRandom } from "../../shared/domain/random.ts";
import { alone, pieceRange } from "../../shared/domain/team.ts";
import type { Team } from "../../shared/domain/team.ts";
import { gatherRows } from "../../shared/domain/vectors.ts";
import { topicRows } from "./synthetic.ts";

/** Threads one after another, last first; which of them has which piece is chance. */
function scattered(threads: number, seed: number): Team {
  const random = seededRandom(seed, "test/team");
  return {
    threads,
    run(step, data, pieces) {
      const taken = Array.from({ length: threads }, (): number[] => []);
      for (let piece = 0; piece < pieces; piece++) taken[randomInt(random, threads)]!.push(piece);
      for (let index = threads - 1; index >= 0; index--)
        step.run(data, { index, next: () => taken[index]!.shift() ?? -1 });
    },
    rest() {},
  };
}

const teams = fc.record({ threads: fc.integer({ min: 2, max: 5 }), seed: fc.nat() });
const { matrix } = topicRows(700, 12, 25, 0.6, 2);
const withTies = gatherRows(matrix, [...Array(400).keys(), ...Array(300).keys()]);

test("whichever thread does what, clusters, neighbours and places are the same", () => {
  const expected = [matrix, withTies].map((rows) => ({
    clusters: kmeans(rows, 20, { seed: 1 }),
    neighbours: nearestNeighbours(rows, 9),
    inCells: clusteredNeighbours(rows, 9, { seed: 1 }),
    map: fitMap(rows, { seed: 1, nEpochs: 11 }),
  }));
  fc.assert(
    fc.property(teams, ({ threads, seed }) => {
      [matrix, withTies].forEach((rows, i) => {
        const team = scattered(threads, seed);
        expect(kmeans(rows, 20, { seed: 1 }, team)).toEqual(expected[i]!.clusters);
        expect(nearestNeighbours(rows, 9, team)).toEqual(expected[i]!.neighbours);
        expect(clusteredNeighbours(rows, 9, { seed: 1 }, team)).toEqual(expected[i]!.inCells);
        expect(fitMap(rows, { seed: 1, nEpochs: 11 }, team)).toEqual(expected[i]!.map);
      });
    }),
    { numRuns: 8 },
  );
});

test("pieces cover every item once", () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.integer({ min: 1, max: 40 }), (n, pieces) => {
      let next = 0;
      for (let piece = 0; piece < pieces; piece++) {
        const { from, to } = pieceRange(n, pieces, piece);
        expect(from).toBe(next);
        next = to;
      }
      expect(next).toBe(n);
    }),
  );
});

test("one thread takes all pieces in order", () => {
  const taken: number[] = [];
  const step = {
    name: "test",
    run: (_data: object, thread: { next(): number }) => {
      for (let piece = thread.next(); piece >= 0; piece = thread.next()) taken.push(piece);
    },
  };
  alone.run(step, {}, 3);
  expect(taken).toEqual([0, 1, 2]);
});
