import { useEffect, useState } from "react";
import type { EventPage } from "../../../shared/contracts/api.ts";
import { MAX_RANGE_BYTES } from "../../../shared/contracts/api.ts";
import { useCapabilities, useClient } from "../../api/use-data.ts";
import { EMPTY_LOG, withBytes } from "./log-lines.ts";
import type { LogState } from "./log-lines.ts";

const DEFAULT_MS = 2_000;
const SLOWEST_MS = 15_000;
/** Nothing new so often slows it down by so much. */
const SLOWER = 1.5;

/**
 * Looks again and again while `active` and the page is seen: soon after something new, ever more slowly while there is
 * nothing. Once when it is not active.
 */
function usePolling(
  look: (signal: AbortSignal) => Promise<boolean>,
  active: boolean,
  firstMs: number,
): unknown {
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    const control = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let waitMs = firstMs;
    const next = async (): Promise<void> => {
      clearTimeout(timer);
      try {
        const fresh = await look(control.signal);
        setError(null);
        waitMs = fresh ? firstMs : Math.min(SLOWEST_MS, waitMs * SLOWER);
        // What came may be a part: the rest is fetched at once.
        if (fresh && !control.signal.aborted) {
          timer = setTimeout(() => void next(), active ? Math.min(firstMs, 250) : 0);
          return;
        }
      } catch (problem) {
        if (control.signal.aborted) return;
        setError(problem);
        waitMs = SLOWEST_MS;
      }
      if (active && !control.signal.aborted && !document.hidden)
        timer = setTimeout(() => void next(), waitMs);
    };
    const onSeen = (): void => {
      if (!document.hidden && active) {
        waitMs = firstMs;
        void next();
      }
    };
    document.addEventListener("visibilitychange", onSeen);
    void next();
    return () => {
      control.abort();
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", onSeen);
    };
  }, [look, active, firstMs]);
  return error;
}

function useFirstMs(): number {
  const { data } = useCapabilities();
  return data?.live_seconds === null || data === undefined ? DEFAULT_MS : data.live_seconds * 1000;
}

/** A run's events, as they come. */
export function useEvents(
  runId: string,
  active: boolean,
): { readonly events: EventPage["events"]; readonly error: unknown } {
  const client = useClient();
  const [events, setEvents] = useState<EventPage["events"]>([]);
  const [look] = useState(() => {
    let after = 0;
    return async (signal: AbortSignal): Promise<boolean> => {
      const page = await client.call("events", { params: { runId }, query: { after } }, signal);
      if (page.events.length === 0) return false;
      // Two looks may overlap when the page comes back into sight.
      if (page.next > after) {
        after = page.next;
        setEvents((held) => [...held, ...page.events.filter(({ sequence }) => sequence >= held.length)]);
      }
      return true;
    };
  });
  return { events, error: usePolling(look, active, useFirstMs()) };
}

/** A run's log, as it comes. */
export function useLog(runId: string, active: boolean): { readonly log: LogState; readonly error: unknown } {
  const client = useClient();
  const [log, setLog] = useState<LogState>(EMPTY_LOG);
  const [look] = useState(() => {
    let held = EMPTY_LOG;
    return async (signal: AbortSignal): Promise<boolean> => {
      const from = held.offset;
      const { bytes } = await client.bytes(
        "log",
        { params: { runId } },
        { from, to: from + MAX_RANGE_BYTES },
        signal,
      );
      if (bytes.length === 0 || held.offset !== from) return false;
      held = withBytes(held, bytes);
      setLog(held);
      return true;
    };
  });
  return { log, error: usePolling(look, active, useFirstMs()) };
}
