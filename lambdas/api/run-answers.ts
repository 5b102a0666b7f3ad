import type { Capabilities, RunDetail, RunSummary } from "../../shared/contracts/api.ts";
import type { PublishedLatest } from "../../shared/contracts/published.ts";
import type { RunEvent, RunLock, RunManifest } from "../../shared/contracts/run.ts";
import { CHILD_RUN_MARK } from "../../shared/keys.ts";

/** A run in a list: what its record says, without who runs it and with which settings. */
export function runSummaryOf(run: RunManifest): RunSummary {
  const at = run.run_id.lastIndexOf(CHILD_RUN_MARK);
  return {
    run_id: run.run_id,
    status: run.status,
    created_at: run.created_at,
    updated_at: run.updated_at,
    finished_at: run.finished_at,
    attempt: run.attempt,
    stop_requested_at: run.stop_requested_at,
    dataset: run.dataset,
    users: run.users,
    phases: run.phases,
    phase_states: run.phase_states,
    model: run.model,
    embedder: run.embedder,
    offline: run.offline,
    parent_run_id: run.budget_run_id ?? (at > 0 ? run.run_id.slice(0, at) : null),
    counts: run.counts,
    warnings: run.warnings,
    failure: run.failure,
  };
}

type Can = Pick<Capabilities, "stop" | "resume" | "remove">;
type Permission = RunDetail["stop"];

const NOT_HERE = "this deployment does not do that";
const allowedIf = (objection: string | null): Permission =>
  objection === null ? { allowed: true } : { allowed: false, reason: objection };

function stopObjection({ status, stop_requested_at: asked }: RunManifest): string | null {
  if (status !== "running" && status !== "pending") return "it is not running";
  return asked === null ? null : "it was asked to stop already and ends what is under way";
}

/** What may be done to a run, with the reason where not. @param alive whether somebody runs it now. */
export function permissionsOf(
  run: RunManifest,
  alive: boolean,
  can: Can,
): Pick<RunDetail, "stop" | "resume" | "remove"> {
  const busy = alive ? "it is running: stop it first" : null;
  return {
    stop: allowedIf(can.stop ? stopObjection(run) : NOT_HERE),
    resume: allowedIf(can.resume ? (busy === null ? null : "it is running") : NOT_HERE),
    remove: allowedIf(can.remove ? busy : NOT_HERE),
  };
}

/** The round under way, from the events: a run's record does not say it. */
export function roundUnderWay(
  run: RunManifest,
  events: readonly RunEvent[],
): {
  readonly phase: RunManifest["phases"][number];
  readonly round: number;
  readonly batches: number;
} | null {
  const phase = run.phases.find((name) => run.phase_states[name]?.status === "running");
  const planned = events.findLast(
    (event) => event.event === "round_planned" && event.phase === phase && event.attempt === run.attempt,
  );
  if (phase === undefined || planned === undefined) return null;
  const batches = planned.fields["batches"];
  return typeof batches === "number" && planned.round !== null
    ? { phase, round: planned.round, batches }
    : null;
}

export interface RunFacts {
  readonly run: RunManifest;
  readonly alive: boolean;
  readonly lock: RunLock | null;
  readonly progress: RunDetail["progress"];
  readonly published: PublishedLatest | null;
  readonly can: Can;
}

export function runDetailOf({ run, alive, lock, progress, published, can }: RunFacts): RunDetail {
  return {
    ...runSummaryOf(run),
    config: run.config,
    versions: run.versions,
    owner:
      run.owner === null
        ? null
        : {
            alive,
            started_at: run.owner.started_at,
            lease_expires_at: lock?.owner.id === run.owner.id ? lock.lease_expires_at : null,
          },
    progress,
    ...permissionsOf(run, alive, can),
    published,
  };
}
