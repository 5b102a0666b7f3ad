import type { Nearest } from "./assign.ts";
import type { GroupBounds } from "./group-bounds.ts";
import { forgetRow } from "./group-bounds.ts";
import { SAME_DIRECTION } from "./start.ts";

/**
 * Gives every empty cluster the row that is farthest from its centroid (the first on a tie). A cluster stays
 * empty when every row sits on its centroid.
 * @param changed gets a 1 for every cluster that gained or lost a row.
 * @returns whether a row was moved.
 */
export function refillEmpty(
  rows: Int32Array,
  nearest: Nearest,
  changed: Uint8Array,
  bounds: GroupBounds,
): boolean {
  const { labels, similarities } = nearest;
  const sizes = new Int32Array(changed.length);
  for (const index of rows) sizes[labels[index]!]!++;
  let refilled = false;
  for (let id = 0; id < sizes.length; id++) {
    if (sizes[id]! > 0) continue;
    let farthest = -1;
    let lowest = 1 - SAME_DIRECTION;
    for (const index of rows) {
      if (similarities[index]! < lowest) {
        lowest = similarities[index]!;
        farthest = index;
      }
    }
    if (farthest < 0) break;
    const donor = labels[farthest]!;
    sizes[donor]!--;
    sizes[id] = 1;
    changed[donor] = 1;
    changed[id] = 1;
    labels[farthest] = id;
    similarities[farthest] = 1;
    forgetRow(bounds, farthest);
    refilled = true;
  }
  return refilled;
}
