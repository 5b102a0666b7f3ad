import { useVirtualizer } from "@tanstack/react-virtual";
import { useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { useCapabilities } from "../../api/use-data.ts";
import { download } from "../../export/download.ts";
import { count } from "../../model/numbers.ts";
import { useShortcuts } from "../../shell/shortcuts.ts";
import { Button } from "../../ui/button.tsx";
import { controlStyle } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Failure } from "../../ui/states.tsx";
import type { LogLine } from "./log-lines.ts";
import { useLog } from "./use-tail.ts";

const LEVEL_STYLE: Record<LogLine["level"], string> = {
  debug: "text-faint",
  info: "text-ink",
  warn: "text-warn font-semibold",
  error: "text-bad font-semibold",
  text: "text-ink",
};
const ROW_HEIGHT = 20;

/** The run's own lines, followed as they come. They are shown as text, whatever is in them. */
export function LogTail({ runId, active }: { readonly runId: string; readonly active: boolean }) {
  const { data: capabilities } = useCapabilities();
  return capabilities?.log === "lines" ? (
    <Tail runId={runId} active={active} />
  ) : (
    <Panel title="Log">
      <p className="text-soft">
        {capabilities === undefined
          ? ""
          : "Here the events above are all there is: the functions' own logs are in CloudWatch, under the names of the functions."}
      </p>
    </Panel>
  );
}

function Tail({ runId, active }: { readonly runId: string; readonly active: boolean }) {
  const { log, error } = useLog(runId, active);
  const [follow, setFollow] = useState(true);
  const [wrap, setWrap] = useState(false);
  const [typed, setTyped] = useState("");
  const [onlyProblems, setOnlyProblems] = useState(false);
  const search = useDeferredValue(typed.toLowerCase());
  const scroller = useRef<HTMLDivElement>(null);
  const linked = Number(/^#L(\d{1,9})$/.exec(location.hash)?.[1] ?? 0);
  const shown = useMemo(
    () =>
      log.lines.filter(
        ({ level, text }) =>
          (!onlyProblems || level === "warn" || level === "error") &&
          (search === "" || text.toLowerCase().includes(search)),
      ),
    [log, search, onlyProblems],
  );
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 20,
  });
  useShortcuts({ ".": () => setFollow((on) => !on) });
  const last = shown.length - 1;
  useEffect(() => {
    if (follow && linked === 0 && last >= 0) virtual.scrollToIndex(last, { align: "end" });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- when there is more, not when the list is measured
  }, [follow, last]);
  useEffect(() => {
    const at = shown.findIndex(({ number }) => number === linked);
    if (at >= 0) virtual.scrollToIndex(at, { align: "center" });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once, when the line is there
  }, [linked, log.total > 0]);

  return (
    <Panel
      title="Log"
      note={`${count(log.total)} lines: names, numbers and codes; nothing of what was said.`}
      actions={
        <div className="flex flex-wrap items-center gap-2">
          <input
            type="search"
            aria-label="Search the log"
            placeholder="Search"
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
            className={`${controlStyle} min-h-7! w-40`}
          />
          <label className="flex items-center gap-1.5 text-[0.87rem]">
            <input
              type="checkbox"
              checked={onlyProblems}
              onChange={({ target }) => setOnlyProblems(target.checked)}
            />
            Problems
          </label>
          <label className="flex items-center gap-1.5 text-[0.87rem]">
            <input type="checkbox" checked={wrap} onChange={({ target }) => setWrap(target.checked)} />
            Wrap
          </label>
          <Button small aria-pressed={follow} onClick={() => setFollow(!follow)} aria-keyshortcuts=".">
            <Icon name={follow ? "check" : "down"} /> Follow
          </Button>
          <Button
            small
            aria-label="Save the log"
            onClick={() =>
              download(
                `${runId}-log.txt`,
                new Blob(
                  [log.lines.map(({ at, level, text }) => `${at ?? ""} ${level} ${text}\n`).join("")],
                  { type: "text/plain" },
                ),
              )
            }
          >
            <Icon name="download" />
          </Button>
        </div>
      }
    >
      {error !== null && log.total === 0 && <Failure error={error} />}
      {(search !== "" || onlyProblems) && (
        <p role="status" className="mb-1 text-[0.87rem] text-faint">
          {count(shown.length)} lines fit.
        </p>
      )}
      {log.total === 0 ? (
        error === null && (
          <p className="text-soft">
            No line yet. Runs that this page starts have a log; of one that was started on the command line,
            add --debug there.
          </p>
        )
      ) : (
        <div
          ref={scroller}
          tabIndex={0}
          role="log"
          aria-label="Log of the run"
          aria-live="off"
          onWheel={({ deltaY }) => deltaY < 0 && setFollow(false)}
          className="h-80 overflow-auto rounded-md border border-line bg-sunken py-1 font-mono text-[0.78rem]"
        >
          <div style={{ height: virtual.getTotalSize(), position: "relative" }}>
            {virtual.getVirtualItems().map(({ index, start, key }) => {
              const line = shown[index];
              return line === undefined ? null : (
                <div
                  key={key}
                  ref={wrap ? virtual.measureElement : undefined}
                  data-index={index}
                  className={`absolute inset-x-0 flex gap-2 px-2 leading-5 ${line.number === linked ? "bg-warn-wash" : ""}`}
                  style={{ transform: `translateY(${start}px)`, ...(wrap ? {} : { height: ROW_HEIGHT }) }}
                >
                  <a
                    href={`#L${line.number}`}
                    className="w-10 shrink-0 text-right text-faint no-underline hover:underline"
                  >
                    {line.number}
                  </a>
                  <span className="shrink-0 text-faint">{line.at?.slice(11, 23) ?? ""}</span>
                  <span className={`w-11 shrink-0 ${LEVEL_STYLE[line.level]}`}>
                    {line.level === "text" ? "" : line.level}
                  </span>
                  <span
                    className={`foreign min-w-0 ${wrap ? "whitespace-pre-wrap" : "overflow-hidden text-ellipsis whitespace-pre"} ${LEVEL_STYLE[line.level]}`}
                  >
                    {line.text}
                  </span>
                </div>
              );
            })}
          </div>
        </div>
      )}
    </Panel>
  );
}
