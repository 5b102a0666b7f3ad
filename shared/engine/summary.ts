import pLimit from "p-limit";
import type { PhaseMetrics, PhaseName, RunManifest, RunMetrics, Warning } from "../contracts/run.ts";
import { partHeader } from "../contracts/wire.ts";
import type { PartHeader } from "../contracts/wire.ts";
import type { Usage } from "../contracts/model-tasks.ts";
import { encodeDocument, storedLines } from "../domain/jsonl.ts";
import { sumUsage } from "../domain/usage.ts";
import { sumModelUsage } from "./metered.ts";
import { errorDetail } from "../errors.ts";
import { partKey, runFile } from "../keys.ts";
import type { PartAddress } from "../keys.ts";
import type { ObjectStore } from "../ports/object-store.ts";
import { readPlan, readReduce } from "./parts.ts";

/** Bytes that surely hold a part's header line (about 250). */
const HEADER_READ_BYTES = 2048;

/** A read takes a store some 30 ms: 10,000 headers in ten seconds. */
export const HEADERS_AT_ONCE = 32;

async function readHeader(
  objects: ObjectStore,
  address: PartAddress,
  batch: number,
): Promise<PartHeader | null> {
  try {
    const head = objects.stream(partKey(address, batch), { start: 0, end: HEADER_READ_BYTES });
    for await (const line of storedLines(head)) return partHeader.parse(JSON.parse(line));
  } catch (error) {
    // A batch that left nothing.
    if (errorDetail(error).code !== "not_found") throw error;
  }
  return null;
}

/** Rounds of a phase that were planned, oldest first. */
async function* roundsOf(objects: ObjectStore, address: Omit<PartAddress, "round">) {
  for (let round = 0; ; round++) {
    const at = { ...address, round };
    const plan = await readPlan(objects, at);
    if (plan === null) return;
    yield { at, plan, reduced: await readReduce(objects, at) };
  }
}

async function phaseSummary(
  objects: ObjectStore,
  address: Omit<PartAddress, "round">,
  attempt: number,
  wallSeconds: number,
): Promise<{ metrics: PhaseMetrics; warnings: readonly Warning[] }> {
  const headers: PartHeader[] = [];
  let rounds = 0;
  let warnings: readonly Warning[] = [];
  const limit = pLimit(HEADERS_AT_ONCE);
  for await (const { at, plan, reduced } of roundsOf(objects, address)) {
    rounds++;
    if (reduced?.next === "done") warnings = reduced.warnings;
    const read = await limit.map(
      Array.from({ length: plan.batches }, (_, batch) => batch),
      (batch) => readHeader(objects, at, batch),
    );
    headers.push(...read.filter((header) => header !== null));
  }
  const metrics: PhaseMetrics = {
    phase: address.phase,
    rounds,
    batches: headers.length,
    reused_batches: headers.filter((header) => header.attempt !== attempt).length,
    wall_seconds: wallSeconds,
    batch_seconds: headers.reduce((sum, header) => sum + header.seconds, 0),
    ledger_entries: headers.reduce((sum, header) => sum + header.ledger, 0),
    usage: sumUsage(headers.map((header) => header.usage)),
    models: sumModelUsage(headers.flatMap((header) => header.models)),
  };
  return { metrics, warnings };
}

/** What a run was expected to cost. */
export interface CostEstimate {
  readonly lowUsd: number;
  readonly likelyUsd: number;
  readonly highUsd: number;
}

function compared(estimate: CostEstimate | null, actual: number): RunMetrics["estimate"] {
  if (estimate === null || estimate.likelyUsd === 0) return null;
  const { lowUsd, likelyUsd, highUsd } = estimate;
  return {
    low_usd: lowUsd,
    likely_usd: likelyUsd,
    high_usd: highUsd,
    actual_usd: actual,
    ratio: actual / likelyUsd,
  };
}

export interface RunSummary {
  readonly warnings: readonly Warning[];
  readonly phases: readonly PhaseMetrics[];
  readonly total: Usage;
}

/**
 * Adds a run up from its parts and writes `run_metrics.json` and, if there is anything to warn of, `run_warnings.json`.
 * @param wall seconds this attempt spent per phase, and in all.
 */
export async function summarizeRun(
  objects: ObjectStore,
  run: RunManifest,
  wall: {
    readonly total: number;
    readonly phases: ReadonlyMap<PhaseName, number>;
    readonly peakRssMib: number;
    readonly estimate?: CostEstimate | null;
  },
): Promise<RunSummary> {
  const phases: PhaseMetrics[] = [];
  const warnings: Warning[] = [];
  for (const phase of run.phases) {
    const fingerprint = run.phase_states[phase]?.fingerprint;
    if (fingerprint === null || fingerprint === undefined) continue;
    const address = { runId: run.run_id, phase, fingerprint };
    const summary = await phaseSummary(objects, address, run.attempt, wall.phases.get(phase) ?? 0);
    phases.push(summary.metrics);
    warnings.push(...summary.warnings);
  }
  const total = sumUsage(phases.map((phase) => phase.usage));
  const head = { schema_version: "1.0.0", run_id: run.run_id };
  await objects.put(
    runFile(run.run_id, "metrics"),
    encodeDocument({
      ...head,
      wall_seconds: wall.total,
      peak_rss_mib: wall.peakRssMib,
      phases,
      total,
      models: sumModelUsage(phases.flatMap(({ models }) => models)),
      estimate: compared(wall.estimate ?? null, total.cost_usd),
    }),
  );
  if (warnings.length > 0)
    await objects.put(runFile(run.run_id, "warnings"), encodeDocument({ ...head, warnings }));
  else await objects.delete([runFile(run.run_id, "warnings")]);
  return { warnings, phases, total };
}
