import { contourDensity } from "d3-contour";
import type { ContourMultiPolygon } from "d3-contour";
import type { MapCell } from "../../../shared/contracts/published.ts";
import type { Camera } from "../../url/view.ts";
import { project } from "./camera.ts";
import type { Size } from "../../ui/use-size.ts";

/** Side of the square that contours are computed on. */
const SIDE = 400;
const BANDWIDTH = 9;
const LEVELS = 12;

export type Contours = readonly ContourMultiPolygon[];

/** Lines of equal density over the cells of the map. */
export function contoursOf(cells: readonly MapCell[], grid: number): Contours {
  return contourDensity<MapCell>()
    .x(({ column }) => ((column + 0.5) / grid) * SIDE)
    .y(({ row }) => ((row + 0.5) / grid) * SIDE)
    .weight(({ conversations }) => conversations)
    .size([SIDE, SIDE])
    .bandwidth(BANDWIDTH)
    .thresholds(LEVELS)([...cells]);
}

/** Draws them, the denser the darker. */
export function drawContours(
  context: CanvasRenderingContext2D,
  contours: Contours,
  camera: Camera,
  size: Size,
  pixelRatio: number,
  colour: string,
): void {
  context.save();
  context.scale(pixelRatio, pixelRatio);
  context.fillStyle = colour;
  context.strokeStyle = colour;
  context.lineWidth = 0.75;
  for (const { coordinates } of contours) {
    context.beginPath();
    for (const polygon of coordinates)
      for (const ring of polygon) {
        ring.forEach(([cx = 0, cy = 0], i) => {
          const { x, y } = project(camera, size, { x: (cx / SIDE) * 2 - 1, y: (cy / SIDE) * 2 - 1 });
          if (i === 0) context.moveTo(x, y);
          else context.lineTo(x, y);
        });
        context.closePath();
      }
    context.globalAlpha = 0.09;
    context.fill("evenodd");
    context.globalAlpha = 0.35;
    context.stroke();
  }
  context.restore();
}
