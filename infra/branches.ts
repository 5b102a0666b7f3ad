import type { PhaseName } from "../shared/contracts/run.ts";
import { startsAfter } from "../shared/pipeline.ts";
import type { PhaseRow } from "../shared/pipeline.ts";

/** What a state machine does next: a phase, or sequences side by side, all of which have to end. */
export type Step = { readonly phase: PhaseRow } | { readonly branches: readonly (readonly Step[])[] };

/** Names of the phases that each phase waits for, directly or through others. */
function ancestors(rows: readonly PhaseRow[]): Map<PhaseName, Set<PhaseName>> {
  const before = new Map<PhaseName, Set<PhaseName>>();
  for (const row of rows) {
    const direct = startsAfter(row, rows);
    before.set(row.name, new Set([...direct, ...direct.flatMap((name) => [...before.get(name)!])]));
  }
  return before;
}

/**
 * Rows of the table as sequences and branches, in which no phase comes before one that it waits for. Where what waits for
 * what is no nesting of these, the last phase waits for more than it has to.
 * @param rows in the order of the table.
 */
export function stepsOf(rows: readonly PhaseRow[]): Step[] {
  return sequence(rows, ancestors(rows));
}

function sequence(rows: readonly PhaseRow[], before: Map<PhaseName, Set<PhaseName>>): Step[] {
  const waits = (a: PhaseRow, b: PhaseRow): boolean =>
    before.get(a.name)!.has(b.name) || before.get(b.name)!.has(a.name);
  const [only] = rows;
  if (only === undefined) return [];
  if (rows.length === 1) return [{ phase: only }];
  // One that all others wait for or are waited for by stands alone between them.
  const cut = rows.find((row) => rows.every((other) => other === row || waits(row, other)));
  if (cut !== undefined) {
    const earlier = rows.filter((row) => before.get(cut.name)!.has(row.name));
    const later = rows.filter((row) => before.get(row.name)!.has(cut.name));
    return [...sequence(earlier, before), { phase: cut }, ...sequence(later, before)];
  }
  const groups = components(rows, waits);
  if (groups.length > 1) return [{ branches: groups.map((group) => sequence(group, before)) }];
  return [...sequence(rows.slice(0, -1), before), { phase: rows.at(-1)! }];
}

/** Rows apart that have nothing to do with one another, each group in the order of the table. */
function components(rows: readonly PhaseRow[], waits: (a: PhaseRow, b: PhaseRow) => boolean): PhaseRow[][] {
  const groups: PhaseRow[][] = [];
  for (const row of rows) {
    const joined = groups.filter((group) => group.some((member) => waits(row, member)));
    const rest = groups.filter((group) => !joined.includes(group));
    groups.splice(0, groups.length, ...rest, [...joined.flat(), row]);
  }
  const at = (row: PhaseRow): number => rows.indexOf(row);
  return groups
    .map((group) => group.toSorted((a, b) => at(a) - at(b)))
    .toSorted((a, b) => at(a[0]!) - at(b[0]!));
}
