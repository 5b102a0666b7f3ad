/** Each level's names come in when the map is this much closer than for the level above. */
const STEP = 1.75;
/** So much further back a level stays, so that a small movement does not make names come and go. */
const HYSTERESIS = 0.9;

/** Depth of the names at a zoom, 0 for the roots. @param before the depth shown until now. */
export function levelAt(zoom: number, levels: number, before: number): number {
  const depthOf = (z: number): number =>
    Math.max(0, Math.min(levels - 1, Math.floor(Math.log(z) / Math.log(STEP) + 1e-9)));
  const deeper = depthOf(zoom);
  if (deeper >= before) return deeper;
  // Going back: only once it is clearly further away.
  return Math.min(before, depthOf(zoom / HYSTERESIS));
}
