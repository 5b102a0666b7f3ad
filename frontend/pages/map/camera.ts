import type { Size } from "../../ui/use-size.ts";
import type { Camera } from "../../url/view.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export const WHOLE: Camera = { x: 0, y: 0, zoom: 1 };
const LEAST_ZOOM = 0.5;
const MOST_ZOOM = 60;
/** Of the smaller side of the picture, at zoom 1. */
const FILLED = 0.94;

/** Pixels of one unit of the map: at zoom 1 the square [-1, 1] fits into the picture. */
export function pixelsPerUnit({ zoom }: Camera, { width, height }: Size): number {
  return (Math.min(width, height) / 2) * FILLED * zoom;
}

/** From the map to the picture, whose y grows downward. */
export function project(camera: Camera, size: Size, { x, y }: Point): Point {
  const scale = pixelsPerUnit(camera, size);
  return { x: size.width / 2 + (x - camera.x) * scale, y: size.height / 2 - (y - camera.y) * scale };
}

export function unproject(camera: Camera, size: Size, { x, y }: Point): Point {
  const scale = pixelsPerUnit(camera, size);
  return { x: camera.x + (x - size.width / 2) / scale, y: camera.y - (y - size.height / 2) / scale };
}

const within = (value: number, most: number): number => Math.min(most, Math.max(-most, value));

/** Keeps some of the map in the picture. */
export function bounded({ x, y, zoom }: Camera): Camera {
  return { x: within(x, 1.2), y: within(y, 1.2), zoom: Math.min(MOST_ZOOM, Math.max(LEAST_ZOOM, zoom)) };
}

/** Zooms by a factor so that what is under a pixel stays there. */
export function zoomAt(camera: Camera, size: Size, pixel: Point, factor: number): Camera {
  const under = unproject(camera, size, pixel);
  const zoomed = bounded({ ...camera, zoom: camera.zoom * factor });
  const now = unproject(zoomed, size, pixel);
  return bounded({ ...zoomed, x: zoomed.x + under.x - now.x, y: zoomed.y + under.y - now.y });
}

export function panBy(camera: Camera, size: Size, dx: number, dy: number): Camera {
  const scale = pixelsPerUnit(camera, size);
  return bounded({ ...camera, x: camera.x - dx / scale, y: camera.y + dy / scale });
}

/** A camera that shows all the points, with some ground around them. */
export function fitting(points: readonly Point[]): Camera {
  if (points.length === 0) return WHOLE;
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const reach = Math.max(right - left, high - low, 0.12) / 2 + 0.06;
  return bounded({ x: (left + right) / 2, y: (low + high) / 2, zoom: 1 / reach });
}
