import type { Node } from "../../../shared/domain/published/cluster-tree.ts";
import { MAX_CORNERS } from "../../url/view.ts";
import type { Polygon } from "../../url/view.ts";
import type { Anchor } from "./anchors.ts";

/** Whether a point is inside (even-odd rule). */
export function isInside(polygon: Polygon, { x, y }: Anchor): boolean {
  let inside = false;
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i, i += 1) {
    const [xi, yi] = polygon[i]!;
    const [xj, yj] = polygon[j]!;
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

/** Base clusters whose name stands inside. */
export function leavesInside(
  polygon: Polygon,
  leaves: readonly Node[],
  anchors: ReadonlyMap<Node, Anchor>,
): readonly Node[] {
  return leaves.filter((leaf) => {
    const anchor = anchors.get(leaf);
    return anchor !== undefined && isInside(polygon, anchor);
  });
}

/** Twice the area of a triangle. */
function area(a: Polygon[number], b: Polygon[number], c: Polygon[number]): number {
  return Math.abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1]));
}

/** A drawn line with at most 40 corners: the ones that matter least go (Visvalingam and Whyatt 1993). */
export function simplified(polygon: Polygon, most = MAX_CORNERS): Polygon {
  const corners = [...polygon];
  while (corners.length > most) {
    let least = 0;
    let smallest = Infinity;
    for (let i = 0; i < corners.length; i++) {
      const before = corners[(i + corners.length - 1) % corners.length]!;
      const after = corners[(i + 1) % corners.length]!;
      const size = area(before, corners[i]!, after);
      if (size < smallest) {
        smallest = size;
        least = i;
      }
    }
    corners.splice(least, 1);
  }
  return corners;
}
