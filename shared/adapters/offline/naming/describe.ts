import { enumerate } from "./compose.ts";
import { WEAK_VERBS } from "./reading.ts";
import type { Manner, Reading } from "./reading.ts";
import type { Subject } from "./scoring.ts";
import { overlaps } from "./covering.ts";

const MIN_VERBS = 3;

const share = (count: number, of: number): string => {
  const part = count / of;
  if (part >= 0.85) return "nearly all";
  if (part >= 0.6) return "most";
  if (part >= 0.4) return "about half";
  return part >= 0.2 ? "some" : "a few";
};

/** Two sentences: what the members write about, and how they ask. */
export function describe(
  readings: readonly Reading[],
  chosen: readonly Subject[],
  subjects: readonly Subject[],
  themes: readonly string[],
): string {
  const all = [...chosen];
  for (const subject of subjects)
    if (all.length < 4 && subject.kind === "noun" && !overlaps(subject, all)) all.push(subject);
  const about =
    all.length === 0 && themes.length === 0
      ? "Users write short messages without a common subject."
      : `Users write about ${enumerate([...themes, ...all.map(({ text }) => text)].slice(0, 4))}.`;
  const manners: Record<Manner, number> = { ask: 0, help: 0, get: 0, do: 0 };
  const verbCounts = new Map<string, number>();
  for (const { manner, verb } of readings) {
    manners[manner]++;
    if (verb !== "" && !WEAK_VERBS.has(verb)) verbCounts.set(verb, (verbCounts.get(verb) ?? 0) + 1);
  }
  const verbs = [...verbCounts]
    .filter(([, count]) => count >= MIN_VERBS)
    .toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .slice(0, 3)
    .map(([verb]) => verb);
  const kinds: [number, string][] = [
    [manners.ask, "ask a question"],
    [
      manners.do,
      verbs.length > 0 ? `want something done, such as to ${enumerate(verbs, "or")}` : "want something done",
    ],
    [manners.get, "look for something"],
    [manners.help, "describe a situation"],
  ];
  const told = kinds
    .filter(([count]) => count / readings.length >= 0.15)
    .toSorted((a, b) => b[0] - a[0])
    .slice(0, 2)
    .map(([count, what]) => `${share(count, readings.length)} ${what}`);
  const second = told.length === 0 ? "they ask in many ways" : told.join("; ");
  return `${about} ${second.charAt(0).toUpperCase()}${second.slice(1)}.`;
}
