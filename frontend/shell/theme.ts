import { useSyncExternalStore } from "react";
import type { Theme } from "../model/colour.ts";

const THEME_CHOICES = ["system", "light", "dark"] as const;
type ThemeChoice = (typeof THEME_CHOICES)[number];

const KEY = "clio.theme";
const dark = matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();

function choice(): ThemeChoice {
  const kept = localStorage.getItem(KEY);
  return THEME_CHOICES.find((each) => each === kept) ?? "system";
}

function theme(): Theme {
  const chosen = choice();
  return chosen === "system" ? (dark.matches ? "dark" : "light") : chosen;
}

function apply(): void {
  document.documentElement.dataset["theme"] = theme();
  for (const listener of listeners) listener();
}

function setThemeChoice(next: ThemeChoice): void {
  localStorage.setItem(KEY, next);
  apply();
}

export function nextTheme(): void {
  setThemeChoice(THEME_CHOICES[(THEME_CHOICES.indexOf(choice()) + 1) % THEME_CHOICES.length]!);
}

/** Called once, before the first drawing. */
export function startTheme(): void {
  dark.addEventListener("change", apply);
  apply();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useTheme = (): Theme => useSyncExternalStore(subscribe, theme);
export const useThemeChoice = (): ThemeChoice => useSyncExternalStore(subscribe, choice);
