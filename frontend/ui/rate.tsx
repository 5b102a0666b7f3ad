import type { RateWithInterval } from "../../shared/contracts/privacy.ts";
import { count, percent } from "../model/numbers.ts";

/** "2.8 % (1.4–4.9 %), 11 of 400": a rate with its exact interval, as the run computed it. */
export function Rate({ rate }: { readonly rate: RateWithInterval }) {
  if (rate.rate === null || rate.low === null || rate.high === null)
    return <span className="text-faint">nothing was looked at</span>;
  return (
    <span className="tabular-nums">
      <b className="font-semibold whitespace-nowrap">{percent(rate.rate)}</b>{" "}
      <span className="inline-block text-[0.87rem] text-faint">
        {(rate.low * 100).toFixed(1)}–{(rate.high * 100).toFixed(1)} % · {count(rate.count)} of{" "}
        {count(rate.n)}
      </span>
    </span>
  );
}

/** A value between `from` and `to` as a bar with its interval. */
export function IntervalBar({
  value,
  low,
  high,
  from = 0,
  to = 1,
}: {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly from?: number;
  readonly to?: number;
}) {
  const at = (x: number): string =>
    `${(Math.min(1, Math.max(0, (x - from) / (to - from))) * 100).toFixed(2)}%`;
  return (
    <svg aria-hidden="true" className="h-4 w-full min-w-16 overflow-visible" preserveAspectRatio="none">
      <rect y="20%" width="100%" height="60%" rx="2" className="fill-sunken" />
      <rect y="20%" width={at(value)} height="60%" rx="2" className="fill-mark" />
      <line x1={at(low)} x2={at(high)} y1="50%" y2="50%" className="stroke-ink" strokeWidth="1.5" />
    </svg>
  );
}
