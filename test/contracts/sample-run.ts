import type { RunEvent, RunLock, RunManifest } from "../../shared/contracts/run.ts";
import { NO_COUNTS } from "../../shared/domain/new-run.ts";

/** Records of runs that are valid and hold nothing of interest, for tests. */

export function sampleManifest(runId: string, changes: Partial<RunManifest> = {}): RunManifest {
  return {
    schema_version: "1.0.0",
    run_id: runId,
    status: "pending",
    revision: 1,
    attempt: 0,
    created_at: "2026-11-01T10:00:00.000Z",
    updated_at: "2026-11-01T10:00:00.000Z",
    finished_at: null,
    owner: null,
    stop_requested_at: null,
    dataset: null,
    users: "required",
    phases: ["ingest"],
    phase_states: {},
    config: {},
    model: { provider: "offline", model: "rules", version: "1" },
    embedder: { provider: "offline", model: "encoder", version: "1" },
    offline: true,
    budget_run_id: null,
    counts: NO_COUNTS,
    warnings: 0,
    failure: null,
    versions: { ant_clio: "0.1.0", node: "v24.0.0" },
    ...changes,
  };
}

export function sampleLock(ownerId: string, attempt = 1): RunLock {
  return {
    owner: {
      id: ownerId,
      host: "host",
      pid: 4242,
      pid_started: null,
      started_at: "2026-11-01T10:00:00.000Z",
    },
    attempt,
    lease_expires_at: "2026-11-01T10:01:00.000Z",
  };
}

export function sampleEvent(number: number, text = ""): RunEvent {
  return {
    at: "2026-11-01T10:00:00.000Z",
    attempt: 1,
    event: "round_reduced",
    phase: "facets",
    round: number,
    fields: { text },
  };
}
