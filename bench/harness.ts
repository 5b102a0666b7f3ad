import { availableParallelism, cpus, totalmem } from "node:os";

/** One thing measured: its median and spread over the repeats. */
export interface Measured {
  readonly name: string;
  /** Seconds; `low` and `high` are the fastest and the slowest repeat. */
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** Runs the contenders in turn, `repeats` times each, so that a change in the machine's mood meets all of them alike. */
export async function sideBySide(
  contenders: Readonly<Record<string, () => unknown>>,
  repeats: number,
): Promise<Measured[]> {
  const seconds = new Map<string, number[]>(Object.keys(contenders).map((name) => [name, []]));
  for (let i = 0; i < repeats; i++) {
    for (const [name, run] of Object.entries(contenders)) {
      const started = performance.now();
      await run();
      seconds.get(name)!.push((performance.now() - started) / 1000);
    }
  }
  return [...seconds].map(([name, all]) => {
    const sorted = all.toSorted((a, b) => a - b);
    return { name, median: sorted[Math.floor(sorted.length / 2)]!, low: sorted[0]!, high: sorted.at(-1)! };
  });
}

/** A Markdown table of contenders, with the ratio of each to the first. */
export function table(measured: readonly Measured[]): string {
  const first = measured[0]!.median;
  const rows = measured.map(
    ({ name, median, low, high }) =>
      `| ${name} | ${median.toFixed(3)} | ${low.toFixed(3)}-${high.toFixed(3)} | ${(median / first).toFixed(2)} |`,
  );
  return ["| | median s | spread | ratio |", "|---|---|---|---|", ...rows].join("\n");
}

/** The machine, in words that name no host. */
export function machine(): string {
  return `${availableParallelism()} cores (${cpus()[0]?.model ?? "unknown"}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
}
