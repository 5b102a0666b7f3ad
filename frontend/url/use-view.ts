import { useCallback, useMemo } from "react";
import { useLocation, useSearch } from "wouter";
import { parseView, writeView } from "./view.ts";
import type { Parsed, View } from "./view.ts";

type Change = Partial<View> | ((view: View) => Partial<View>);

/**
 * What is shown, as the address says it, and how to change it. Each change is a step that the browser's Back undoes, unless
 * `replace` says that it goes on with the last one, as moving the map does.
 */
export function useView(): Parsed & {
  readonly change: (change: Change, options?: { readonly replace?: boolean }) => void;
} {
  const [path, navigate] = useLocation();
  const search = useSearch();
  const parsed = useMemo(() => parseView(search), [search]);
  const change = useCallback(
    (wanted: Change, { replace = false }: { readonly replace?: boolean } = {}) => {
      // From the address itself: several changes may come before the next drawing.
      const before = window.location.search;
      const { view } = parseView(before);
      const next = writeView(
        { ...view, ...(typeof wanted === "function" ? wanted(view) : wanted) },
        before.replace(/^\?/, ""),
      );
      if (`?${next}` === before || (next === "" && before === "")) return;
      navigate(next === "" ? path : `${path}?${next}`, { replace });
    },
    [navigate, path],
  );
  return { ...parsed, change };
}
