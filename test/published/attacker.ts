import * as highs from "highs";
import type { Minimums } from "../../shared/contracts/clusters.ts";
import { OTHER_VALUES } from "../../shared/contracts/published.ts";
import type { BreakdownCell } from "../../shared/contracts/published.ts";
import {
  breakdownCells,
  count,
  crossCells,
  crosstabPairs,
  sumCells,
  sumCrossCells,
  tally,
} from "../../shared/domain/published/cells.ts";
import type { CrossTally, DimensionPair, Tally } from "../../shared/domain/published/cells.ts";

/** What each conversation of a small world may be: every combination is an atom that a reader may ask about. */
export const SCALES = {
  language: ["en", "de", "fr"],
  concern: ["1", "2", "3"],
  frustration: ["1", "2"],
  week: ["2026-09-07", "2026-09-14", "2026-09-21"],
} as const;
export type Name = keyof typeof SCALES;
const NAMES = Object.keys(SCALES) as Name[];

export type Chat = Readonly<Record<Name, string>> & { readonly leaf: string; readonly user: number };

/** One statement of a reader: these atoms hold so many conversations together. */
export interface Statement {
  readonly says: string;
  readonly atoms: readonly number[];
  readonly conversations: number;
}

/** A count between none and the minimum that follows from the statements. */
export interface Leak {
  readonly about: string;
  readonly truth: number;
  readonly low: number;
  readonly high: number;
}

type Atom = Readonly<Record<Name, string>> & { readonly leaf: string };

function product(leaves: readonly string[]): Atom[] {
  let atoms: Record<string, string>[] = leaves.map((leaf) => ({ leaf }));
  for (const name of NAMES)
    atoms = atoms.flatMap((atom) => SCALES[name].map((value) => ({ ...atom, [name]: value })));
  return atoms as unknown as Atom[];
}

/** What a published generation says, as statements about atoms: labels that a table does not name are "other". */
export class Reader {
  readonly atoms: readonly Atom[];
  readonly statements: Statement[] = [];

  private readonly chats: readonly Chat[];
  private readonly minimums: Minimums;
  private readonly pairs: readonly DimensionPair[];

  constructor(
    chats: readonly Chat[],
    minimums: Minimums,
    pairs: readonly DimensionPair[] = crosstabPairs([]),
  ) {
    this.chats = chats;
    this.minimums = minimums;
    this.pairs = pairs;
    const leaves = [...new Set(chats.map(({ leaf }) => leaf))];
    this.atoms = product(leaves);
    const tables = leaves.map((leaf) => this.leafTables(leaf));
    this.readParent(tables);
  }

  state(says: string, holds: (atom: Atom) => boolean, conversations: number): void {
    const atoms = this.atoms.flatMap((atom, i) => (holds(atom) ? [i] : []));
    this.statements.push({ says, atoms, conversations });
  }

  truth(holds: (atom: Atom) => boolean): number {
    return this.chats.filter(holds).length;
  }

  private leafTables(leaf: string): LeafForms {
    const members = this.chats.filter((chat) => chat.leaf === leaf);
    this.state(`${leaf} in all`, (atom) => atom.leaf === leaf, members.length);
    const breakdowns = new Map<Name, BreakdownCell[]>();
    for (const name of NAMES) {
      const cells = breakdownCells(
        new Map(
          [...Map.groupBy(members, (chat) => chat[name])].map(([value, some]) => [value, tallyOf(some)]),
        ),
        this.minimums,
      );
      const labels = new Set(cells.map(({ value }) => value));
      for (const { value, conversations } of cells) {
        const holds = (atom: Atom): boolean => atom.leaf === leaf && labelOf(atom[name], labels) === value;
        this.state(`${leaf} ${name}=${value}`, holds, conversations);
      }
      breakdowns.set(name, cells);
    }
    const crosstabs = this.pairs.map(({ rows, columns }) => {
      const [down, across] = [rows as Name, columns as Name];
      const cells = crossCells(
        [...Map.groupBy(members, (chat) => JSON.stringify([chat[down], chat[across]])).values()].map(
          (some): CrossTally => ({ row: some[0]![down], column: some[0]![across], held: tallyOf(some) }),
        ),
        { rows: breakdowns.get(down)!, columns: breakdowns.get(across)! },
        this.minimums,
      );
      const rowLabels = new Set(cells.map(({ row }) => row));
      const columnLabels = new Set(cells.map(({ column }) => column));
      // The whole product: what is not listed is empty.
      for (const row of rowLabels) {
        for (const column of columnLabels) {
          const cell = cells.find((each) => each.row === row && each.column === column);
          const holds = (atom: Atom): boolean =>
            atom.leaf === leaf &&
            labelOf(atom[down], rowLabels) === row &&
            labelOf(atom[across], columnLabels) === column;
          this.state(`${leaf} ${down}=${row} ${across}=${column}`, holds, cell?.conversations ?? 0);
        }
      }
      return { cells, rowLabels, columnLabels };
    });
    return { leaf, breakdowns, crosstabs };
  }

  private readParent(tables: readonly LeafForms[]): void {
    const tableOf = new Map(tables.map((table) => [table.leaf, table]));
    for (const name of NAMES) {
      for (const { value, conversations } of sumCells(
        tables.map(({ breakdowns }) => breakdowns.get(name)!),
      )) {
        const holds = (atom: Atom): boolean => {
          const labels = new Set(
            tableOf
              .get(atom.leaf)!
              .breakdowns.get(name)!
              .map((cell) => cell.value),
          );
          return labelOf(atom[name], labels) === value;
        };
        this.state(`parent ${name}=${value}`, holds, conversations);
      }
    }
    this.pairs.forEach(({ rows, columns }, i) => {
      for (const { row, column, conversations } of sumCrossCells(
        tables.map(({ crosstabs }) => crosstabs[i]!.cells),
      )) {
        const holds = (atom: Atom): boolean => {
          const { rowLabels, columnLabels } = tableOf.get(atom.leaf)!.crosstabs[i]!;
          return (
            labelOf(atom[rows as Name], rowLabels) === row &&
            labelOf(atom[columns as Name], columnLabels) === column
          );
        };
        this.state(`parent ${rows}=${row} ${columns}=${column}`, holds, conversations);
      }
    });
  }

  /**
   * Every group that is described by fixing some dimensions in a cluster or the parent, and whose true size lies between none
   * and the minimum: those whose size follows to within these bounds. Exact: whole numbers of conversations.
   */
  async leaks(): Promise<{ readonly groups: number; readonly asked: number; readonly leaks: Leak[] }> {
    const { min_conversations: minimum } = this.minimums;
    const leaks: Leak[] = [];
    let asked = 0;
    // A table that fits the statements clears every group that it makes empty or large enough, not only the one asked about.
    let open = groupsOf([...new Set(this.atoms.map(({ leaf }) => leaf))])
      .map((group) => ({ group, atoms: this.members(group), truth: this.truth((atom) => isIn(atom, group)) }))
      .filter(({ truth }) => truth > 0 && truth < minimum);
    const groups = open.length;
    for (let next = open[0]; next !== undefined; next = open[0]) {
      const { group, atoms, truth } = next;
      asked++;
      const high = await this.extreme("Maximize", atoms);
      const low = high.value < minimum ? await this.extreme("Minimize", atoms) : null;
      if (low !== null && low.value > 0)
        leaks.push({ about: JSON.stringify(group), truth, low: low.value, high: high.value });
      for (const { table } of [high, ...(low === null ? [] : [low])]) {
        open = open.filter(({ atoms: some }) => {
          const size = some.reduce((sum, i) => sum + table[i]!, 0);
          return some !== atoms && size > 0 && size < minimum;
        });
      }
    }
    return { groups, asked, leaks };
  }

  private members(group: Group): number[] {
    return this.atoms.flatMap((atom, i) => (isIn(atom, group) ? [i] : []));
  }

  /** The least or most that a group can have, and a table of all atoms in which it has. */
  private async extreme(
    sense: "Maximize" | "Minimize",
    wanted: readonly number[],
  ): Promise<{ readonly value: number; readonly table: readonly number[] }> {
    const terms = (atoms: readonly number[]): string => atoms.map((i) => `x${i}`).join(" + ");
    const rows = this.statements
      .filter(({ atoms }) => atoms.length > 0)
      .map(({ atoms, conversations }) => ` ${terms(atoms)} = ${conversations}`);
    const every = this.atoms.map((_, i) => ` x${i}`).join("\n");
    const text = `${sense}\n obj: ${terms(wanted)}\nSubject To\n${rows.join("\n")}\nGeneral\n${every}\nEnd`;
    const solved = (await solver()).solve(text);
    if (solved.Status !== "Optimal")
      throw new Error(`the statements contradict each other: ${solved.Status}`);
    const table = this.atoms.map((_, i) => Math.round(solved.Columns[`x${i}`]!.Primal));
    return { value: wanted.reduce((sum, i) => sum + table[i]!, 0), table };
  }
}

type Group = Readonly<Record<string, string>>;

function isIn(atom: Atom, group: Group): boolean {
  return Object.entries(group).every(([name, value]) => atom[name as keyof Atom] === value);
}

interface LeafForms {
  readonly leaf: string;
  readonly breakdowns: ReadonlyMap<Name, readonly BreakdownCell[]>;
  readonly crosstabs: readonly {
    readonly cells: ReturnType<typeof crossCells>;
    readonly rowLabels: ReadonlySet<string>;
    readonly columnLabels: ReadonlySet<string>;
  }[];
}

// The package's types are those of its CommonJS form, in which the module itself holds the function as "default".
const loadHighs = highs.default as unknown as typeof highs.default.default;
let loaded: ReturnType<typeof loadHighs> | null = null;
function solver(): ReturnType<typeof loadHighs> {
  loaded ??= loadHighs();
  return loaded;
}

function labelOf(value: string, labels: ReadonlySet<string>): string {
  return labels.has(value) ? value : OTHER_VALUES;
}

function tallyOf(chats: readonly Chat[]): Tally {
  const held = tally();
  for (const { user } of chats) count(held, user);
  return held;
}

/** Every choice of some dimensions with a value each, in one cluster or in all. */
function groupsOf(leaves: readonly string[]): Record<string, string>[] {
  let groups: Record<string, string>[] = [{}, ...leaves.map((leaf) => ({ leaf }))];
  for (const name of NAMES)
    groups = groups.flatMap((group) => [
      group,
      ...SCALES[name].map((value) => ({ ...group, [name]: value })),
    ]);
  return groups;
}
