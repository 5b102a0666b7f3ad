import type { PhaseName } from "../../../shared/contracts/run.ts";
import { count, duration, percent } from "../../model/numbers.ts";
import { Icon } from "../../ui/icon.tsx";
import type { IconName } from "../../ui/icon.tsx";
import { spanOf } from "./timeline.ts";
import type { PhaseBar } from "./timeline.ts";

const LOOKS: Record<
  PhaseBar["status"],
  { readonly words: string; readonly icon: IconName; readonly bar: string; readonly text: string }
> = {
  pending: { words: "to come", icon: "clock", bar: "bg-line", text: "text-faint" },
  running: {
    words: "under way",
    icon: "progress",
    bar: "bg-accent animate-pulse",
    text: "text-accent-strong",
  },
  done: { words: "done", icon: "check", bar: "bg-good", text: "text-good" },
  reused: { words: "kept from before", icon: "check", bar: "bg-good/50", text: "text-good" },
  failed: { words: "failed", icon: "fail", bar: "bg-bad", text: "text-bad" },
};

/** The phases of a run: where it is, and when each was. */
export function Gantt({
  bars,
  progress,
  hideDone,
}: {
  readonly bars: readonly PhaseBar[];
  readonly progress: {
    readonly phase: PhaseName;
    readonly batches: number;
    readonly finished: number;
  } | null;
  readonly hideDone: boolean;
}) {
  const span = spanOf(bars);
  const shown = hideDone ? bars.filter(({ status }) => status !== "done" && status !== "reused") : bars;
  if (shown.length === 0) return <p className="text-soft">All phases are done.</p>;
  return (
    <ol className="space-y-1">
      {shown.map(({ phase, title, status, from, to }) => {
        const look = LOOKS[status];
        const seconds = from === null || to === null ? null : (to - from) / 1000;
        const left = span === null || from === null ? 0 : (from - span.from) / (span.to - span.from);
        const width = span === null || from === null || to === null ? 0 : (to - from) / (span.to - span.from);
        const own = progress?.phase === phase ? progress : null;
        return (
          <li
            key={phase}
            className="grid grid-cols-[1.25rem_minmax(0,10rem)_minmax(0,1fr)_6.5rem] items-center gap-x-2 max-rail:grid-cols-[1.25rem_minmax(0,1fr)_6.5rem]"
          >
            <Icon name={look.icon} className={look.text} />
            <span className={`truncate ${status === "pending" ? "text-faint" : ""}`}>
              {title}
              <span className="sr-only">: {look.words}</span>
            </span>
            <span aria-hidden="true" className="relative h-3 rounded bg-sunken max-rail:hidden">
              <span
                className={`absolute inset-y-0 rounded ${look.bar}`}
                style={{ left: `${left * 100}%`, width: `max(${width * 100}%, ${from === null ? 0 : 3}px)` }}
              />
            </span>
            <span className="text-right text-[0.85rem] text-faint tabular-nums">
              {own !== null && own.batches > 0 ? (
                <span title={`${count(own.finished)} of ${count(own.batches)} batches`}>
                  {percent(own.finished / own.batches)}
                </span>
              ) : status === "reused" ? (
                "kept"
              ) : seconds === null ? (
                ""
              ) : (
                duration(seconds)
              )}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
