import { useEffect, useRef } from "react";

const ENABLED_KEY = "clio.shortcuts";
export const shortcutsEnabled = (): boolean => localStorage.getItem(ENABLED_KEY) !== "off";
export const setShortcutsEnabled = (on: boolean): void =>
  localStorage.setItem(ENABLED_KEY, on ? "on" : "off");

/** Every key the pages listen to, as the help lists them. */
export const SHORTCUTS: readonly (readonly [keys: string, what: string])[] = [
  ["/ or Ctrl K", "Search groups, values, pages, runs and actions"],
  [
    "g then r n o m h c p e a l",
    "Go to Runs, New run, Overview, Map, Hierarchy, Conversations, Privacy, Evaluation, Artifacts, Progress & Logs",
  ],
  ["[ and ]", "Map: names of the level above or below"],
  ["+ − 0", "Map: closer, further, all of it"],
  ["Arrows, Enter", "Map: from group to group, select; Hierarchy: move, open and close"],
  ["l", "Map: draw a lasso"],
  ["y", "Copy the address of this view"],
  ["t", "Next theme"],
  ["Esc", "Close what is open, then clear the selection, then the filter"],
  ["?", "This help"],
];

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));

/** Time within which the second key of "g m" counts. */
const SEQUENCE_MS = 1_200;

/**
 * Single keys while nothing is typed into, and sequences of two: "g m". They can be switched off (WCAG 2.1.4); Ctrl K and
 * Escape stay.
 */
export function useShortcuts(handlers: Readonly<Record<string, (event: KeyboardEvent) => void>>): void {
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  useEffect(() => {
    let first: { key: string; at: number } | null = null;
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.altKey) return;
      const { key } = event;
      if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === "k") {
        latest.current["Ctrl K"]?.(event);
        return;
      }
      if (event.ctrlKey || event.metaKey) return;
      if (key !== "Escape" && (isTyping(event.target) || !shortcutsEnabled())) return;
      const sequence =
        first !== null && event.timeStamp - first.at < SEQUENCE_MS ? `${first.key} ${key}` : null;
      first = { key, at: event.timeStamp };
      const handler = (sequence === null ? undefined : latest.current[sequence]) ?? latest.current[key];
      if (handler !== undefined) handler(event);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}
