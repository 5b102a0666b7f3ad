import type { Random } from "../random.ts";
import { alone, pieceRange, piecesFor, sharedInts, sharedSingles } from "../team.ts";
import type { NamedStep, Team } from "../team.ts";
import type { Curve } from "./curve.ts";
import type { Graph } from "./fuzzy-graph.ts";

/**
 * umap-learn moves both ends of an edge, each of its two directions once an epoch, and pushes a point from five others for each. Here an
 * edge moves the point it starts from alone: two passes for an epoch, with half the pushes each, keep the balance. With one pass
 * and five pushes the picture comes apart at large (trustworthiness of 3,000 of 20,000 hard rows 0.974, so 0.987, umap-learn's 0.989).
 */
const PASSES = 2;
const PUSHES = 5 / PASSES;
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

/** The descent under way; a pass reads the points of the pass before and writes the others, so that no thread waits for another. */
interface Descent {
  readonly nodes: number;
  readonly pieces: number;
  /** Edges of a point from `starts[point]` to `starts[point + 1]`. */
  readonly starts: Int32Array;
  /** Where the other end of an edge has its x. */
  readonly tails: Int32Array;
  /** Passes from one draw of an edge to the next, the next of its draws, and of its pushes. */
  readonly every: Float32Array;
  readonly next: Float32Array;
  readonly nextPush: Float32Array;
  readonly pull: Float32Array;
  readonly push: Float32Array;
  /** Each point's state of chance: which thread moves it does not matter. */
  readonly chance: Int32Array;
  /** Points after even and after odd passes, x and y in turn. */
  readonly even: Float32Array;
  readonly odd: Float32Array;
  /** The pass under way, and of how many. */
  readonly clock: Int32Array;
}

export const descentStep: NamedStep<Descent> = {
  name: "map/descent",
  run(descent, thread) {
    for (let piece = thread.next(); piece >= 0; piece = thread.next()) {
      const { from, to } = pieceRange(descent.nodes, descent.pieces, piece);
      movePoints(descent, from, to);
    }
  },
};

/** Moves the points from one to below another by a pass. */
function movePoints(descent: Descent, first: number, end: number): void {
  const { nodes, starts, tails, every, next, nextPush, pull, push, chance, even, odd, clock } = descent;
  const [pass, passes] = [clock[0]!, clock[1]!];
  const [before, after] = pass % 2 === 0 ? [odd, even] : [even, odd];
  const rate = 1 - pass / passes;
  const number = new Float32Array(1);
  const bits = new Int32Array(number.buffer);
  const last = pull.length - 1;
  const indexOf = (squared: number): number => {
    number[0] = squared;
    const index = (bits[0]! >> SHIFT) - FIRST;
    return index < 0 ? 0 : index > last ? last : index;
  };
  for (let point = first; point < end; point++) {
    const head = 2 * point;
    let x = before[head]!;
    let y = before[head + 1]!;
    // Marsaglia's xorshift of 32 bits: a draw for each push, hundreds of millions of them.
    let state = chance[point]!;
    for (let e = starts[point]!; e < starts[point + 1]!; e++) {
      if (next[e]! > pass) continue;
      const tail = tails[e]!;
      let dx = x - before[tail]!;
      let dy = y - before[tail + 1]!;
      let squared = dx * dx + dy * dy;
      if (squared > 0) {
        const force = pull[indexOf(squared)]!;
        x += clipped(force * dx) * rate;
        y += clipped(force * dy) * rate;
      }
      next[e] = next[e]! + every[e]!;
      const between = every[e]! / PUSHES;
      const pushes = Math.floor((pass - nextPush[e]!) / between);
      for (let p = 0; p < pushes; p++) {
        state ^= state << 13;
        state ^= state >>> 17;
        state ^= state << 5;
        const other = 2 * ((state >>> 0) % nodes);
        if (other === head) continue;
        dx = x - before[other]!;
        dy = y - before[other + 1]!;
        squared = dx * dx + dy * dy;
        if (squared === 0) continue;
        const force = push[indexOf(squared)]!;
        x += clipped(force * dx) * rate;
        y += clipped(force * dy) * rate;
      }
      if (pushes > 0) nextPush[e] = nextPush[e]! + pushes * between;
    }
    chance[point] = state;
    after[head] = x;
    after[head + 1] = y;
  }
}

/**
 * Where points come to lie so that joined ones are close and others are not: UMAP's stochastic descent (McInnes et al. 2018, section 3.2),
 * an edge as often as it is heavy, with pushes from points drawn at random. Unlike umap-learn's, an edge moves the point it starts
 * from alone, by where the others were a pass before: maps are as good (bench/RESULTS.md), and the same for any number of threads.
 * @param start x and y in turn.
 */
export function optimiseLayout(
  { nodes, heads, tails, weights }: Graph,
  start: Float32Array,
  curve: Curve,
  epochs: number,
  random: Random,
  team: Team = alone,
): Float32Array {
  const heaviest = weights.reduce((most, weight) => Math.max(most, weight), 0);
  const passes = PASSES * epochs;
  // Lighter edges would be drawn less than once.
  const least = heaviest / passes;
  const kept = weights.reduce((count, weight) => count + (weight >= least ? 1 : 0), 0);
  const { pull, push } = forces(curve);
  const descent: Descent = {
    nodes,
    pieces: piecesFor(team, nodes),
    starts: sharedInts(nodes + 1),
    tails: sharedInts(kept),
    every: sharedSingles(kept),
    next: sharedSingles(kept),
    nextPush: sharedSingles(kept),
    pull,
    push,
    chance: sharedInts(nodes),
    even: sharedSingles(start.length),
    odd: sharedSingles(start.length),
    clock: sharedInts(2),
  };
  let at = 0;
  for (let e = 0; e < weights.length; e++) {
    if (weights[e]! < least) continue;
    descent.starts[heads[e]! + 1]!++;
    descent.tails[at] = 2 * tails[e]!;
    descent.every[at++] = heaviest / weights[e]!;
  }
  for (let i = 0; i < nodes; i++) {
    descent.starts[i + 1] = descent.starts[i + 1]! + descent.starts[i]!;
    // Never zero: xorshift would stay there.
    descent.chance[i] = Math.floor(random() * 0xffffffff) | 1;
  }
  descent.next.set(descent.every);
  descent.nextPush.set(descent.every.map((period) => period / PUSHES));
  descent.odd.set(start);
  descent.clock[1] = passes;
  for (let pass = 0; pass < passes; pass++) {
    descent.clock[0] = pass;
    team.run(descentStep, descent, descent.pieces);
  }
  // The last pass is odd.
  return descent.odd;
}
