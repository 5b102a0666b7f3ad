import type { Label, TaskAnswer, TaskInput } from "../../contracts/model-tasks.ts";
import type { Matrix } from "../../domain/vectors.ts";
import { dot, row } from "../../domain/vectors.ts";
import { groupRows } from "./propose-parents.ts";

const comparable = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/** The row that is nearest to all of its group. */
function central(rows: readonly number[], vectors: Matrix): number {
  let best = rows[0] ?? 0;
  let most = -Infinity;
  for (const i of rows) {
    const sum = rows.reduce((total, j) => total + dot(row(vectors, i), row(vectors, j)), 0);
    if (sum > most) [best, most] = [i, sum];
  }
  return best;
}

/** Drops equal names, then keeps the most central candidate of each of `wanted` groups. */
export function deduplicateParents(
  input: TaskInput<"deduplicate_parents">,
  vectors: Matrix,
  seed: number,
): TaskAnswer<"deduplicate_parents"> {
  const names = input.candidates.map(({ name }) => comparable(name));
  const distinct = names.flatMap((name, i) => (names.indexOf(name) === i ? [i] : []));
  if (distinct.length <= input.wanted) return { parents: distinct.map((i) => input.candidates[i] as Label) };
  const groups = groupRows(vectors, input.wanted, seed);
  const kept = new Set(groups.map((rows) => names.indexOf(names[central(rows, vectors)] ?? "")));
  return { parents: [...kept].toSorted((a, b) => a - b).map((i) => input.candidates[i] as Label) };
}
