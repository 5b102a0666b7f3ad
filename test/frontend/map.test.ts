import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PublishedCluster } from "../../shared/contracts/published.ts";
import { clusterTree, cutAt, leavesBelow } from "../../shared/domain/published/cluster-tree.ts";
import { anchorsOf, groupAt, ownersOf } from "../../frontend/pages/map/anchors.ts";
import { fitting, project, unproject, zoomAt } from "../../frontend/pages/map/camera.ts";
import { whereWords } from "../../frontend/pages/map/describe.ts";
import { scatterDots } from "../../frontend/pages/map/dots.ts";
import { MOST_LABELS, placeLabels, wrapLabel } from "../../frontend/pages/map/labels.ts";
import { isInside, simplified } from "../../frontend/pages/map/lasso.ts";
import { levelAt } from "../../frontend/pages/map/levels.ts";
import { neighbour } from "../../frontend/pages/map/neighbour.ts";

const cluster = (id: string, parent: string | null, conversations = 20): PublishedCluster => ({
  id,
  parent_id: parent,
  level: parent === null ? 1 : 0,
  name: `Name ${id}`,
  description: null,
  name_withheld: [],
  conversations,
  share: 0.1,
  users: "10-24",
});
const id = (n: number, kind = "c"): string => `${kind}${n.toString(16).padStart(12, "0")}`;
const many = (roots: number, leaves: number): PublishedCluster[] =>
  Array.from({ length: roots }, (_, r) => [
    cluster(id(r, "p"), null, leaves * 20),
    ...Array.from({ length: leaves }, (_leaf, l) => cluster(id(r * leaves + l), id(r, "p"))),
  ]).flat();

const cellsArbitrary = fc.uniqueArray(
  fc.record({
    column: fc.integer({ min: 0, max: 15 }),
    row: fc.integer({ min: 0, max: 15 }),
    leaf: fc.integer({ min: 0, max: 5 }),
    conversations: fc.integer({ min: 15, max: 80 }),
  }),
  { minLength: 1, maxLength: 30, selector: ({ column, row, leaf }) => `${column},${row},${leaf}` },
);

describe("dots", () => {
  test("are as many as the conversations, near their cells, and the same every time", () => {
    fc.assert(
      fc.property(cellsArbitrary, (made) => {
        const cells = made.map(({ leaf, ...cell }) => ({ ...cell, cluster_id: id(leaf) }));
        const numbers = new Map(Array.from({ length: 6 }, (_, i) => [id(i), i]));
        const dots = scatterDots(cells, 16, numbers);
        expect(dots.n).toBe(cells.reduce((sum, { conversations }) => sum + conversations, 0));
        expect(scatterDots(cells, 16, numbers).positions).toEqual(dots.positions);
        const counts = new Map<number, number>();
        for (const leaf of dots.leaf) counts.set(leaf, (counts.get(leaf) ?? 0) + 1);
        for (const [name, number] of numbers)
          expect(counts.get(number) ?? 0).toBe(
            cells
              .filter((cell) => cell.cluster_id === name)
              .reduce((sum, { conversations }) => sum + conversations, 0),
          );
        for (const value of dots.positions) expect(Math.abs(value)).toBeLessThan(1.3);
      }),
      { numRuns: 100 },
    );
  });

  test("stand for several conversations where there are more than can be drawn", () => {
    const cells = [{ column: 1, row: 1, cluster_id: id(0), conversations: 1_000 }];
    const dots = scatterDots(cells, 16, new Map([[id(0), 0]]), 100);
    expect([dots.n, dots.each]).toEqual([100, 10]);
  });
});

describe("the camera", () => {
  const size = { width: 900, height: 600 };
  const camera = fc.record({
    x: fc.double({ min: -1, max: 1, noNaN: true }),
    y: fc.double({ min: -1, max: 1, noNaN: true }),
    zoom: fc.double({ min: 0.6, max: 50, noNaN: true }),
  });
  test("goes there and back", () => {
    fc.assert(
      fc.property(
        camera,
        fc.double({ min: -1, max: 1, noNaN: true }),
        fc.double({ min: -1, max: 1, noNaN: true }),
        (held, x, y) => {
          const back = unproject(held, size, project(held, size, { x, y }));
          expect(back.x).toBeCloseTo(x, 9);
          expect(back.y).toBeCloseTo(y, 9);
        },
      ),
    );
  });
  test("zooms about what is under the pointer", () => {
    const held = { x: 0.1, y: -0.2, zoom: 2 };
    const pixel = { x: 300, y: 200 };
    const before = unproject(held, size, pixel);
    const after = unproject(zoomAt(held, size, pixel, 1.7), size, pixel);
    expect(after.x).toBeCloseTo(before.x, 9);
    expect(after.y).toBeCloseTo(before.y, 9);
  });
  test("that fits points shows all of them", () => {
    const points = fc.array(
      fc.record({
        x: fc.double({ min: -1, max: 1, noNaN: true }),
        y: fc.double({ min: -1, max: 1, noNaN: true }),
      }),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(points, (some) => {
        for (const point of some) {
          const { x, y } = project(fitting(some), size, point);
          expect(x >= 0 && x <= size.width && y >= 0 && y <= size.height).toBe(true);
        }
      }),
    );
  });
});

describe("names", () => {
  test("are at most three lines of 24 characters, whatever they are, and never half an emoji", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (name) => {
        const lines = wrapLabel(name);
        expect(lines.length).toBeLessThanOrEqual(3);
        for (const line of lines) {
          expect(Array.from(new Intl.Segmenter("en").segment(line)).length).toBeLessThanOrEqual(24);
          if (name.isWellFormed()) expect(line.isWellFormed()).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
    expect(wrapLabel("W".repeat(10_240))).toEqual([`${"W".repeat(23)}…`]);
  });

  test("do not stand over each other, the largest have their place, at most 60", () => {
    const tree = clusterTree(many(10, 100));
    const anchors = new Map(
      tree.leaves.map((leaf, i) => [leaf, { x: ((i * 37) % 100) / 50 - 1, y: ((i * 91) % 100) / 50 - 1 }]),
    );
    const labels = placeLabels({
      nodes: tree.leaves,
      anchors,
      camera: { x: 0, y: 0, zoom: 1 },
      size: { width: 1200, height: 800 },
      pinned: new Set(),
    });
    expect(labels.length).toBeGreaterThan(10);
    expect(labels.length).toBeLessThanOrEqual(MOST_LABELS);
    expect(labels[0]?.node).toBe(tree.leaves[0]);
    for (const a of labels)
      for (const b of labels)
        if (a !== b) expect(Math.abs(a.x - b.x) > 20 || Math.abs(a.y - b.y) > 10).toBe(true);
  });

  test("of a level come and go with the zoom, and not to and fro", () => {
    expect([0.8, 1, 1.8, 3.1, 50].map((zoom) => levelAt(zoom, 3, 0))).toEqual([0, 0, 1, 2, 2]);
    // Just behind the line the deeper level stays; clearly behind it does not.
    expect(levelAt(1.7, 3, 1)).toBe(1);
    expect(levelAt(1.4, 3, 1)).toBe(0);
  });
});

describe("groups on the map", () => {
  const tree = clusterTree(many(2, 2));
  const map = {
    schema_version: "1.0.0" as const,
    grid: 10,
    cells: [
      { column: 1, row: 1, cluster_id: id(0), conversations: 20 },
      { column: 8, row: 1, cluster_id: id(1), conversations: 20 },
      { column: 1, row: 8, cluster_id: id(2), conversations: 20 },
      { column: 8, row: 8, cluster_id: id(3), conversations: 20 },
    ],
  };
  const anchors = anchorsOf(tree, map);
  const leaf = (n: number) => tree.byId.get(id(n))!;

  test("have their names where they are; a parent stands in one of its groups", () => {
    expect(anchors.get(leaf(0))).toEqual({ x: -0.7, y: -0.7 });
    const places = [0, 1].map((n) => anchors.get(leaf(n)));
    expect(places).toContainEqual(anchors.get(tree.roots[0]!));
  });
  test("are found under a point, and nothing over empty ground", () => {
    const owners = ownersOf(map);
    expect(groupAt(owners, 10, { x: -0.7, y: -0.7 })).toBe(id(0));
    expect(groupAt(owners, 10, { x: -0.5, y: -0.7 })).toBe(id(0));
    expect(groupAt(owners, 10, { x: 0, y: 0 })).toBeNull();
  });
  test("are gone to by arrows", () => {
    const from = anchors.get(leaf(0))!;
    expect(neighbour("ArrowRight", from, tree.leaves, anchors)).toBe(leaf(1));
    expect(neighbour("ArrowUp", from, tree.leaves, anchors)).toBe(leaf(2));
    expect(neighbour("ArrowLeft", from, tree.leaves, anchors)).toBeNull();
  });
  test("are told by where they are", () => {
    expect(whereWords(anchors.get(leaf(2))!)).toBe("at the top left");
    expect(whereWords({ x: 0, y: 0 })).toBe("in the middle");
  });
  test("are cut at a level so that each conversation counts once", () => {
    for (const depth of [0, 1, 5])
      expect(cutAt(tree, depth).reduce((sum, node) => sum + node.cluster.conversations, 0)).toBe(
        tree.conversations,
      );
    expect(leavesBelow(tree.roots[0]!)).toEqual([leaf(0), leaf(1)]);
  });
});

describe("a lasso", () => {
  const square = [
    [-0.5, -0.5],
    [0.5, -0.5],
    [0.5, 0.5],
    [-0.5, 0.5],
  ] as const;
  test("holds what is inside", () => {
    expect(isInside(square, { x: 0, y: 0 })).toBe(true);
    expect(isInside(square, { x: 0.6, y: 0 })).toBe(false);
  });
  test("keeps its shape with few corners", () => {
    const circle = Array.from({ length: 400 }, (_, i): [number, number] => [
      Math.cos((i / 400) * 2 * Math.PI) * 0.8,
      Math.sin((i / 400) * 2 * Math.PI) * 0.8,
    ]);
    const few = simplified(circle);
    expect(few.length).toBe(40);
    expect(isInside(few, { x: 0.75, y: 0 })).toBe(true);
    expect(isInside(few, { x: 0.82, y: 0 })).toBe(false);
  });
});
