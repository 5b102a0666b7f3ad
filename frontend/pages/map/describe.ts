import type { Node } from "../../../shared/domain/published/cluster-tree.ts";
import { shownName } from "../../../shared/domain/published/cluster-tree.ts";
import { count, percent } from "../../model/numbers.ts";
import type { Anchor } from "./anchors.ts";

const THIRD = 1 / 3;
/** Characters of a name in a sentence. */
const NAME = 80;

/** "at the top left", "in the middle": where on the picture a group is. */
export function whereWords({ x, y }: Anchor): string {
  const vertical = y > THIRD ? "top" : y < -THIRD ? "bottom" : "";
  const horizontal = x < -THIRD ? "left" : x > THIRD ? "right" : "";
  const words = [vertical, horizontal].filter((word) => word !== "").join(" ");
  return words === "" ? "in the middle" : `at the ${words}`;
}

/** One group as a sentence tells it. */
export function nodeWords(node: Node, total: number): string {
  const name = shownName(node);
  const { conversations } = node.cluster;
  return `${name.length > NAME ? `${name.slice(0, NAME)}…` : name}: ${count(conversations)} conversations, ${percent(conversations / total)}`;
}

/** What the picture tells, for who does not see it: the largest groups and where they lie. */
export function mapWords(
  roots: readonly Node[],
  anchors: ReadonlyMap<Node, Anchor>,
  total: number,
): readonly string[] {
  return roots.slice(0, 12).map((node) => {
    const anchor = anchors.get(node);
    return `${nodeWords(node, total)}${anchor === undefined ? "" : `, ${whereWords(anchor)}`}`;
  });
}
