import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef, useState } from "react";
import type { EventPage } from "../../../shared/contracts/api.ts";
import { phaseRow } from "../../../shared/pipeline.ts";
import { count } from "../../model/numbers.ts";
import { controlStyle } from "../../ui/field.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Failure } from "../../ui/states.tsx";
import { visible } from "../../model/visible.ts";

type Event = EventPage["events"][number];

const WORDS: Record<Event["event"], string> = {
  run_started: "Run started",
  run_finished: "Run ended",
  phase_started: "Phase started",
  phase_reused: "Phase kept from before",
  phase_finished: "Phase done",
  round_planned: "Round planned",
  round_reduced: "Round done",
  warning: "Warning",
};
/** Rounds say little that the bars do not: they are folded away at first. */
const ROUNDS = new Set<Event["event"]>(["round_planned", "round_reduced"]);
const ROW_HEIGHT = 30;

const fieldsWords = ({ fields }: Event): string =>
  Object.entries(fields)
    .map(
      ([key, value]) =>
        `${key.replaceAll("_", " ")} ${typeof value === "number" ? count(value) : String(value)}`,
    )
    .join(", ");

/** What has happened, newest first. */
export function Events({ events, error }: { readonly events: readonly Event[]; readonly error: unknown }) {
  const [rounds, setRounds] = useState(false);
  const [phase, setPhase] = useState("");
  const scroller = useRef<HTMLDivElement>(null);
  const shown = useMemo(
    () =>
      events
        .filter((event) => (rounds || !ROUNDS.has(event.event)) && (phase === "" || event.phase === phase))
        .toReversed(),
    [events, rounds, phase],
  );
  const phases = [...new Set(events.flatMap((event) => event.phase ?? []))];
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 10,
  });
  return (
    <Panel
      title="Events"
      note={`${count(events.length)} in all, newest first.`}
      actions={
        <div className="flex flex-wrap items-center gap-3 text-[0.87rem]">
          <label className="flex items-center gap-1.5">
            Phase
            <select
              value={phase}
              onChange={({ target }) => setPhase(target.value)}
              className={`${controlStyle} min-h-7!`}
            >
              <option value="">all</option>
              {phases.map((name) => (
                <option key={name} value={name}>
                  {phaseRow(name).title}
                </option>
              ))}
            </select>
          </label>
          <label className="flex items-center gap-1.5">
            <input type="checkbox" checked={rounds} onChange={({ target }) => setRounds(target.checked)} />
            Rounds too
          </label>
        </div>
      }
    >
      {error !== null && events.length === 0 ? (
        <Failure error={error} />
      ) : shown.length === 0 ? (
        <p className="text-soft">Nothing has happened yet.</p>
      ) : (
        <div
          ref={scroller}
          tabIndex={0}
          role="region"
          aria-label="Events"
          className="max-h-80 overflow-auto"
          style={{ height: shown.length * ROW_HEIGHT }}
        >
          <ol style={{ height: virtual.getTotalSize(), position: "relative" }}>
            {virtual.getVirtualItems().map(({ index, start, key }) => {
              const event = shown[index];
              return event === undefined ? null : (
                <li
                  key={key}
                  id={`event-${event.sequence}`}
                  className="absolute inset-x-0 flex items-baseline gap-3 border-t border-line/70 text-[0.9rem]"
                  style={{ height: ROW_HEIGHT, transform: `translateY(${start}px)` }}
                >
                  <time
                    dateTime={event.at}
                    title={new Date(event.at).toLocaleString()}
                    className="shrink-0 font-mono text-[0.8rem] text-faint"
                  >
                    {event.at.slice(11, 19)}
                  </time>
                  <span className={`shrink-0 ${event.event === "warning" ? "font-semibold text-warn" : ""}`}>
                    {WORDS[event.event]}
                  </span>
                  <span className="foreign min-w-0 truncate text-soft">
                    {event.phase === null
                      ? ""
                      : `${phaseRow(event.phase).title}${event.round === null || !ROUNDS.has(event.event) ? "" : `, round ${event.round + 1}`}`}
                    <span className="text-faint"> {visible(fieldsWords(event)).slice(0, 300)}</span>
                  </span>
                </li>
              );
            })}
          </ol>
        </div>
      )}
    </Panel>
  );
}
