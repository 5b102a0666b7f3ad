import { measuredRuns, measured } from "./facts.ts";
import { planOf } from "./model.ts";

/** Cores of the machine that the runs were measured on; the encoder, k-means and the map use all of them. */
const CORES = 2;
const ON_ALL_CORES: ReadonlySet<string> = new Set(["embed", "cluster", "map"]);
/** What the emulator takes for a call of a function beside what the function does. */
const EMULATED_CALL_SECONDS = 0.1;
/** Functions it has in flight. */
const EMULATED_FUNCTIONS = 2;

/** Processor seconds of a phase with the offline provider, whose rules work where a model would be asked. */
function cpuSeconds(phase: keyof typeof measured.batches, n: number): number {
  return ((measured.batches[phase] + measured.reduce[phase]) * n) / measured.conversations;
}

/** One process: phases one after another, each on the cores it uses. */
function embeddedSeconds(n: number): number {
  return planOf(n).reduce(
    (sum, { row: { name } }) => sum + cpuSeconds(name, n) / (ON_ALL_CORES.has(name) ? CORES : 1),
    0,
  );
}

/** The same work on two functions at a time, and the emulator's own time for each call. */
function emulatedSeconds(n: number, batchSize: number): number {
  return planOf(n).reduce((sum, { row: { name }, rounds }) => {
    const batches = rounds.reduce((all, round) => all + round.batches, 0);
    // Facets and audits were cut larger there.
    const fewer = name === "facets" || name === "privacy" ? batches / (batchSize / 8) : batches;
    const calls = fewer + 2 * rounds.length;
    return sum + cpuSeconds(name, n) / CORES + (calls * EMULATED_CALL_SECONDS) / EMULATED_FUNCTIONS;
  }, 0);
}

export interface Check {
  readonly what: string;
  readonly predicted: number;
  readonly seconds: number;
}

/** What the model says of runs that were made, beside how long they took. */
export function checks(): Check[] {
  return measuredRuns.map(({ where, conversations, seconds }) => ({
    what: `${conversations.toLocaleString("en-US")} conversations, ${where === "embedded" ? "one process" : "the emulator"}`,
    predicted: where === "embedded" ? embeddedSeconds(conversations) : emulatedSeconds(conversations, 100),
    seconds,
  }));
}
