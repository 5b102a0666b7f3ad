import { hcl } from "d3-color";
import type { Node } from "../../shared/domain/published/cluster-tree.ts";

export type Theme = "light" | "dark";

/** Hues in degrees, ordered so that neighbours in the list are far apart; twelve families can be told from each other. */
const HUES = [215, 45, 150, 330, 95, 265, 15, 185, 65, 300, 125, 240];
/** Lightness steps among the members of a family, and the middle of each theme, so that marks keep 3:1 on their ground. */
const STEPS = [0, 1, -1, 2, -2];
const LIGHTNESS = { light: { middle: 48, step: 4.5 }, dark: { middle: 70, step: 5 } } as const;
const CHROMA = { light: 46, dark: 44 } as const;

/** A cluster's colour: its root's hue, and a lightness of its own among its relatives. */
export function familyColour(
  { family, place, children }: Pick<Node, "family" | "place" | "children">,
  theme: Theme,
): string {
  const { middle, step } = LIGHTNESS[theme];
  const hue = HUES[family % HUES.length]!;
  // Families beyond the twelfth repeat a hue in a duller tone.
  const dull = 1 - Math.min(3, Math.floor(family / HUES.length)) * 0.25;
  const shift = children.length > 0 ? 0 : STEPS[place % STEPS.length]! * step;
  return hcl(hue, CHROMA[theme] * dull, middle + shift).formatHex();
}

/** Sequential: little to much, from 0 to 1; readable without hue. */
export function rampColour(t: number, theme: Theme): string {
  const at = Math.min(1, Math.max(0, t));
  return theme === "light"
    ? hcl(80 - 60 * at, 18 + 42 * at, 78 - 44 * at).formatHex()
    : hcl(80 - 60 * at, 14 + 46 * at, 42 + 38 * at).formatHex();
}

/** What nothing is known about. */
export function unknownColour(theme: Theme): string {
  return theme === "light" ? "#a7a297" : "#5d6463";
}
