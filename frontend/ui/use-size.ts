import { useEffect, useState } from "react";
import type { RefObject } from "react";

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Size of an element in pixels of the page, as it changes. */
export function useSize(element: RefObject<HTMLElement | null>): Size {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  useEffect(() => {
    const seen = element.current;
    if (seen === null) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry === undefined) return;
      const { width, height } = entry.contentRect;
      setSize({ width, height });
    });
    observer.observe(seen);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
