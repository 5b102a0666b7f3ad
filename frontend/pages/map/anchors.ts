import type { PublishedMap } from "../../../shared/contracts/published.ts";
import type { ClusterTree, Node } from "../../../shared/domain/published/cluster-tree.ts";

/** Where a group's name stands, each coordinate from -1 to 1. */
export interface Anchor {
  readonly x: number;
  readonly y: number;
}

interface Weighted {
  readonly x: number;
  readonly y: number;
  readonly weight: number;
}

/** The cell nearest to the middle of all: inside of the group, also where it is a ring or lies in two places. */
function anchorOf(cells: readonly Weighted[]): Anchor | null {
  const total = cells.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return null;
  const mean = {
    x: cells.reduce((sum, { x, weight }) => sum + x * weight, 0) / total,
    y: cells.reduce((sum, { y, weight }) => sum + y * weight, 0) / total,
  };
  let best: Weighted | null = null;
  let least = Infinity;
  for (const cell of cells) {
    // A dense cell may stand a little further off.
    const distance = Math.hypot(cell.x - mean.x, cell.y - mean.y) - (0.1 * cell.weight) / total;
    if (distance < least) {
      least = distance;
      best = cell;
    }
  }
  return best === null ? null : { x: best.x, y: best.y };
}

/** Where each group that is on the map has its name; groups without a cell have none. */
export function anchorsOf(tree: ClusterTree, map: PublishedMap): ReadonlyMap<Node, Anchor> {
  const { grid } = map;
  const own = new Map<Node, Weighted[]>();
  for (const { column, row, cluster_id: id, conversations: weight } of map.cells) {
    const cell = { x: ((column + 0.5) / grid) * 2 - 1, y: ((row + 0.5) / grid) * 2 - 1, weight };
    for (let node = tree.byId.get(id) ?? null; node !== null; node = node.parent) {
      const held = own.get(node);
      if (held === undefined) own.set(node, [cell]);
      else held.push(cell);
    }
  }
  const anchors = new Map<Node, Anchor>();
  for (const [node, cells] of own) {
    const anchor = anchorOf(cells);
    if (anchor !== null) anchors.set(node, anchor);
  }
  return anchors;
}

/** Which group a cell shows: the one that most of its conversations belong to. Keyed by row x grid + column. */
export function ownersOf(map: PublishedMap): ReadonlyMap<number, string> {
  const owners = new Map<number, { id: string; n: number }>();
  for (const { column, row, cluster_id: id, conversations: n } of map.cells) {
    const key = row * map.grid + column;
    if (n > (owners.get(key)?.n ?? 0)) owners.set(key, { id, n });
  }
  return new Map([...owners].map(([key, { id }]) => [key, id]));
}

/** The group at a point, or at one of the cells around it; null over empty ground. */
export function groupAt(owners: ReadonlyMap<number, string>, grid: number, { x, y }: Anchor): string | null {
  const column = Math.floor(((x + 1) / 2) * grid);
  const row = Math.floor(((y + 1) / 2) * grid);
  for (const [dx, dy] of NEAR) {
    const c = column + dx;
    const r = row + dy;
    const id = c < 0 || r < 0 || c >= grid || r >= grid ? undefined : owners.get(r * grid + c);
    if (id !== undefined) return id;
  }
  return null;
}
const NEAR = [
  [0, 0],
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
] as const;
