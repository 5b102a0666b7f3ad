import type { Camera } from "../../url/view.ts";
import type { Size } from "../../ui/use-size.ts";

/** What draws the dots: WebGL, or a plain canvas where there is none. Knows neither groups nor React. */
export interface DotPainter {
  readonly kind: "webgl" | "canvas";
  readonly canvas: HTMLCanvasElement;
  /** x, y, x, y …, each from -1 to 1. */
  setPositions(positions: Float32Array): void;
  /** Red, green, blue and opacity of each dot, 0 to 255. */
  setColours(colours: Uint8Array): void;
  /** @param diameter of a dot, in pixels of the page. */
  draw(camera: Camera, size: Size, pixelRatio: number, diameter: number): void;
  destroy(): void;
}

/** Diameter of a dot: small where there are many, growing as the map comes closer. */
export function dotDiameter(n: number, zoom: number): number {
  const base = n > 50_000 ? 1.8 : n > 10_000 ? 2.6 : n > 3_000 ? 3.6 : 4.6;
  return Math.min(10, base * Math.max(0.8, zoom ** 0.45));
}
