import { count, intervalWords, percent } from "../model/numbers.ts";
import { wilsonInterval } from "../../shared/domain/wilson.ts";

/** A part of a whole, never a bare percentage: share, n and 95 % interval. */
export function Share({ part, n }: { readonly part: number; readonly n: number }) {
  return (
    <span className="whitespace-nowrap tabular-nums">
      <b className="font-semibold">{n === 0 ? "–" : percent(part / n)}</b>{" "}
      <span className="text-[0.87rem] text-faint" title="95 % interval (Wilson)">
        {count(part)} of {count(n)} · {intervalWords(part, n)}
      </span>
    </span>
  );
}

/** Share and interval alone, beside a column that tells the counts. `part` may be more than `n`, where both are "at least". */
export function BareShare({
  part,
  n,
  className = "",
}: {
  readonly part: number;
  readonly n: number;
  /** Of the interval. */
  readonly className?: string;
}) {
  return (
    <>
      {n === 0 ? "–" : percent(Math.min(1, part / n))}{" "}
      <span className={`text-[0.85rem] text-faint ${className}`}>{intervalWords(Math.min(part, n), n)}</span>
    </>
  );
}

/** The same as a bar with its interval as a whisker; `most` is what it may be where small values are hidden. */
export function ShareBar({
  part,
  n,
  most = part,
  colour,
}: {
  readonly part: number;
  readonly n: number;
  readonly most?: number;
  readonly colour?: string;
}) {
  const interval = wilsonInterval(part, n);
  const at = (share: number): string => `${(share * 100).toFixed(2)}%`;
  return (
    <svg aria-hidden="true" className="h-3 w-full min-w-12 overflow-visible" preserveAspectRatio="none">
      <rect width="100%" height="100%" rx="2" className="fill-sunken" />
      {n > 0 && (
        <>
          {most > part && (
            <rect width={at(most / n)} height="100%" rx="2" className="fill-mark-soft" opacity="0.6" />
          )}
          <rect
            width={at(part / n)}
            height="100%"
            rx="2"
            {...(colour === undefined ? { className: "fill-mark" } : { fill: colour })}
          />
        </>
      )}
      {interval !== null && (
        <line
          x1={at(interval.low)}
          x2={at(interval.high)}
          y1="50%"
          y2="50%"
          className="stroke-ink"
          strokeWidth="1.5"
        />
      )}
    </svg>
  );
}
