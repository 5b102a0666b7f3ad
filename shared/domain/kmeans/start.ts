import type { Quantised } from "../kernel/kernel.ts";
import { allocateRows, cosines, gatherInto, onThread } from "../kernel/kernel.ts";
import type { Random } from "../random.ts";
import { randomInt, sampleIndices } from "../random.ts";
import { pieceRange, piecesFor, sharedFloats, sharedInts } from "../team.ts";
import type { NamedStep, Team } from "../team.ts";
import { cosineDistance } from "./assign.ts";

/** Below this 1 - cosine two rows count as the same direction: float32 rounding alone gives about 1e-7. */
export const SAME_DIRECTION = 1e-6;

/**
 * Rows the start is drawn from: choosing from all of them costs as much as clustering does, and a sub-sample loses
 * 0-1 % of inertia (shared measurements, 10 and more rows a cluster).
 */
function sampleSize(k: number): number {
  return Math.max(10 * k, 2000);
}

// Candidates per centre; scikit-learn takes 2 + ln k. Four fill one tile of the kernel.
const CANDIDATES = 4;

/**
 * Greedy k-means++ (Arthur and Vassilvitskii 2007): each next centre is the best of a few rows drawn with probability
 * proportional to their distance from the centres so far (1 - cosine: half the squared distance of unit rows).
 * @param rows the unit rows to choose from, ascending.
 * @returns at most k row numbers; fewer when the rows hold fewer than k distinct directions.
 */
export function startRows(
  points: Quantised,
  rows: Int32Array,
  k: number,
  random: Random,
  team: Team,
): number[] {
  const drawn = allocateRows(points.kernel, CANDIDATES);
  const size = sampleSize(k);
  if (rows.length > size) {
    const sample = sharedInts(size);
    sampleIndices(random, rows.length, size).forEach((i, at) => {
      sample[at] = rows[i]!;
    });
    const centres = chooseCentres(points, sample, drawn, k, random, team);
    if (centres.length === k) return centres;
    // The sample ran out of distinct rows: rare ones may be outside it.
  }
  return chooseCentres(points, rows, drawn, k, random, team);
}

interface Candidates {
  readonly points: Quantised;
  readonly sample: Int32Array;
  readonly held: Quantised;
  /** Cosines of the sample to the candidates, CANDIDATES a row. */
  readonly products: Float64Array;
  readonly pieces: number;
}

export const candidatesStep: NamedStep<Candidates> = {
  name: "kmeans/candidates",
  run({ points, sample, held, products, pieces }, thread) {
    const own = onThread(points, thread.index);
    for (let piece = thread.next(); piece >= 0; piece = thread.next()) {
      const { from, to } = pieceRange(sample.length, pieces, piece);
      const out = products.subarray(from * CANDIDATES, to * CANDIDATES);
      cosines(own, sample.subarray(from, to), held, 0, CANDIDATES, out);
    }
  },
};

/** @param held room for the candidates. */
function chooseCentres(
  points: Quantised,
  sample: Int32Array,
  held: Quantised,
  k: number,
  random: Random,
  team: Team,
): number[] {
  const n = sample.length;
  const pieces = piecesFor(team, n);
  const work: Candidates = { points, sample, held, products: sharedFloats(n * CANDIDATES), pieces };
  const { products } = work;
  // Distance to the nearest centre so far; before the first there is none, so all rows are equally likely.
  const nearest = new Float64Array(n).fill(2);
  const centres: number[] = [];
  let potential = 2 * n;
  while (centres.length < Math.min(k, n) && potential > 0) {
    const count = centres.length === 0 ? 1 : CANDIDATES;
    const drawn = Array.from({ length: count }, () =>
      centres.length === 0 ? randomInt(random, n) : drawProportionally(nearest, random() * potential),
    );
    gatherInto(
      points,
      drawn.map((i) => sample[i]!),
      held,
    );
    team.run(candidatesStep, work, pieces);
    let best = 0;
    let bestPotential = Number.POSITIVE_INFINITY;
    for (let j = 0; j < count; j++) {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += Math.min(nearest[i]!, cosineDistance(products[i * CANDIDATES + j]!));
      if (sum < bestPotential) {
        bestPotential = sum;
        best = j;
      }
    }
    potential = 0;
    for (let i = 0; i < n; i++) {
      const distance = Math.min(nearest[i]!, cosineDistance(products[i * CANDIDATES + best]!));
      nearest[i] = distance < SAME_DIRECTION ? 0 : distance;
      potential += nearest[i]!;
    }
    centres.push(sample[drawn[best]!]!);
  }
  return centres;
}

/** The index at which the running sum of `weights` first exceeds `target`; the last positive one at the far end. */
function drawProportionally(weights: Float64Array, target: number): number {
  let sum = 0;
  let last = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i]!;
    if (weight === 0) continue;
    last = i;
    sum += weight;
    if (sum > target) return i;
  }
  return last;
}
