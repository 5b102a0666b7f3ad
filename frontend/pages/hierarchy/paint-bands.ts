import { shownName } from "../../../shared/domain/published/cluster-tree.ts";
import type { Node } from "../../../shared/domain/published/cluster-tree.ts";
import type { Style } from "../../export/picture.ts";
import type { IcicleCell } from "./icicle-layout.ts";
import { LEAST_FOR_TEXT, clipped } from "./icicle-text.ts";

/** Size of the picture, CSS pixels. */
export const BANDS_SIZE = { width: 1200, height: 600 } as const;

export interface Bands {
  readonly cells: readonly IcicleCell[];
  readonly colourOf: (node: Node) => string;
  /** What stands below a name. */
  readonly numberOf: (node: Node) => string;
}

/** The bands as they are seen. */
export function paintBands(
  { cells, colourOf, numberOf }: Bands,
  context: CanvasRenderingContext2D,
  ratio: number,
  { ink, soft, font }: Style,
): void {
  const { width: across, height: down } = BANDS_SIZE;
  context.scale(ratio, ratio);
  context.textAlign = "left";
  context.textBaseline = "alphabetic";
  for (const { node, x0, x1, y0, y1 } of cells) {
    const [x, y, width, height] = [x0 * across, y0 * down, (x1 - x0) * across, (y1 - y0) * down];
    context.globalAlpha = node.children.length > 0 ? 0.5 : 0.32;
    context.fillStyle = colourOf(node);
    context.fillRect(x + 0.5, y + 0.5, Math.max(0.5, width - 1), height - 1);
    context.globalAlpha = 1;
    if (width <= LEAST_FOR_TEXT) continue;
    context.font = font(13);
    context.fillStyle = ink;
    context.fillText(clipped(shownName(node), width), x + 6, y + 18, width - 8);
    context.font = font(11);
    context.fillStyle = soft;
    context.fillText(numberOf(node), x + 6, y + 34, width - 8);
  }
}
