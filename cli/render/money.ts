import type { Range } from "../../shared/domain/estimate/range.ts";

/** Dollars with two digits that say something: "$0.0042", "$0.13", "$1.45", "$128". */
export function dollars(usd: number): string {
  if (usd === 0) return "$0";
  if (usd >= 100) return `$${Math.round(usd)}`;
  if (usd >= 0.1) return `$${usd.toFixed(2)}`;
  return `$${usd.toFixed(Math.min(6, 1 - Math.floor(Math.log10(usd))))}`;
}

/** Tokens to three digits: "850", "12.3 k", "1.23 M". */
export function tokens(n: number): string {
  for (const [unit, name] of [
    [1e9, "G"],
    [1e6, "M"],
    [1e3, "k"],
  ] as const)
    if (n >= unit) return `${Number((n / unit).toPrecision(3))} ${name}`;
  return String(Math.round(n));
}

/** "$1.20 to $1.90", or one amount where the ends are the same. */
export function spread({ low, high }: Range, show: (n: number) => string): string {
  const [from, to] = [show(low), show(high)];
  return from === to ? from : `${from} to ${to}`;
}
