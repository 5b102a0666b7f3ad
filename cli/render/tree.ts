import type { Minimums, TreeNode } from "../../shared/contracts/clusters.ts";
import type { WithheldReason } from "../../shared/contracts/privacy.ts";
import type { Paint } from "../io.ts";
import { count, cutTo, list, padStart, safe } from "./text.ts";

/** Why a name is not shown, in a few words. */
export const REASON_WORDS: Readonly<Record<WithheldReason, string>> = {
  audit_rating: "rated as identifying",
  personal_data: "holds personal data",
  rare_word: "holds a rare word",
  verbatim_text: "repeats a conversation",
  not_audited: "could not be audited",
};

export interface TreeOptions {
  readonly width: number;
  readonly paint: Paint;
  /** Conversations that shares are of. */
  readonly total: number;
  /** Why names are withheld, by cluster; null when nothing was audited: names are then simply not given yet. */
  readonly reasons: ReadonlyMap<string, readonly WithheldReason[]> | null;
  /** Names of clusters below these minimums are not shown, when they were not taken out already. */
  readonly belowMinimums: { readonly ids: ReadonlySet<string>; readonly minimums: Minimums } | null;
  /** Children shown of each node; the rest is counted. */
  readonly maxChildren?: number;
  /** Levels shown, roots being the first. */
  readonly depth?: number;
}

/** What a cluster is called in a terminal. */
export function shownName(node: TreeNode, { reasons, belowMinimums, paint }: TreeOptions): string {
  if (belowMinimums?.ids.has(node.id) === true) {
    const { min_users: users, min_conversations: conversations } = belowMinimums.minimums;
    return paint("dim", `(withheld: below the minimums of ${users} users and ${conversations} conversations)`);
  }
  if (node.name !== null) return safe(node.name);
  if (reasons === null) return paint("dim", `(not named yet) ${node.id}`);
  const why = (reasons.get(node.id) ?? []).map((reason) => REASON_WORDS[reason]);
  return paint("dim", `(name withheld: ${why.length === 0 ? "not said" : list(why)})`);
}

/** Cells of the columns before the names: conversations and share. */
const SHARE_CELLS = 5;

function share(size: number, total: number): string {
  if (total === 0) return "";
  const rounded = Math.round((100 * size) / total);
  return rounded === 0 ? "<1 %" : `${rounded} %`;
}

/** One line a cluster: conversations, share, and the name behind the lines of its branch; largest first as given. */
export function tree(roots: readonly TreeNode[], options: TreeOptions): string {
  const { width, paint, total, maxChildren = Number.POSITIVE_INFINITY, depth = Number.POSITIVE_INFINITY } = options;
  const sizeCells = Math.max(...roots.map((root) => count(root.size).length), 1);
  const lines: string[] = [];
  const line = (numbers: string, branch: string, name: string): void => {
    const before = `  ${numbers}  `;
    // A painted name is our own words, which fit; names from data are cut.
    const room = Math.max(10, width - before.length - branch.length);
    lines.push(`${paint("cyan", before)}${paint("dim", branch)}${name.includes("\u001b") ? name : cutTo(name, room)}`);
  };
  const numbersOf = (node: TreeNode): string =>
    `${padStart(count(node.size), sizeCells)} ${padStart(share(node.size, total), SHARE_CELLS)}`;
  const blank = " ".repeat(sizeCells + 1 + SHARE_CELLS);

  const below = (node: TreeNode, stem: string, level: number): void => {
    if (node.children.length === 0) return;
    if (level > depth) {
      line(blank, `${stem}└─ `, paint("dim", `… ${hidden(node.children)}`));
      return;
    }
    // One child more is shown rather than counted: the line would be as long.
    const shown = node.children.length <= maxChildren + 1 ? node.children : node.children.slice(0, maxChildren);
    const rest = node.children.slice(shown.length);
    shown.forEach((child, i) => {
      const last = i === shown.length - 1 && rest.length === 0;
      line(numbersOf(child), `${stem}${last ? "└─ " : "├─ "}`, shownName(child, options));
      below(child, `${stem}${last ? "   " : "│  "}`, level + 1);
    });
    if (rest.length > 0) line(blank, `${stem}└─ `, paint("dim", `… ${rest.length} more`));
  };
  for (const root of roots) {
    const name = shownName(root, options);
    line(numbersOf(root), "", root.children.length > 0 && !name.includes("\u001b") ? paintedCut(name, paint, width - blank.length - 4) : name);
    below(root, "", 2);
  }
  return lines.join("\n");
}

function paintedCut(name: string, paint: Paint, cells: number): string {
  return paint("bold", cutTo(name, Math.max(10, cells)));
}

function hidden(children: readonly TreeNode[]): string {
  const all = children.reduce((sum, child) => sum + 1 + countBelow(child), 0);
  return `${count(all)} below`;
}

function countBelow(node: TreeNode): number {
  return node.children.reduce((sum, child) => sum + 1 + countBelow(child), 0);
}
