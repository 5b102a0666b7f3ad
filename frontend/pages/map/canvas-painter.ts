import { pixelsPerUnit } from "./camera.ts";
import type { DotPainter } from "./painter.ts";

/** Dots on a plain canvas, for browsers without WebGL: the same places and colours, square dots, one fill per colour. */
export function canvasPainter(canvas: HTMLCanvasElement): DotPainter | null {
  const context = canvas.getContext("2d");
  if (context === null) return null;
  let positions = new Float32Array();
  let colours = new Uint8Array();
  /** Dots in the order of their colours, so that the fill changes as seldom as there are colours. */
  let order: Uint32Array | null = null;

  function ordered(words: Uint32Array): Uint32Array {
    order ??= Uint32Array.from({ length: words.length }, (_, i) => i).sort((a, b) => words[a]! - words[b]!);
    return order;
  }

  return {
    kind: "canvas",
    canvas,
    setPositions(next) {
      positions = next as Float32Array<ArrayBuffer>;
    },
    setColours(next) {
      colours = next as Uint8Array<ArrayBuffer>;
      order = null;
    },
    draw(camera, size, pixelRatio, diameter) {
      const width = Math.round(size.width * pixelRatio);
      const height = Math.round(size.height * pixelRatio);
      if (canvas.width !== width || canvas.height !== height) {
        canvas.width = width;
        canvas.height = height;
      }
      context.clearRect(0, 0, width, height);
      if (colours.length * 2 < positions.length * 4) return;
      const words = new Uint32Array(colours.buffer, colours.byteOffset, colours.length / 4);
      const scale = pixelsPerUnit(camera, size) * pixelRatio;
      const side = Math.max(1, diameter * pixelRatio * 0.85);
      let last = -1;
      for (const i of ordered(words)) {
        const x = width / 2 + (positions[i * 2]! - camera.x) * scale - side / 2;
        const y = height / 2 - (positions[i * 2 + 1]! - camera.y) * scale - side / 2;
        if (x < -side || y < -side || x > width || y > height) continue;
        if (words[i] !== last) {
          last = words[i]!;
          const at = i * 4;
          context.fillStyle = `rgba(${colours[at]},${colours[at + 1]},${colours[at + 2]},${colours[at + 3]! / 255})`;
        }
        context.fillRect(x, y, side, side);
      }
    },
    destroy() {
      positions = new Float32Array();
      colours = new Uint8Array();
    },
  };
}
