import { useEffect, useRef } from "react";
import type { PointerEvent, RefObject } from "react";
import type { Camera } from "../../url/view.ts";
import { panBy, zoomAt } from "./camera.ts";
import type { Point } from "./camera.ts";
import type { Size } from "../../ui/use-size.ts";

export interface Gestures {
  readonly onPointerDown: (event: PointerEvent) => void;
  readonly onPointerMove: (event: PointerEvent) => void;
  readonly onPointerUp: (event: PointerEvent) => void;
  readonly onPointerCancel: (event: PointerEvent) => void;
}

/** A press that moves no further is a click. */
const CLICK_PIXELS = 4;
/** Of one notch of a wheel. */
const WHEEL_ZOOM = 0.0016;

/** Panning, pinching, the wheel; while a lasso is drawn, its line. */
export function useGestures({
  element,
  size,
  move,
  lassoing,
  onClick,
  onHover,
  onLasso,
}: {
  readonly element: RefObject<HTMLElement | null>;
  readonly size: Size;
  readonly move: (next: (held: Camera) => Camera) => void;
  readonly lassoing: boolean;
  readonly onClick: (at: Point) => void;
  readonly onHover: (at: Point | null) => void;
  readonly onLasso: (line: readonly Point[], done: boolean) => void;
}): Gestures {
  const pointers = useRef(new Map<number, Point>());
  const travelled = useRef(0);
  const line = useRef<Point[]>([]);
  const latest = useRef({ size, move });
  useEffect(() => {
    latest.current = { size, move };
  });

  // React listens to wheels passively, and the page would scroll with the map.
  useEffect(() => {
    const place = element.current;
    if (place === null) return;
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      const { left, top } = place.getBoundingClientRect();
      const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * 16 : event.deltaY;
      const factor = Math.exp(-pixels * WHEEL_ZOOM * (event.ctrlKey ? 4 : 1));
      const at = { x: event.clientX - left, y: event.clientY - top };
      latest.current.move((held) => zoomAt(held, latest.current.size, at, factor));
    };
    place.addEventListener("wheel", onWheel, { passive: false });
    return () => place.removeEventListener("wheel", onWheel);
  }, [element]);

  const pointOf = (event: PointerEvent): Point => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };

  return {
    onPointerDown(event) {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      pointers.current.set(event.pointerId, pointOf(event));
      travelled.current = 0;
      line.current = lassoing ? [pointOf(event)] : [];
    },
    onPointerMove(event) {
      const at = pointOf(event);
      const before = pointers.current.get(event.pointerId);
      if (before === undefined) {
        if (event.pointerType === "mouse") onHover(at);
        return;
      }
      travelled.current += Math.hypot(at.x - before.x, at.y - before.y);
      pointers.current.set(event.pointerId, at);
      if (lassoing) {
        line.current.push(at);
        onLasso(line.current, false);
        return;
      }
      const others = [...pointers.current].filter(([id]) => id !== event.pointerId);
      const [other] = others;
      if (other === undefined) {
        move((held) => panBy(held, size, at.x - before.x, at.y - before.y));
        return;
      }
      const [, fixed] = other;
      const factor =
        Math.hypot(at.x - fixed.x, at.y - fixed.y) /
        Math.max(1, Math.hypot(before.x - fixed.x, before.y - fixed.y));
      move((held) => zoomAt(held, size, fixed, factor));
    },
    onPointerUp(event) {
      if (!pointers.current.delete(event.pointerId)) return;
      if (lassoing) {
        onLasso(line.current, true);
        line.current = [];
      } else if (travelled.current < CLICK_PIXELS) onClick(pointOf(event));
    },
    onPointerCancel(event) {
      pointers.current.delete(event.pointerId);
      line.current = [];
    },
  };
}
