import { rgb } from "d3-color";
import type { Dots } from "./dots.ts";

/** Opacity of dots: of those meant, and of those that stand back. */
const FULL = 215;
const DIMMED = 38;

export interface LeafLook {
  readonly colour: string;
  /** Of its dots, the part that is meant, from 0 to 1. */
  readonly share: number;
}

/** Colours of all dots, four bytes each. @param looks by the number of the base cluster. */
export function dotColours({ n, leaf, rank }: Dots, looks: readonly LeafLook[]): Uint8Array {
  const channels = looks.map(({ colour }) => rgb(colour));
  const bytes = new Uint8Array(n * 4);
  for (let i = 0; i < n; i++) {
    const at = leaf[i]!;
    const { r = 0, g = 0, b = 0 } = channels[at] ?? {};
    const meant = rank[i]! < (looks[at]?.share ?? 0);
    bytes[i * 4] = r;
    bytes[i * 4 + 1] = g;
    bytes[i * 4 + 2] = b;
    bytes[i * 4 + 3] = meant ? FULL : DIMMED;
  }
  return bytes;
}
