import type { Minimums, TreeNode } from "../../shared/contracts/clusters.ts";
import type { WithheldReason } from "../../shared/contracts/privacy.ts";
import type { Paint } from "../io.ts";
import { count, cutTo, list, padStart, safe } from "./text.ts";

/** Why a name is not shown, in a few words. */
export const REASON_WORDS: Readonly<Record<WithheldReason, string>> = {
  audit_rating: "could identify somebody",
  personal_data: "personal data",
  rare_word: "rare word",
  verbatim_text: "repeats a conversation",
  not_audited: "not audited",
};

/** What stands in for names. */
export interface Withholding {
  /** Why names are withheld, by cluster; null when nothing was audited. */
  readonly reasons: ReadonlyMap<string, readonly WithheldReason[]> | null;
  /** Clusters below the minimums that are still in the tree: their names are not shown. */
  readonly below: { readonly ids: ReadonlySet<string>; readonly minimums: Minimums } | null;
}

export interface TreeOptions {
  readonly width: number;
  readonly paint: Paint;
  /** Conversations that shares are of. */
  readonly total: number;
  readonly withholding: Withholding;
  /** Children shown of each node; the rest is counted. */
  readonly maxChildren?: number;
  /** Levels shown, roots being the first. */
  readonly depth?: number;
}

/** Cells of the column with the shares: "100 %". */
const SHARE_CELLS = 5;
/** A name keeps this many cells, however deep it stands. */
const LEAST_NAME = 12;

/** Why a name is withheld, or null when it may be shown. */
export function withheldWords(
  id: string,
  name: string | null,
  { reasons, below }: Withholding,
): string | null {
  if (below?.ids.has(id) === true) {
    const { min_users: users, min_conversations: conversations } = below.minimums;
    return `below the minimums of ${users} users and ${conversations} conversations`;
  }
  if (name !== null || reasons === null) return null;
  const why = (reasons.get(id) ?? []).map((reason) => REASON_WORDS[reason]);
  return why.length === 0 ? "no reason recorded" : list(why);
}

/** One line a cluster, in the order given: conversations, share, and the name behind the lines of its branch. */
export function tree(roots: readonly TreeNode[], options: TreeOptions): string {
  const { width, paint, total, withholding } = options;
  const { maxChildren = Number.POSITIVE_INFINITY, depth = Number.POSITIVE_INFINITY } = options;
  const sizeCells = Math.max(1, ...roots.map((root) => count(root.size).length));
  const blank = " ".repeat(sizeCells + 1 + SHARE_CELLS);
  const lines: string[] = [];

  const add = (
    numbers: string,
    branch: string,
    text: string,
    painted: (text: string) => string,
    suffix = "",
  ): void => {
    const room = Math.max(LEAST_NAME, width - blank.length - branch.length - suffix.length - 4);
    const line = `  ${paint("cyan", numbers)}  ${paint("dim", branch)}${painted(cutTo(text, room))}${dim(suffix)}`;
    lines.push(line.trimEnd());
  };
  const dim = (text: string): string => paint("dim", text);

  const addNode = (node: TreeNode, branch: string, level: number): void => {
    const { id, name, size, children } = node;
    const numbers = `${padStart(count(size), sizeCells)} ${padStart(share(size, total), SHARE_CELLS)}`;
    const suffix = level === depth && children.length > 0 ? `  … ${count(countBelow([node]))} below` : "";
    const withheld = withheldWords(id, name, withholding);
    const inner = (text: string): string => (children.length > 0 ? paint("bold", text) : text);
    if (withheld !== null) add(numbers, branch, `(name withheld: ${withheld})`, dim, suffix);
    else if (name === null) add(numbers, branch, `(not named yet) ${id}`, dim, suffix);
    else add(numbers, branch, safe(name), inner, suffix);
  };
  const addChildren = ({ children }: TreeNode, stem: string, level: number): void => {
    if (level > depth) return;
    // One child over the limit is shown: the line that counts it would be as long.
    const shown = children.length <= maxChildren + 1 ? children : children.slice(0, maxChildren);
    const rest = children.length - shown.length;
    shown.forEach((child, i) => {
      const last = i === shown.length - 1 && rest === 0;
      addNode(child, `${stem}${last ? "└─ " : "├─ "}`, level);
      addChildren(child, `${stem}${last ? "   " : "│  "}`, level + 1);
    });
    if (rest > 0) add(blank, `${stem}└─ `, `… ${count(rest)} more`, dim);
  };

  for (const root of roots) {
    addNode(root, "", 1);
    addChildren(root, "", 2);
  }
  return lines.join("\n");
}

function share(size: number, total: number): string {
  if (total === 0) return "";
  const rounded = Math.round((100 * size) / total);
  return rounded === 0 ? "<1 %" : `${rounded} %`;
}

function countBelow(nodes: readonly TreeNode[]): number {
  return nodes.reduce((sum, { children }) => sum + children.length + countBelow(children), 0);
}
