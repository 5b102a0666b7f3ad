import type { Estimate } from "../../contracts/evaluation.ts";
import { agreementOf } from "../agreement.ts";
import type { Agreement, CrossTable } from "../agreement.ts";
import { randomInt } from "../random.ts";
import type { Random } from "../random.ts";

/** Enough that an end of an interval moves by about 0.1 of its half-width from seed to seed (Efron and Tibshirani 1993, ch. 13). */
const RESAMPLES = 400;
const TAIL = 0.025;

interface Range {
  readonly least: number;
  readonly most: number;
}

/**
 * 95 % intervals of scores of a table, by resampling its items with replacement (Efron 1979). Resampling repeats
 * items, and an item agrees with its own copy, which lifts every score of agreement: the spread of the resamples is
 * kept and moved to where the score itself is.
 * @param scoresOf the scores of a table with these counts in its cells, always as many.
 */
export function bootstrap(
  table: CrossTable,
  scoresOf: (counts: ArrayLike<number>) => readonly number[],
  range: Range,
  random: Random,
): Estimate[] {
  const { cellOf } = table;
  const n = cellOf.length;
  const own = scoresOf(table.cells.map(({ count }) => count));
  const drawn = own.map((): number[] => []);
  const counts = new Int32Array(table.cells.length);
  for (let resample = 0; resample < RESAMPLES && n > 0; resample++) {
    counts.fill(0);
    for (let i = 0; i < n; i++) counts[cellOf[randomInt(random, n)]!]!++;
    scoresOf(counts).forEach((score, i) => drawn[i]!.push(score));
  }
  return own.map((value, i) => {
    const sorted = Float64Array.from(drawn[i]!).sort();
    if (sorted.length === 0) return { n, value, low: value, high: value };
    const shift = value - sorted.reduce((sum, score) => sum + score, 0) / sorted.length;
    const at = (share: number): number => {
      const score = sorted[Math.round(share * (sorted.length - 1))]! + shift;
      return Math.max(range.least, Math.min(range.most, score));
    };
    // A skewed spread may lie to one side of its own mean; an interval always holds what it is of.
    return { n, value, low: Math.min(value, at(TAIL)), high: Math.max(value, at(1 - TAIL)) };
  });
}

const SCORES = ["nmi", "ari", "homogeneity", "completeness", "purity"] as const;

/** Each score of agreement with its interval. */
export function agreementEstimates(table: CrossTable, random: Random): Record<keyof Agreement, Estimate> {
  const [nmi, ari, homogeneity, completeness, purity] = bootstrap(
    table,
    (counts) => {
      const scores = agreementOf(table, counts);
      return SCORES.map((name) => scores[name]);
    },
    // The adjusted Rand index alone goes below 0; the others never come near the border from above.
    { least: -0.5, most: 1 },
    random,
  );
  const atLeastZero = (held: Estimate): Estimate => ({ ...held, low: Math.max(0, held.low) });
  return {
    nmi: atLeastZero(nmi!),
    ari: ari!,
    homogeneity: atLeastZero(homogeneity!),
    completeness: atLeastZero(completeness!),
    purity: atLeastZero(purity!),
  };
}
