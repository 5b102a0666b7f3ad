import type { Style } from "../../export/picture.ts";
import type { MapPicture } from "./map-canvas.tsx";

const LINE_HEIGHT = 17;

/** The map as it is seen: dots, and names on a rim of the ground's colour. */
export function paintMap(
  map: MapPicture,
  context: CanvasRenderingContext2D,
  ratio: number,
  { ground, ink, font }: Style,
): void {
  map.paint(context, ratio);
  context.scale(ratio, ratio);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.font = font(13, 600);
  context.lineJoin = "round";
  for (const { x, y, lines } of map.labels)
    lines.forEach((line, i) => {
      const at = y + (i - (lines.length - 1) / 2) * LINE_HEIGHT;
      context.lineWidth = 4;
      context.strokeStyle = ground;
      context.strokeText(line, x, at);
      context.fillStyle = ink;
      context.fillText(line, x, at);
    });
}
