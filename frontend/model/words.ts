import { NO_VALUE, OTHER_VALUES } from "../../shared/contracts/published.ts";
import type { BreakdownDimension } from "../../shared/contracts/published.ts";

/** A value as people read it. */
export function valueWords(dimension: BreakdownDimension, value: string): string {
  if (value === OTHER_VALUES) return "too few to show";
  if (value === NO_VALUE) return dimension === "week" ? "no date" : "no answer";
  if (dimension === "language") return languageName(value);
  if (dimension === "week") return `week of ${value}`;
  return value;
}

let languages: Intl.DisplayNames | null = null;
export function languageName(tag: string): string {
  try {
    languages ??= new Intl.DisplayNames(["en"], { type: "language" });
    return languages.of(tag) ?? tag;
  } catch {
    return tag;
  }
}

export function dimensionWords(dimension: BreakdownDimension): string {
  if (dimension.startsWith("facet:")) return dimension.slice("facet:".length).replaceAll("_", " ");
  return dimension[0]!.toUpperCase() + dimension.slice(1);
}
