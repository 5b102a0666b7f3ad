import type { Evaluation, GateResult } from "../../contracts/evaluation.ts";

/** What a gate can be on: scores of the base clusters, of the top level ("top_…"), and of facets. */
const SCORES = ["nmi", "ari", "homogeneity", "completeness", "purity"] as const;
export const GATE_MEASURES = [
  ...SCORES,
  "accuracy",
  ...SCORES.map((name) => `top_${name}` as const),
  "top_accuracy",
  "language",
  "concern",
  "concern_within_one",
] as const;
export type GateMeasure = (typeof GATE_MEASURES)[number];

export interface Gate {
  readonly measure: GateMeasure;
  readonly least: number;
}

/** "nmi>=0.6" or "nmi=0.6"; null for what is neither. */
export function parseGate(text: string): Gate | null {
  const match = /^\s*([a-z_]+)\s*>?=\s*(-?(?:\d+\.?\d*|\.\d+))\s*$/.exec(text);
  const measure = GATE_MEASURES.find((name) => name === match?.[1]);
  if (match === null || measure === undefined) return null;
  const least = Number(match[2]);
  return least >= -1 && least <= 1 ? { measure, least } : null;
}

/** A measure of an evaluation; null where nothing was given to measure it by. */
export function measureOf({ levels, language, concern }: Evaluation, measure: GateMeasure): number | null {
  if (measure === "language") return language?.rate ?? null;
  if (measure === "concern") return concern?.exact.rate ?? null;
  if (measure === "concern_within_one") return concern?.within_one.rate ?? null;
  const level = measure.startsWith("top_") ? levels.at(-1) : levels[0];
  const own = level?.methods.find(({ method }) => method === "clio");
  const name = measure.replace(/^top_/, "");
  if (name === "accuracy") return own?.accuracy.rate ?? null;
  const score = SCORES.find((known) => known === name);
  return score === undefined ? null : (own?.[score].value ?? null);
}

/** A gate on something that could not be measured, or on too few conversations to judge, is missed. */
export function checkGates(evaluation: Evaluation, gates: readonly Gate[]): GateResult[] {
  return gates.map(({ measure, least }) => {
    const value = measureOf(evaluation, measure);
    return {
      gate: `${measure}>=${least}`,
      value,
      least,
      passed: evaluation.judged && value !== null && value >= least,
    };
  });
}
