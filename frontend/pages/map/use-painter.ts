import { useEffect, useRef, useState } from "react";
import type { RefObject } from "react";
import { canvasPainter } from "./canvas-painter.ts";
import type { DotPainter } from "./painter.ts";
import { webglPainter } from "./webgl-painter.ts";

/** webgl: as it should be. lost: the context went, the plain canvas draws meanwhile. none: this browser has no WebGL. */
export type Drawing = "webgl" | "lost" | "none";

/** Between looks whether WebGL is back. */
const RETRY_MS = 2_000;
/** Lost so often it stays with the plain canvas. */
const MOST_LOSSES = 3;

/**
 * A painter in `holder`, with a canvas of its own: once a canvas has had one kind of context it takes no other.
 */
export function usePainter(holder: RefObject<HTMLDivElement | null>): {
  readonly painter: DotPainter | null;
  readonly drawing: Drawing;
} {
  const [painter, setPainter] = useState<DotPainter | null>(null);
  const [drawing, setDrawing] = useState<Drawing>("webgl");
  const losses = useRef(0);

  useEffect(() => {
    const place = holder.current;
    if (place === null) return;
    const canvas = document.createElement("canvas");
    canvas.className = "absolute inset-0 size-full";
    canvas.setAttribute("aria-hidden", "true");
    place.append(canvas);
    const onLost = (): void => {
      losses.current += 1;
      setDrawing("lost");
    };
    const webgl = drawing === "webgl" ? webglPainter(canvas, onLost) : null;
    const made = webgl ?? (drawing === "webgl" ? null : canvasPainter(canvas));
    if (made === null && drawing === "webgl") setDrawing("none");
    setPainter(made);
    const retry =
      drawing === "lost" && losses.current <= MOST_LOSSES
        ? setTimeout(() => setDrawing("webgl"), RETRY_MS)
        : undefined;
    return () => {
      clearTimeout(retry);
      made?.destroy();
      canvas.remove();
      setPainter(null);
    };
  }, [holder, drawing]);

  return { painter, drawing };
}
