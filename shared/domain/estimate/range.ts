/** A number that is not known yet: what it will be at least, most likely and at most, if nothing unusual happens. */
export interface Range {
  readonly low: number;
  readonly mid: number;
  readonly high: number;
}

export const NONE: Range = { low: 0, mid: 0, high: 0 };

export const exactly = (n: number): Range => ({ low: n, mid: n, high: n });

export function plus(...ranges: readonly Range[]): Range {
  const sum = (of: keyof Range): number => ranges.reduce((total, range) => total + range[of], 0);
  return { low: sum("low"), mid: sum("mid"), high: sum("high") };
}

export function times(a: Range, b: Range): Range {
  return { low: a.low * b.low, mid: a.mid * b.mid, high: a.high * b.high };
}

export function map(range: Range, change: (n: number) => number): Range {
  return { low: change(range.low), mid: change(range.mid), high: change(range.high) };
}
