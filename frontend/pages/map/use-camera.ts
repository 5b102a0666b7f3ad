import { useCallback, useEffect, useRef, useState } from "react";
import type { Camera } from "../../url/view.ts";
import { useView } from "../../url/use-view.ts";

/** The address follows so much later: Chrome takes 200 changes in 30 seconds. */
const SETTLE_MS = 350;

const same = (a: Camera, b: Camera): boolean =>
  Number(a.x.toPrecision(3)) === Number(b.x.toPrecision(3)) &&
  Number(a.y.toPrecision(3)) === Number(b.y.toPrecision(3)) &&
  Number(a.zoom.toPrecision(3)) === Number(b.zoom.toPrecision(3));

/** Where the map is looked at from: moves at once, and is in the address once it rests. */
/** @param whole what is seen when the address says nothing. */
export function useCamera(
  whole: Camera,
): readonly [Camera, (next: Camera | ((held: Camera) => Camera)) => void] {
  const { view, change } = useView();
  const wanted = view.camera ?? whole;
  const [camera, setCamera] = useState(wanted);
  const written = useRef(wanted);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  // What Back or a link says, and not what this map has just written there.
  useEffect(() => {
    if (same(wanted, written.current)) return;
    written.current = wanted;
    setCamera(wanted);
  }, [wanted]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const move = useCallback(
    (next: Camera | ((held: Camera) => Camera)) => {
      setCamera((held) => {
        const moved = typeof next === "function" ? next(held) : next;
        clearTimeout(timer.current);
        timer.current = setTimeout(() => {
          written.current = moved;
          change({ camera: same(moved, whole) ? null : moved }, { replace: true });
        }, SETTLE_MS);
        return moved;
      });
    },
    [change, whole],
  );
  return [camera, move];
}
