import type { Random } from "../random.ts";
import type { Curve } from "./curve.ts";
import type { Graph } from "./fuzzy-graph.ts";

/** Points a point is pushed away from for each that it is drawn to (umap-learn's default). */
const PUSHES = 5;
/** No step is longer, along an axis (umap-learn's). */
const LONGEST_STEP = 4;
/** Keeps a push finite where two points are one (umap-learn's). */
const PUSH_SOFTENER = 0.001;

/** Squared distances from 2^-24 to 2^16 by the first 9 bits of their mantissa: a force is off by at most 0.2 %. */
const SHIFT = 14;
const FIRST = ((127 - 24) << 23) >> SHIFT;
const LAST = ((127 + 16) << 23) >> SHIFT;

/** Force over distance of pulls and pushes, by the bits of the squared distance as a float32. */
function forces({ a, b }: Curve): { pull: Float32Array; push: Float32Array } {
  const size = LAST - FIRST + 1;
  const pull = new Float32Array(size);
  const push = new Float32Array(size);
  const bits = new Int32Array(1);
  const number = new Float32Array(bits.buffer);
  for (let at = 0; at < size; at++) {
    bits[0] = ((at + FIRST) << SHIFT) + (1 << (SHIFT - 1));
    const d = number[0]!;
    const power = d ** b;
    pull[at] = (-2 * a * b * (power / d)) / (a * power + 1);
    push[at] = (2 * b) / ((PUSH_SOFTENER + d) * (a * power + 1));
  }
  return { pull, push };
}

const clipped = (value: number): number =>
  value > LONGEST_STEP ? LONGEST_STEP : value < -LONGEST_STEP ? -LONGEST_STEP : value;

/**
 * Moves points so that joined ones are close and others are not, in place: UMAP's stochastic descent (McInnes et al. 2018, section 3.2),
 * an edge as often as it is heavy, with pushes from points drawn at random. The same graph, start and chance give the same bits.
 * @param points x and y in turn.
 */
export function optimiseLayout(
  { nodes, heads, tails, weights }: Graph,
  points: Float32Array,
  curve: Curve,
  epochs: number,
  random: Random,
): void {
  const heaviest = weights.reduce((most, weight) => Math.max(most, weight), 0);
  // Lighter edges would be drawn less than once.
  const least = heaviest / epochs;
  const kept = weights.reduce((count, weight) => count + (weight >= least ? 1 : 0), 0);
  const from = new Int32Array(kept);
  const to = new Int32Array(kept);
  // Epochs from one draw of an edge to the next, and the next of its draws and of its pushes.
  const every = new Float32Array(kept);
  let at = 0;
  for (let e = 0; e < weights.length; e++) {
    if (weights[e]! < least) continue;
    from[at] = 2 * heads[e]!;
    to[at] = 2 * tails[e]!;
    every[at++] = heaviest / weights[e]!;
  }
  const next = every.slice();
  const nextPush = every.map((period) => period / PUSHES);
  const { pull, push } = forces(curve);
  const number = new Float32Array(1);
  const bits = new Int32Array(number.buffer);
  const indexOf = (squared: number): number => {
    number[0] = squared;
    const index = (bits[0]! >> SHIFT) - FIRST;
    return index < 0 ? 0 : index >= pull.length ? pull.length - 1 : index;
  };
  // Marsaglia's xorshift of 32 bits: a draw for each push, hundreds of millions of them.
  let state = Math.floor(random() * 0xffffffff) | 1;
  for (let epoch = 0; epoch < epochs; epoch++) {
    const rate = 1 - epoch / epochs;
    for (let e = 0; e < kept; e++) {
      if (next[e]! > epoch) continue;
      const head = from[e]!;
      const tail = to[e]!;
      let x = points[head]!;
      let y = points[head + 1]!;
      let dx = x - points[tail]!;
      let dy = y - points[tail + 1]!;
      let squared = dx * dx + dy * dy;
      if (squared > 0) {
        const force = pull[indexOf(squared)]!;
        const stepX = clipped(force * dx) * rate;
        const stepY = clipped(force * dy) * rate;
        x += stepX;
        y += stepY;
        points[tail] = points[tail]! - stepX;
        points[tail + 1] = points[tail + 1]! - stepY;
      }
      next[e] = next[e]! + every[e]!;
      const between = every[e]! / PUSHES;
      const pushes = Math.floor((epoch - nextPush[e]!) / between);
      for (let p = 0; p < pushes; p++) {
        state ^= state << 13;
        state ^= state >>> 17;
        state ^= state << 5;
        const other = 2 * ((state >>> 0) % nodes);
        if (other === head) continue;
        dx = x - points[other]!;
        dy = y - points[other + 1]!;
        squared = dx * dx + dy * dy;
        if (squared === 0) continue;
        const force = push[indexOf(squared)]!;
        x += clipped(force * dx) * rate;
        y += clipped(force * dy) * rate;
      }
      if (pushes > 0) nextPush[e] = nextPush[e]! + pushes * between;
      points[head] = x;
      points[head + 1] = y;
    }
  }
}
