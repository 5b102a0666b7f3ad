import type { Clock } from "../../shared/ports/clock.ts";
import type { Output, Sink } from "../io.ts";
import { openBar } from "./bar.ts";
import { bytes, cutTo, duration } from "./text.ts";

const PLAIN_INTERVAL_MS = 5000;
const BAR_CELLS = 30;

/** Progress of reading bytes. */
export interface Meter {
  /** Bytes read so far. */
  update(read: number): void;
  stop(): void;
}

/** @param total bytes there are, or null when not known, as of a compressed file. */
export function openMeter(
  output: Output,
  sink: Sink,
  clock: Clock,
  doing: string,
  total: number | null,
): Meter {
  if (output.quiet) return { update: () => {}, stop: () => {} };
  const startedMs = clock.elapsed();
  let read = 0;
  const words = (): string => {
    const seconds = (clock.elapsed() - startedMs) / 1000;
    const left = total === null || read === 0 ? 0 : ((total - read) * seconds) / read;
    return `${bytes(read)}${total === null ? "" : ` of ${bytes(total)}`}${left >= 1 ? `, ${duration(left)} left` : ""}`;
  };

  if (output.terminal && !output.debug) {
    const bar = openBar(sink, () => {
      const filled =
        total === null || total === 0 ? 0 : Math.round((BAR_CELLS * Math.min(read, total)) / total);
      const drawn =
        output.paint("cyan", "━".repeat(filled)) + output.paint("dim", "─".repeat(BAR_CELLS - filled));
      const room = Math.max(0, output.width - BAR_CELLS - doing.length - 5);
      return `${doing}  ${total === null ? "" : `${drawn}  `}${cutTo(words(), room)}`;
    });
    return {
      update(now) {
        read = now;
      },
      stop: () => bar.stop(),
    };
  }

  let lastMs = startedMs;
  return {
    update(now) {
      read = now;
      if (clock.elapsed() - lastMs < PLAIN_INTERVAL_MS) return;
      lastMs = clock.elapsed();
      output.note(`${doing}: ${words()}`);
    },
    stop: () => {},
  };
}
