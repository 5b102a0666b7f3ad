import type { ArtifactName } from "../contracts/artifacts.ts";
import type { Usage } from "../contracts/model-tasks.ts";
import type { PhaseName, PhaseState, RunEvent, RunManifest, Warning } from "../contracts/run.ts";
import { publishedFiles } from "../contracts/published.ts";
import type { PublishedFile, PublishedGeneration } from "../contracts/published.ts";
import { batchFailure, currentArtifacts, storedReduce } from "../contracts/wire.ts";
import type { PartHeader, PlanOutput, ReduceOutput, StoredPlan, StoredReduce } from "../contracts/wire.ts";
import { runConfig } from "../config.ts";
import type { Compute } from "../domain/compute.ts";
import { decodeJson, encodeDocument } from "../domain/jsonl.ts";
import { NO_USAGE } from "../domain/usage.ts";
import { ErrorName, PermanentError, StoppedError, errorDetail, isKind, tellError } from "../errors.ts";
import {
  batchFailureKey,
  currentKey,
  partKey,
  planKey,
  publishedKey,
  publishedLatestKey,
  publishedPrefix,
  reduceKey,
  sidecarKey,
} from "../keys.ts";
import type { PartAddress } from "../keys.ts";
import type { BatchOutput, Children, Phase, PhaseContext, ReduceAnswer } from "../phases/phase.ts";
import { MAX_BATCHES_PER_ROUND, phaseRow } from "../pipeline.ts";
import type { Budget } from "../ports/budget.ts";
import type { PhaseRow } from "../pipeline.ts";
import type { ChildRuns } from "../ports/child-runs.ts";
import type { Clock } from "../ports/clock.ts";
import type { Embedder } from "../ports/embedder.ts";
import type { InputSource } from "../ports/input-source.ts";
import type { Log } from "../ports/log.ts";
import type { Model } from "../ports/model.ts";
import type { ObjectStore } from "../ports/object-store.ts";
import type { RunStore } from "../ports/run-store.ts";
import { answerCache } from "./answer-cache.ts";
import { artifactReader, writeArtifacts } from "./artifact-io.ts";
import { phaseFingerprints } from "./fingerprint.ts";
import { metered } from "./metered.ts";
import {
  encodePart,
  finishedBatches,
  keepPlan,
  loadPlan,
  partReader,
  readPlan,
  readReduce,
} from "./parts.ts";
import { readGeneration } from "./published.ts";
import { gatedEmbedder, gatedModel, openGate } from "./gate.ts";
import type { Gate } from "./gate.ts";
import { changeRun, checkFence, isoNow } from "./run-record.ts";
import { BUDGET_SPENT, budgetedEmbedder, budgetedModel, openWallet } from "./wallet.ts";

export interface SessionDeps {
  readonly phases: ReadonlyMap<PhaseName, Phase>;
  /** Everything but `published/`. */
  readonly objects: ObjectStore;
  /** `published/` alone; another bucket on AWS, the same folder on disk. */
  readonly published: ObjectStore;
  readonly runs: RunStore;
  /** Drawn on when the settings limit what the run may cost. */
  readonly budget: Budget;
  readonly model: Model;
  readonly embedder: Embedder;
  /** Null where phases cannot start runs. */
  readonly children: ChildRuns | null;
  readonly compute: Compute;
  readonly input: InputSource;
  readonly userHashKey: Uint8Array;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Hears what each call has used, as it ends. */
  readonly onUsage?: (usage: Usage) => void;
}

/** What one batch did: for progress, never for data. */
export type BatchOutcome = "computed" | "reused" | "failed";

/** One attempt of one run: the three verbs of every phase, as both engines call them. */
export interface Session {
  plan(phase: PhaseName, round: number): Promise<PlanOutput>;
  batch(phase: PhaseName, round: number, batch: number): Promise<BatchOutcome>;
  reduce(phase: PhaseName, round: number): Promise<ReduceOutput>;
}

const NOT_STARTED: PhaseState = { status: "pending", fingerprint: null, started_at: null, finished_at: null };

type StoredCounts = Extract<StoredReduce, { next: "done" }>["counts"];

/**
 * Opens an attempt of a run for stepping. `run` is its record as acquired: dataset known, attempt counted.
 * The engine's rules live here once: what exists is skipped, what is permanent is recorded, what is thrown is retried.
 */
export function openSession(run: RunManifest, deps: SessionDeps): Session {
  const { objects, clock, log } = deps;
  const { run_id: runId, attempt, dataset } = run;
  if (dataset === null) throw new PermanentError(`run ${runId} has no dataset yet`, { code: "no_dataset" });
  const config = runConfig.parse(run.config);
  const fingerprints = phaseFingerprints({
    phases: run.phases,
    config,
    datasetSha256: dataset.sha256,
    model: deps.model.identity,
    embedder: deps.embedder.identity,
  });

  const wallet =
    config.max_cost_usd === null
      ? null
      : openWallet({
          budget: deps.budget,
          budgetId: run.budget_run_id ?? runId,
          limitUsd: config.max_cost_usd,
          onKept: (error) => log.warn("budget_not_returned", { code: errorDetail(error).code ?? "unknown" }),
        });
  const model = wallet === null ? deps.model : budgetedModel(deps.model, wallet);
  const embedder = wallet === null ? deps.embedder : budgetedEmbedder(deps.embedder, wallet);

  const fingerprintOf = (phase: PhaseName): string => {
    const fingerprint = fingerprints.get(phase);
    if (fingerprint === undefined)
      throw new PermanentError(`${phase} is not part of run ${runId}`, { code: "phase_not_in_run" });
    return fingerprint;
  };
  const addressOf = (phase: PhaseName, round: number): PartAddress => ({
    runId,
    phase,
    fingerprint: fingerprintOf(phase),
    round,
  });

  const definitionOf = (phase: PhaseName): Phase => {
    const definition = deps.phases.get(phase);
    if (definition === undefined)
      throw new PermanentError(`no code for phase ${phase}`, { code: "unknown_phase" });
    return definition;
  };

  const childrenOf = ({ needs, readsOfRuns = [] }: PhaseRow): Children => {
    const children = needs.includes("runs") ? deps.children : null;
    const started = (): ChildRuns => {
      if (children !== null) return children;
      throw new PermanentError("runs of its own cannot be started here", {
        code: "no_child_runs",
      });
    };
    return {
      async ensure(child) {
        // Each of them would start its own, without end.
        if (child.phases.some((phase) => phaseRow(phase).needs.includes("runs")))
          throw new PermanentError(`run ${child.runId} would start runs in its turn`, {
            code: "nested_runs",
          });
        return started().ensure(child);
      },
      artifacts(childId) {
        started();
        return artifactReader(objects, childId, new Set(readsOfRuns));
      },
      async published(childId) {
        started();
        const texts: string[] = [];
        for await (const { key } of deps.published.list(publishedPrefix(childId))) {
          const bytes = await deps.published.get(key);
          if (bytes !== null) texts.push(new TextDecoder().decode(bytes));
        }
        return texts;
      },
    };
  };

  /** Rounds met by this session, with the calls that their batches have in flight. */
  const rounds = new Map<string, Promise<{ plan: StoredPlan; gate: Gate }>>();
  const roundOf = async (address: PartAddress): Promise<{ plan: StoredPlan; gate: Gate }> => {
    const key = planKey(address);
    const met =
      rounds.get(key) ??
      loadPlan(objects, address).then((plan) => ({ plan, gate: openGate(plan.concurrency) }));
    rounds.set(key, met);
    // What could not be read is read again.
    met.catch(() => rounds.delete(key));
    return met;
  };

  const contextOf = (phase: PhaseName, asked = { model, embedder }): PhaseContext => {
    const row = phaseRow(phase);
    const at = (round: number): PartAddress => addressOf(phase, round);
    return {
      runId,
      config,
      fingerprint: fingerprintOf(phase),
      phases: new Set(run.phases),
      dataset,
      counts,
      artifacts: artifactReader(objects, runId, new Set<ArtifactName>(row.reads)),
      parts: partReader(objects, at, async (round) => (await roundOf(at(round))).plan),
      input: deps.input,
      model: asked.model,
      embedder: asked.embedder,
      children: childrenOf(row),
      compute: deps.compute,
      userHashKey: deps.userHashKey,
      shown: async () => (await readGeneration(deps.published, runId))?.files ?? null,
      call: { signal: deps.signal },
    };
  };

  const emit = async (
    event: RunEvent["event"],
    phase: PhaseName,
    round: number | null,
    fields: RunEvent["fields"] = {},
  ): Promise<void> => {
    await deps.runs.appendEvents(runId, [{ at: isoNow(clock), attempt, event, phase, round, fields }]);
  };

  /** What the run has counted so far: on AWS each step opens its session on the record as it is then. */
  let { counts } = run;

  /** Changes what the record says of a phase, and the run's counts with it; a later attempt keeps this one out. */
  const changePhase = async (
    phase: PhaseName,
    change: (held: PhaseState) => PhaseState,
    counted: StoredCounts = {},
  ): Promise<void> => {
    ({ counts } = await changeRun(deps.runs, clock, runId, (held) => {
      checkFence(held, attempt);
      const state = change(held.phase_states[phase] ?? NOT_STARTED);
      return {
        ...held,
        counts: { ...held.counts, ...counted },
        phase_states: { ...held.phase_states, [phase]: state },
      };
    }));
  };

  /** Whether the phase's named artifacts are those of this attempt's settings. */
  const isShown = async (phase: PhaseName): Promise<boolean> => {
    const bytes = await objects.get(currentKey(runId, phase));
    return bytes !== null && currentArtifacts.parse(decodeJson(bytes)).fingerprint === fingerprintOf(phase);
  };

  const missingBatches = async (phase: PhaseName, round: number, batches: number): Promise<number[]> => {
    const finished = await finishedBatches(objects, addressOf(phase, round));
    return Array.from({ length: batches }, (_, batch) => batch).filter((batch) => !finished.has(batch));
  };

  const failureOf = async (
    phase: PhaseName,
    round: number,
    batches: number,
    missing: readonly number[],
  ): Promise<ReduceOutput> => {
    const address = addressOf(phase, round);
    for (const batch of missing) {
      const bytes = await objects.get(batchFailureKey(address, batch, attempt));
      if (bytes === null) continue;
      const recorded = batchFailure.parse(decodeJson(bytes));
      // Whichever batch noticed it first: it is the run that may spend no more.
      if (recorded.code === BUDGET_SPENT) return { next: "failed", failure: { phase, ...recorded } };
      return {
        next: "failed",
        failure: {
          phase,
          code: recorded.code,
          message: `${missing.length} of ${batches} batches failed; the first: ${recorded.message}`,
          hint: recorded.hint,
        },
      };
    }
    return {
      next: "failed",
      failure: {
        phase,
        code: "batches_missing",
        message: `${missing.length} of ${batches} batches of round ${round} left no output`,
        hint: "Resume the run: finished batches are kept.",
      },
    };
  };

  const recordFailure = async (
    phase: PhaseName,
    round: number,
    batch: number,
    error: unknown,
  ): Promise<void> => {
    await objects.put(
      batchFailureKey(addressOf(phase, round), batch, attempt),
      encodeDocument(batchFailure.parse(tellError(error, phase))),
    );
  };

  const publish = async (generation: string, files: PublishedGeneration): Promise<void> => {
    for (const [file, value] of Object.entries(files) as [PublishedFile, unknown][]) {
      await deps.published.put(
        publishedKey(runId, generation, file),
        encodeDocument(publishedFiles[file].parse(value)),
      );
    }
    await deps.published.put(
      publishedLatestKey(runId),
      encodeDocument({ schema_version: "1.0.0", run_id: runId, generation, published_at: isoNow(clock) }),
    );
    // Two generations side by side would let a reader subtract one from the other.
    const stale: string[] = [];
    for await (const { key } of deps.published.list(publishedPrefix(runId))) {
      if (key !== publishedLatestKey(runId) && !key.startsWith(publishedKey(runId, generation, "")))
        stale.push(key);
    }
    await deps.published.delete(stale);
  };

  const finish = async (
    phase: PhaseName,
    round: number,
    answer: ReduceAnswer & { next: "done" },
  ): Promise<void> => {
    const fingerprint = fingerprintOf(phase);
    await writeArtifacts(objects, runId, answer.artifacts);
    if (answer.published !== undefined) await publish(fingerprint, answer.published);
    const counted = answer.counts?.() ?? {};
    const warnings: readonly Warning[] = answer.warnings?.() ?? [];
    const record: StoredReduce = { next: "done", counts: counted, warnings: [...warnings] };
    await objects.putIfAbsent(reduceKey(addressOf(phase, round)), encodeDocument(record));
    await objects.put(currentKey(runId, phase), encodeDocument({ fingerprint, attempt }));
    await changePhase(
      phase,
      (held) => ({
        status: "done",
        fingerprint,
        started_at: held.started_at ?? isoNow(clock),
        finished_at: isoNow(clock),
      }),
      counted,
    );
    for (const { code, count } of warnings) await emit("warning", phase, null, { code, count });
    await emit("phase_finished", phase, round, { ...counted });
  };

  return {
    async plan(phase, round) {
      const address = addressOf(phase, round);
      const reduced = await readReduce(objects, address);
      if (reduced !== null) {
        if (round === 0 && (await isShown(phase))) log.debug("phase_reused", { phase });
        const held = await readPlan(objects, address);
        return { batches: 0, concurrency: held?.concurrency ?? 1 };
      }
      if (round === 0) {
        await changePhase(phase, () => ({
          status: "running",
          fingerprint: address.fingerprint,
          started_at: isoNow(clock),
          finished_at: null,
        }));
        await emit("phase_started", phase, null);
      }
      const held = await readPlan(objects, address);
      if (held !== null) return { batches: held.batches, concurrency: held.concurrency };
      const made = await definitionOf(phase).plan(contextOf(phase), round);
      if (made.batches > MAX_BATCHES_PER_ROUND) {
        throw new PermanentError(
          `${phase} planned ${made.batches} batches, more than ${MAX_BATCHES_PER_ROUND}`,
          { code: "too_many_batches" },
        );
      }
      const kept = await keepPlan(objects, address, {
        batches: made.batches,
        concurrency: made.concurrency,
        detail: made.detail ?? null,
      });
      await emit("round_planned", phase, round, { batches: kept.batches });
      return { batches: kept.batches, concurrency: kept.concurrency };
    },

    async batch(phase, round, batch) {
      const address = addressOf(phase, round);
      const key = partKey(address, batch);
      if ((await objects.head(key)) !== null) {
        log.debug("batch_reused", { phase, round, batch });
        return "reused";
      }
      deps.signal.throwIfAborted();
      log.debug("batch_started", { phase, round, batch, attempt });
      const started = clock.elapsed();
      const { gate } = await roundOf(address);
      const cache = answerCache(objects, address, batch, gatedModel(model, gate));
      const meter = metered(
        { model: cache.model, embedder: gatedEmbedder(embedder, gate) },
        deps.onUsage ?? (() => {}),
      );
      try {
        const compute = async (): Promise<BatchOutput> =>
          definitionOf(phase).batch(contextOf(phase, meter), round, batch);
        const output = await (wallet === null ? compute() : wallet.during(compute));
        const ledger = output.ledger ?? [];
        const header: PartHeader = {
          phase,
          round,
          batch,
          attempt,
          ledger: ledger.length,
          rows: output.rows.length,
          seconds: Math.max(0, clock.elapsed() - started) / 1000,
          usage: output.usage ?? NO_USAGE,
          models: meter.used(),
        };
        if (output.sidecar !== undefined) await objects.put(sidecarKey(address, batch), output.sidecar);
        await objects.putIfAbsent(key, encodePart(header, ledger, output.rows));
        await cache.clear();
      } catch (error) {
        await cache.settled();
        if (deps.signal.aborted) throw error;
        await recordFailure(phase, round, batch, error);
        if (!isKind(error, ErrorName.permanent)) throw error;
        log.warn("batch_failed", { phase, round, batch, code: errorDetail(error).code ?? "permanent" });
        return "failed";
      }
      log.debug("batch_finished", { phase, round, batch, attempt });
      return "computed";
    },

    async reduce(phase, round) {
      const address = addressOf(phase, round);
      const reduced = await readReduce(objects, address);
      if (reduced?.next === "round") return { next: "round" };
      if (reduced?.next === "done" && (await isShown(phase))) {
        await changePhase(
          phase,
          (held) => ({ ...held, status: "reused", fingerprint: address.fingerprint }),
          reduced.counts,
        );
        await emit("phase_reused", phase, round);
        return { next: "done", reused: true };
      }
      const { plan } = await roundOf(address);
      const missing = await missingBatches(phase, round, plan.batches);
      if (missing.length > 0) return failureOf(phase, round, plan.batches, missing);

      const held = await deps.runs.get(runId);
      if (held === null) throw new StoppedError(`run ${runId} was deleted`, { code: "superseded" });
      checkFence(held, attempt);
      const answer = await definitionOf(phase).reduce(contextOf(phase), round);
      switch (answer.next) {
        case "poll":
          return { next: "poll", after_seconds: answer.afterSeconds };
        case "failed":
          if (answer.artifacts !== undefined) await writeArtifacts(objects, runId, answer.artifacts);
          await changePhase(phase, (state) => ({ ...state, status: "failed" }));
          return { next: "failed", failure: { phase, ...answer.failure } };
        case "round":
          await objects.putIfAbsent(reduceKey(address), encodeDocument(storedReduce.parse(answer)));
          await emit("round_reduced", phase, round, { batches: plan.batches });
          return { next: "round" };
        case "done":
          await finish(phase, round, answer);
          return { next: "done", reused: false };
      }
    },
  };
}
