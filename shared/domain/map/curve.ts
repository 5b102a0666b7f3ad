/** How close two points of the map are by their squared distance d: 1 / (1 + a d^b). */
export interface Curve {
  readonly a: number;
  readonly b: number;
}

const SAMPLES = 300;
/** Of the plane's distances; UMAP's `spread` is 1. */
const FARTHEST = 3;
const STEPS = 100;

/**
 * The curve nearest, by least squares, to one that is 1 up to `minDist` and falls exponentially beyond it (McInnes et al. 2018,
 * section 3.2), found by damped Gauss-Newton steps (Levenberg and Marquardt).
 * @param minDist at least 0, below 3.
 */
export function fitCurve(minDist: number): Curve {
  const xs = Array.from({ length: SAMPLES }, (_, i) => (FARTHEST * i) / (SAMPLES - 1));
  const wanted = xs.map((x) => (x < minDist ? 1 : Math.exp(minDist - x)));
  const lossOf = ({ a, b }: Curve): number =>
    xs.reduce((sum, x, i) => sum + (1 / (1 + a * x ** (2 * b)) - wanted[i]!) ** 2, 0);
  let curve: Curve = { a: 1, b: 1 };
  let loss = lossOf(curve);
  let damping = 1e-3;
  for (let step = 0; step < STEPS; step++) {
    const { a, b } = curve;
    let [aa, ab, bb, ra, rb] = [0, 0, 0, 0, 0];
    for (const [i, x] of xs.entries()) {
      if (x === 0) continue;
      const power = x ** (2 * b);
      const value = 1 / (1 + a * power);
      const byA = -power * value * value;
      const byB = a * byA * 2 * Math.log(x);
      const off = wanted[i]! - value;
      aa += byA * byA;
      ab += byA * byB;
      bb += byB * byB;
      ra += byA * off;
      rb += byB * off;
    }
    const [da, db] = [aa * (1 + damping), bb * (1 + damping)];
    const determinant = da * db - ab * ab;
    const next = {
      a: Math.max(1e-6, a + (ra * db - rb * ab) / determinant),
      b: Math.max(1e-6, b + (rb * da - ra * ab) / determinant),
    };
    const nextLoss = lossOf(next);
    if (nextLoss < loss) {
      const gained = loss - nextLoss;
      [curve, loss, damping] = [next, nextLoss, damping / 10];
      if (gained < 1e-14) break;
    } else damping *= 10;
  }
  return curve;
}
