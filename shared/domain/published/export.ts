import type {
  PublishedBreakdowns,
  PublishedClusters,
  PublishedCrosstabs,
  PublishedIndex,
} from "../../contracts/published.ts";
import { wilsonInterval } from "../wilson.ts";
import { clusterTree, pathOf, shownName, subtreeOf } from "./cluster-tree.ts";
import type { Node } from "./cluster-tree.ts";
import { filteredCounts } from "./filter.ts";
import type { Filter } from "./filter.ts";

/** What a table of groups is made from. */
export interface Exported {
  readonly index: PublishedIndex;
  readonly clusters: PublishedClusters;
  readonly breakdowns: PublishedBreakdowns;
  readonly crosstabs: PublishedCrosstabs;
  readonly filter: Filter;
  /** Only these groups, by id; null: all. */
  readonly only: ReadonlySet<string> | null;
}

/** Cells that a spreadsheet would run (OWASP, CSV injection). */
const FORMULA = /^[=+\-@\t\r]/;
const NEEDS_QUOTES = /[",\r\n]/;

/** One cell (RFC 4180). Text that a spreadsheet would take for a formula is led by an apostrophe. */
export function csvCell(value: string | number): string {
  if (typeof value === "number") return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const line = (cells: readonly (string | number)[]): string => `${cells.map(csvCell).join(",")}\r\n`;

const HEADS = [
  "id",
  "parent_id",
  "level",
  "path",
  "name",
  "description",
  "name_withheld",
  "conversations_at_least",
  "conversations_at_most",
  "share",
  "share_low",
  "share_high",
  "users",
] as const;

/** Digits of shares: a millionth is finer than any interval. */
const DIGITS = 6;
const rounded = (value: number): number => Number(value.toFixed(DIGITS));

/** What the numbers stand for, above the heads; lines that begin with # are none of the table. */
function notes({ index, filter, only }: Exported): string {
  const { run_id: run, generation, minimums } = index;
  const conditions = filter.conditions.map(({ dimension, values }) => `${dimension}=${values.join("|")}`);
  const words = [
    `run ${run}`,
    `generation ${generation}`,
    `every number stands for at least ${minimums.min_conversations} conversations of at least ${minimums.min_users} users`,
    ...(conditions.length === 0 ? [] : [`filter ${conditions.join(" and ")}`]),
    ...(filter.within === null ? [] : [`within ${filter.within}`]),
    ...(only === null ? [] : [`${only.size} chosen groups`]),
  ];
  // A value of a custom facet may hold anything; a note stays one line.
  return words.map((text) => `# ${text.replaceAll(/[\r\n]+/g, " ")}\r\n`).join("");
}

/**
 * The groups of a generation as CSV, in the order of the tree: what the dashboard exports and `clio export` writes. Under a
 * filter a count is what is known to fit, and the most that may: values with too few conversations are not named. Shares are
 * of all that fit, with their 95 % interval (Wilson).
 */
export function groupsCsv(exported: Exported): string {
  const { clusters, breakdowns, crosstabs, filter, only } = exported;
  const tree = clusterTree(clusters.clusters);
  const counts = filteredCounts(filter.conditions, breakdowns, crosstabs);
  const countOf = ({ cluster: { id, conversations } }: Node): { least: number; most: number } =>
    counts?.get(id) ?? { least: conversations, most: conversations };
  const top = filter.within === null ? undefined : tree.byId.get(filter.within);
  const inside = filter.within === null ? null : new Set(top === undefined ? [] : subtreeOf(top));
  const total = (top === undefined ? tree.roots : [top]).reduce((sum, node) => sum + countOf(node).least, 0);
  const rows = tree.all
    .filter((node) => (inside === null || inside.has(node)) && (only === null || only.has(node.cluster.id)))
    .map((node) => {
      const { id, parent_id: parent, level, name, description, name_withheld: reasons, users } = node.cluster;
      const { least, most } = countOf(node);
      const interval = wilsonInterval(least, total);
      return line([
        id,
        parent ?? "",
        level,
        pathOf(node).slice(0, -1).map(shownName).join(" > "),
        name ?? "",
        description ?? "",
        reasons.join(" "),
        least,
        most,
        total === 0 ? "" : rounded(least / total),
        interval === null ? "" : rounded(interval.low),
        interval === null ? "" : rounded(interval.high),
        users,
      ]);
    });
  return notes(exported) + line(HEADS) + rows.join("");
}
