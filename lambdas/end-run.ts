import type { EndAnswer, EndEvent, ExecutionStatusEvent } from "../shared/contracts/aws.ts";
import { failure as failureSchema, runEvent } from "../shared/contracts/run.ts";
import type { Failure, PhaseName, RunManifest } from "../shared/contracts/run.ts";
import { decodeJson, encodeDocument, encodeLine } from "../shared/domain/jsonl.ts";
import { executionOwner } from "../shared/engine/execution.ts";
import { endRun } from "../shared/engine/run-end.ts";
import type { Wall } from "../shared/engine/run-end.ts";
import { loadRun } from "../shared/engine/run-record.ts";
import { parseExecutionName, runFile, stepFailureKey } from "../shared/keys.ts";
import type { ObjectStore } from "../shared/ports/object-store.ts";
import type { RunStore } from "../shared/ports/run-store.ts";
import type { Call } from "./wrapper.ts";

export interface EndServices {
  readonly objects: ObjectStore;
  readonly runs: RunStore;
}

/** Events copied at a time into the snapshot. */
const EVENTS_PER_PAGE = 1000;
const RESUME_HINT = "Resume the run: finished batches are kept.";

/** What an attempt took, by the times on its record: the functions' own time is on each batch. */
function wallOf(run: RunManifest, nowMs: number): Wall {
  const phases = new Map<PhaseName, number>();
  for (const phase of run.phases) {
    const state = run.phase_states[phase];
    if (!state?.started_at || !state.finished_at || state.status !== "done") continue;
    phases.set(phase, Math.max(0, Date.parse(state.finished_at) - Date.parse(state.started_at)) / 1000);
  }
  const startedMs = run.owner === null ? nowMs : Date.parse(run.owner.started_at);
  return { total: Math.max(0, nowMs - startedMs) / 1000, phases, peakRssMib: 0 };
}

/** `run_manifest.json` and `run_events.jsonl`: copies of the run table for who reads the bucket. */
async function writeSnapshots({ objects, runs }: EndServices, run: RunManifest): Promise<void> {
  await objects.put(runFile(run.run_id, "manifest"), encodeDocument(run));
  async function* lines(): AsyncGenerator<Uint8Array> {
    for (let after = 0; ; after += EVENTS_PER_PAGE) {
      const page = await runs.readEvents(run.run_id, { after, limit: EVENTS_PER_PAGE });
      for (const event of page) yield encodeLine(runEvent.parse(event));
      if (page.length < EVENTS_PER_PAGE) return;
    }
  }
  await objects.put(runFile(run.run_id, "events"), lines());
}

/** Ends an attempt for the reason given, unless it has ended; a later attempt is left alone. */
async function endAttempt(
  services: EndServices,
  at: { runId: string; attempt: number },
  reason: (run: RunManifest) => Failure | null | Promise<Failure | null>,
  { clock, log, count }: Call,
): Promise<RunManifest> {
  const { runs, objects } = services;
  const held = await loadRun(runs, at.runId);
  if (held.attempt !== at.attempt) return held;
  if (held.status !== "running") {
    // A try before this one ended the run and was cut off: the snapshots are made again.
    await writeSnapshots(services, held);
    return held;
  }
  const me = held.owner ?? executionOwner(at.runId, at.attempt, held.updated_at);
  const { run } = await endRun(
    { runs, objects, clock, log, me },
    held,
    await reason(held),
    wallOf(held, clock.now()),
  );
  await writeSnapshots(services, run);
  log.info("run_ended", { run_id: run.run_id, attempt: at.attempt, status: run.status });
  count(run.status === "failed" ? "RunsFailed" : "RunsEnded", 1);
  return run;
}

function ended(run: RunManifest): EndAnswer {
  const { status } = run;
  // A later attempt is under way: this execution has nothing to say about it.
  return { status: status === "pending" || status === "running" ? "stopped" : status };
}

/** The last state of every path: says on the record how the run ended, with what its phases left behind. */
export async function endExecution(
  { run_id: runId, attempt, outcome, phase }: EndEvent,
  services: EndServices,
  call: Call,
): Promise<EndAnswer> {
  const reason = async (): Promise<Failure | null> => {
    if (outcome === "done") return null;
    const left = phase === null ? null : await services.objects.get(stepFailureKey(runId, phase, attempt));
    if (left !== null) return failureSchema.parse(decodeJson(left));
    return {
      phase,
      code: "step_lost",
      message: `${phase ?? "a step"} gave no answer in any of its tries: out of time or memory`,
      hint: RESUME_HINT,
    };
  };
  return ended(await endAttempt(services, { runId, attempt }, reason, call));
}

const ENDED_BADLY: Record<ExecutionStatusEvent["detail"]["status"], Omit<Failure, "phase">> = {
  FAILED: { code: "execution_failed", message: "the state machine failed", hint: RESUME_HINT },
  TIMED_OUT: { code: "execution_timed_out", message: "the state machine ran out of time", hint: RESUME_HINT },
  ABORTED: { code: "aborted", message: "the execution was stopped", hint: RESUME_HINT },
};

/** The backstop: marks a run whose execution ended without saying so. */
export async function markEndedBadly(
  { detail: { name, status } }: ExecutionStatusEvent,
  services: EndServices,
  call: Call,
): Promise<{ marked: boolean }> {
  const at = parseExecutionName(name);
  const before = at === null ? null : await services.runs.get(at.runId);
  if (at === null || before === null || before.attempt !== at.attempt || before.status !== "running")
    return { marked: false };
  const reason = (run: RunManifest): Failure => {
    const phase = run.phases.find((each) => run.phase_states[each]?.status === "running") ?? null;
    const asked = status === "ABORTED" && run.stop_requested_at !== null;
    return { phase, ...ENDED_BADLY[status], ...(asked ? { code: "stop_requested" } : {}) };
  };
  await endAttempt(services, at, reason, call);
  return { marked: true };
}
