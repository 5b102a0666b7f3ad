import type { Node } from "../../../shared/domain/published/cluster-tree.ts";
import { shownName } from "../../../shared/domain/published/cluster-tree.ts";
import type { Camera } from "../../url/view.ts";
import type { Anchor } from "./anchors.ts";
import { project } from "./camera.ts";
import type { Size } from "../../ui/use-size.ts";

export interface Label {
  readonly node: Node;
  /** Middle of the label, in pixels. */
  readonly x: number;
  readonly y: number;
  readonly lines: readonly string[];
}

/** Characters of a line (datamapplot wraps alike). */
const LINE = 24;
const MOST_LINES = 3;
export const MOST_LABELS = 60;
/** Pixels of a character and of a line at the label's size, with room around. */
const CHARACTER = 7.7;
const LINE_HEIGHT = 16;
const PADDING = 8;
/** Where a name is tried: on its group, then a little beside it, in halves of its width and whole heights. */
const PLACES = [
  [0, 0],
  [0, -0.8],
  [0, 0.8],
  [0.6, 0],
  [-0.6, 0],
] as const;
/** Side of the squares that boxes are looked up by. */
const BUCKET = 64;

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });
/** A text as what a reader counts as characters: an emoji is one. */
const charactersOf = (text: string): string[] =>
  Array.from(segmenter.segment(text), ({ segment }) => segment);
/** Of ten kilobytes the beginning is enough. */
const LOOKED_AT = 400;

function shortened(text: string, most: number): string {
  const characters = charactersOf(text);
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join("")}…`;
}

/** A name in lines of at most 24 characters; what is longer ends in an ellipsis. Linear, whatever the name is. */
export function wrapLabel(name: string): readonly string[] {
  const words = name.slice(0, LOOKED_AT).replaceAll(/\s+/g, " ").trim().split(" ");
  const lines: string[] = [];
  let line = "";
  for (const word of words) {
    const cut = shortened(word, LINE);
    if (line === "") line = cut;
    else if (charactersOf(line).length + 1 + charactersOf(cut).length <= LINE) line += ` ${cut}`;
    else {
      lines.push(line);
      line = cut;
    }
    if (lines.length > MOST_LINES) break;
  }
  if (line !== "") lines.push(line);
  if (lines.length <= MOST_LINES) return lines;
  const [last = ""] = lines.slice(MOST_LINES - 1);
  return [...lines.slice(0, MOST_LINES - 1), shortened(`${last} …`, LINE)];
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}
const overlaps = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** Boxes that are taken, found by the squares they touch. */
function taken(): { readonly isFree: (box: Box) => boolean; readonly take: (box: Box) => void } {
  const buckets = new Map<string, Box[]>();
  function* keysOf({ left, right, top, bottom }: Box): Generator<string> {
    for (let x = Math.floor(left / BUCKET); x <= Math.floor(right / BUCKET); x++)
      for (let y = Math.floor(top / BUCKET); y <= Math.floor(bottom / BUCKET); y++) yield `${x},${y}`;
  }
  return {
    isFree: (box) => {
      for (const key of keysOf(box))
        if (buckets.get(key)?.some((other) => overlaps(box, other)) === true) return false;
      return true;
    },
    take: (box) => {
      for (const key of keysOf(box)) {
        const held = buckets.get(key);
        if (held === undefined) buckets.set(key, [box]);
        else held.push(box);
      }
    },
  };
}

export interface LabelsOptions {
  /** In the order of their importance: what comes first gets its place. */
  readonly nodes: readonly Node[];
  readonly anchors: ReadonlyMap<Node, Anchor>;
  readonly camera: Camera;
  readonly size: Size;
  /** Shown whatever is in their way. */
  readonly pinned: ReadonlySet<Node>;
}

/** Which names are shown and where: greedily by importance, none over another, at most 60. */
export function placeLabels({ nodes, anchors, camera, size, pinned }: LabelsOptions): readonly Label[] {
  const ground = taken();
  const labels: Label[] = [];
  for (const node of [...pinned, ...nodes.filter((each) => !pinned.has(each))]) {
    if (labels.length >= MOST_LABELS) break;
    const anchor = anchors.get(node);
    if (anchor === undefined) continue;
    const { x, y } = project(camera, size, anchor);
    if (x < 0 || y < 0 || x > size.width || y > size.height) continue;
    const lines = wrapLabel(shownName(node));
    const width = Math.max(...lines.map((line) => charactersOf(line).length), 1) * CHARACTER + PADDING;
    const height = lines.length * LINE_HEIGHT + PADDING;
    for (const [right, down] of PLACES) {
      // Names at the edge move in, rather than being cut.
      const inside = {
        x: Math.min(size.width - width / 2, Math.max(width / 2, x + (right * width) / 2)),
        y: Math.min(size.height - height / 2, Math.max(height / 2, y + down * height)),
      };
      const box = {
        left: inside.x - width / 2,
        right: inside.x + width / 2,
        top: inside.y - height / 2,
        bottom: inside.y + height / 2,
      };
      if (!pinned.has(node) && !ground.isFree(box)) continue;
      ground.take(box);
      labels.push({ node, ...inside, lines });
      break;
    }
  }
  return labels;
}
