import type * as z from "zod";
import { artifacts } from "../../shared/contracts/artifacts.ts";
import type { Capabilities, RunArtifact } from "../../shared/contracts/api.ts";
import { evaluationMetrics } from "../../shared/contracts/evaluation.ts";
import { publishedLatest } from "../../shared/contracts/published.ts";
import type { PublishedLatest } from "../../shared/contracts/published.ts";
import { runMetrics, runWarnings } from "../../shared/contracts/run.ts";
import type { RunManifest } from "../../shared/contracts/run.ts";
import { decodeJson } from "../../shared/domain/jsonl.ts";
import { isAbandoned } from "../../shared/engine/run-life.ts";
import type { LifeDeps } from "../../shared/engine/run-life.ts";
import { loadRun } from "../../shared/engine/run-record.ts";
import { PermanentError } from "../../shared/errors.ts";
import { artifactKey, publishedLatestKey, runFile } from "../../shared/keys.ts";
import type { BatchProgress } from "../../shared/ports/batch-progress.ts";
import type { ObjectStore } from "../../shared/ports/object-store.ts";
import { Refusal } from "./problems.ts";
import { roundUnderWay, runDetailOf, runSummaryOf } from "./run-answers.ts";
import { generationFiles, knownFiles, mediaTypeOf } from "./run-files.ts";
import type { ApiServices, FileSlice } from "./services.ts";

export interface ReadDeps {
  readonly life: LifeDeps;
  readonly published: ObjectStore;
  /** Where a run's metrics, warnings and evaluation are, and on a laptop its other files. */
  readonly records: ObjectStore;
  readonly progress: BatchProgress;
  readonly capabilities: Capabilities;
}

/** Rounds of a run are hundreds; more events than this of one run are not looked through for the last round. */
const EVENTS_LOOKED_AT = 10_000;

/** A stored file if it is there and as its schema says; what is damaged is as good as gone. */
async function stored<S extends z.ZodType>(
  store: ObjectStore,
  key: string,
  schema: S,
): Promise<z.infer<S> | null> {
  const bytes = await store.get(key);
  if (bytes === null) return null;
  try {
    return schema.parse(decodeJson(bytes));
  } catch {
    return null;
  }
}

/** The latest generation of a run, or null. */
async function latestOf(published: ObjectStore, runId: string): Promise<PublishedLatest | null> {
  return stored(published, publishedLatestKey(runId), publishedLatest);
}

async function detail(deps: ReadDeps, run: RunManifest) {
  const { life, published, progress, capabilities } = deps;
  const running = run.status === "running";
  const [lock, abandoned, latest, events] = await Promise.all([
    running ? life.runs.readLock(run.run_id) : null,
    isAbandoned(life, run),
    latestOf(published, run.run_id),
    running ? life.runs.readEvents(run.run_id, { after: 0, limit: EVENTS_LOOKED_AT }) : [],
  ]);
  const round = roundUnderWay(run, events);
  const fingerprint = round === null ? null : (run.phase_states[round.phase]?.fingerprint ?? null);
  const finished =
    round === null || fingerprint === null
      ? 0
      : await progress.count({ runId: run.run_id, phase: round.phase, fingerprint, round: round.round });
  return runDetailOf({
    run,
    alive: running && !abandoned,
    lock,
    progress: round === null ? null : { ...round, finished: Math.min(finished, round.batches) },
    published: latest,
    can: capabilities,
  });
}

/** Whether a phase that is done has written a file. Of published files the newest generation says what there is. */
function isDue(run: RunManifest, { phase, holds }: Omit<RunArtifact, "bytes">): boolean {
  if (phase === null || holds === "published") return false;
  return run.phases.includes(phase) && ["done", "reused"].includes(run.phase_states[phase]?.status ?? "");
}

/** What may be read of runs: their records, their numbers, what they published. The same on a laptop and on AWS. */
export function readServices(deps: ReadDeps): ApiServices {
  const { life, published, records, capabilities } = deps;
  const { runs } = life;

  async function filesOf(runId: string): Promise<{ run: RunManifest; files: ReturnType<typeof knownFiles> }> {
    const run = await loadRun(runs, runId);
    const generation = (await latestOf(published, runId))?.generation ?? null;
    const files = (capabilities.artifacts === "all" ? knownFiles : generationFiles)(runId, generation);
    return { run, files };
  }
  const storeOf = ({ holds }: Pick<RunArtifact, "holds">): ObjectStore =>
    holds === "published" ? published : records;

  async function sliceOf(runId: string, file: Omit<RunArtifact, "bytes">): Promise<FileSlice> {
    const store = storeOf(file);
    const key = artifactKey(runId, file.path);
    const head = await store.head(key);
    if (head === null) throw new PermanentError("this file is not there", { code: "not_found" });
    return { total: head.size, mediaType: mediaTypeOf(file), read: (range) => store.stream(key, range) };
  }

  return {
    capabilities: async () => capabilities,
    listRuns: async ({ limit, cursor }) => {
      const page = await runs.list({ limit, cursor: cursor ?? null });
      return { runs: page.runs.map(runSummaryOf), cursor: page.cursor };
    },
    getRun: async ({ runId }) => detail(deps, await loadRun(runs, runId)),
    runNumbers: async ({ runId }) => {
      await loadRun(runs, runId);
      const [metrics, warned] = await Promise.all([
        stored(records, runFile(runId, "metrics"), runMetrics),
        stored(records, runFile(runId, "warnings"), runWarnings),
      ]);
      return { metrics, warnings: warned?.warnings ?? [] };
    },
    events: async ({ runId, after, limit }) => {
      await loadRun(runs, runId);
      const events = await runs.readEvents(runId, { after, limit });
      return {
        events: events.map((event, i) => ({ sequence: after + i, ...event })),
        next: after + events.length,
      };
    },
    evaluation: async ({ runId }) => {
      await loadRun(runs, runId);
      const { evaluation_metrics: numbers, evaluation_report: words } = artifacts;
      const metrics = await stored(records, artifactKey(runId, numbers.path), evaluationMetrics);
      if (metrics === null)
        throw new PermanentError(`run ${runId} has no evaluation`, {
          code: "no_evaluation",
          hint: `Make one: clio run --run-id ${runId} --resume --with-eval`,
        });
      const report = await records.get(artifactKey(runId, words.path));
      return { metrics, report: report === null ? "" : new TextDecoder().decode(report) };
    },
    listArtifacts: async ({ runId }) => {
      const { run, files } = await filesOf(runId);
      const heads = await Promise.all(files.map((file) => storeOf(file).head(artifactKey(runId, file.path))));
      const there: RunArtifact[] = [];
      const missing: string[] = [];
      for (const [i, file] of files.entries()) {
        const head = heads[i] ?? null;
        if (head !== null) there.push({ ...file, bytes: head.size });
        else if (isDue(run, file)) missing.push(file.path);
      }
      return { artifacts: there, missing };
    },
    artifact: async ({ runId, path }) => {
      const { files } = await filesOf(runId);
      const file = files.find((each) => each.path === path);
      if (file === undefined)
        throw new PermanentError("there is no such file of a run", { code: "not_found" });
      if (file.holds === "raw" && capabilities.tier !== "trusted")
        throw new Refusal("forbidden", {
          detail: "This file holds conversations or what was made of single ones.",
          hint: "On your own machine, clio viz --allow-raw-messages shows it.",
        });
      return sliceOf(runId, file);
    },
    ...(capabilities.log === "lines"
      ? {
          log: async ({ runId }: { runId: string }) => {
            await loadRun(runs, runId);
            const key = runFile(runId, "log");
            const head = await records.head(key);
            return {
              total: head?.size ?? 0,
              mediaType: "application/x-ndjson",
              read: (range: { start: number; end: number }) => records.stream(key, range),
            };
          },
        }
      : {}),
  };
}
