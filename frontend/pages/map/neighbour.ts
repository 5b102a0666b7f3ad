import type { Node } from "../../../shared/domain/published/cluster-tree.ts";
import type { Anchor } from "./anchors.ts";

const DIRECTIONS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** The nearest group in the direction of an arrow key: what lies straight ahead counts as nearer. Null at the edge. */
export function neighbour(
  key: string,
  from: Anchor,
  nodes: readonly Node[],
  anchors: ReadonlyMap<Node, Anchor>,
): Node | null {
  const [dx, dy] = DIRECTIONS[key] ?? [0, 0];
  let best: Node | null = null;
  let least = Infinity;
  for (const node of nodes) {
    const anchor = anchors.get(node);
    if (anchor === undefined) continue;
    const x = anchor.x - from.x;
    const y = anchor.y - from.y;
    const ahead = x * dx + y * dy;
    const aside = Math.abs(x * dy - y * dx);
    if (ahead <= 1e-6 || aside > ahead * 2) continue;
    const distance = ahead + aside * 1.5;
    if (distance < least) {
      least = distance;
      best = node;
    }
  }
  return best;
}
