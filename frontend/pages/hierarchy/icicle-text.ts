/** Cells narrower than this hold no text. */
export const LEAST_FOR_TEXT = 46;
/** Characters that fit into a thousandth of the width, about. */
const PER_CHARACTER = 7.2;

/** As much of a name as fits into a cell. */
export function clipped(name: string, width: number): string {
  const fits = Math.floor((width - 10) / PER_CHARACTER);
  return name.length <= fits ? name : `${name.slice(0, Math.max(1, fits - 1))}…`;
}
