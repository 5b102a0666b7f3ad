/** Length of the corpus in days. */
export const CORPUS_DAYS = 30;
const HOUR_MS = 3_600_000;
const HOURS = CORPUS_DAYS * 24;

/** How busy a local hour is, 0 to 1: asleep at night, busiest in office hours and after dinner. Invented. */
const LOCAL_HOUR = [
  0.15, 0.1, 0.06, 0.05, 0.06, 0.12, 0.3, 0.6, 0.85, 1, 1, 0.95, 0.8, 0.85, 0.95, 1, 0.95, 0.85, 0.85, 0.95,
  1, 0.9, 0.6, 0.35,
] as const;
/** Traffic of all time zones together by UTC hour: flatter than any one place. */
const UTC_HOUR = [
  0.5, 0.45, 0.4, 0.35, 0.35, 0.45, 0.65, 0.85, 1, 1, 0.95, 0.95, 1, 1, 1, 0.95, 0.95, 0.9, 0.95, 0.95, 0.85,
  0.75, 0.65, 0.55,
] as const;
/** Sunday to Saturday. */
const WEEKDAY = [0.6, 1, 1.05, 1, 1, 0.85, 0.55] as const;

/** The moment, in milliseconds since 1970, below which a share (0 to 1) of the month's conversations begins. */
export type Schedule = (share: number) => number;

/** A month of traffic from `startMs`, with weekdays and hours of unequal weight. */
export function createSchedule(startMs: number): Schedule {
  const cumulative = new Float64Array(HOURS + 1);
  for (let hour = 0; hour < HOURS; hour++) {
    const date = new Date(startMs + hour * HOUR_MS);
    const weight = (WEEKDAY[date.getUTCDay()] ?? 1) * (UTC_HOUR[date.getUTCHours()] ?? 1);
    cumulative[hour + 1] = cumulative[hour]! + weight;
  }
  const total = cumulative[HOURS]!;
  return (share) => {
    const target = share * total;
    let low = 0;
    let high = HOURS - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (cumulative[middle]! <= target) low = middle;
      else high = middle - 1;
    }
    const within = (target - cumulative[low]!) / (cumulative[low + 1]! - cumulative[low]!);
    return Math.floor(startMs + (low + Math.min(within, 1 - 1e-9)) * HOUR_MS);
  };
}

/** How likely somebody at this offset from UTC (minutes) is to be awake and typing, 0 to 1. */
export function awakeness(timeMs: number, offsetMinutes: number): number {
  const hour = new Date(timeMs + offsetMinutes * 60_000).getUTCHours();
  return LOCAL_HOUR[hour] ?? 1;
}

/** RFC 3339 with seconds, in local time with its offset: `2026-09-01T14:05:09+02:00`. */
export function formatTimestamp(timeMs: number, offsetMinutes: number): string {
  const local = new Date(timeMs + offsetMinutes * 60_000).toISOString().slice(0, 19);
  const size = Math.abs(offsetMinutes);
  const hours = String(Math.floor(size / 60)).padStart(2, "0");
  const minutes = String(size % 60).padStart(2, "0");
  return `${local}${offsetMinutes < 0 ? "-" : "+"}${hours}:${minutes}`;
}
