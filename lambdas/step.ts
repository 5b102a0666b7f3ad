import type { PlanAnswer, StepEvent, StepReduceAnswer, BatchAnswer } from "../shared/contracts/aws.ts";
import type { ThreadedCompute } from "../shared/adapters/threads/compute.ts";
import { runConfig } from "../shared/config.ts";
import type { RunConfig, StageProvider } from "../shared/config.ts";
import type { Failure, PhaseName, RunManifest } from "../shared/contracts/run.ts";
import { failure as failureSchema } from "../shared/contracts/run.ts";
import { inThisThread } from "../shared/domain/compute.ts";
import type { Compute } from "../shared/domain/compute.ts";
import { encodeDocument } from "../shared/domain/jsonl.ts";
import { failureOf } from "../shared/engine/run-end.ts";
import { openSession } from "../shared/engine/session.ts";
import type { Session } from "../shared/engine/session.ts";
import { ErrorName, PermanentError, isKind } from "../shared/errors.ts";
import { stepFailureKey } from "../shared/keys.ts";
import type { Phase } from "../shared/phases/phase.ts";
import type { Provider } from "../shared/adapters/open-provider.ts";
import type { Budget } from "../shared/ports/budget.ts";
import type { BatchProgress } from "../shared/ports/batch-progress.ts";
import type { ChildRuns } from "../shared/ports/child-runs.ts";
import type { Embedder } from "../shared/ports/embedder.ts";
import type { InputSource } from "../shared/ports/input-source.ts";
import type { Model } from "../shared/ports/model.ts";
import type { ObjectStore } from "../shared/ports/object-store.ts";
import type { RunStore } from "../shared/ports/run-store.ts";
import { phaseRow } from "../shared/pipeline.ts";
import { requireOfStage } from "./stage-provider.ts";
import type { Call } from "./wrapper.ts";

export interface StepServices {
  readonly phase: Phase;
  /** Everything but `published/`. */
  readonly objects: ObjectStore;
  readonly published: ObjectStore;
  readonly runs: RunStore;
  readonly budget: Budget;
  readonly progress: BatchProgress;
  /** Whom the stage's runs ask. */
  readonly stage: StageProvider;
  /** Given by functions of phases that ask a model or embed. */
  readonly provider: ((config: RunConfig, signal: AbortSignal) => Promise<Provider>) | null;
  /** The input and the run's key for user hashes; given by the function of the phase that reads the input. */
  readonly input: ((runId: string) => Promise<{ source: InputSource; userHashKey: Uint8Array }>) | null;
  /** Given by the functions of phases whose numeric work takes long. */
  readonly compute: ((signal: AbortSignal) => ThreadedCompute) | null;
  /** Given by the function of the phase that starts runs. */
  readonly children: ((of: ParentStep) => ChildRuns) | null;
}

/** The step that asks for runs, and what it works with. */
export interface ParentStep extends Pick<StepServices, "objects" | "runs">, Pick<Call, "clock" | "log"> {
  readonly run: RunManifest;
  readonly phase: PhaseName;
}

/** Stands for what a phase was not given, and must not miss. */
function refused(what: string): never {
  throw new PermanentError(`this phase's function was given no ${what}`, { code: "not_in_table" });
}

const noInput: InputSource = {
  name: "",
  compressed: false,
  size: () => refused("input"),
  stream: () => refused("input"),
  content: () => refused("input"),
};

function noModel(run: RunManifest): Model {
  return { identity: run.model, ask: () => refused("model") };
}

function noEmbedder(run: RunManifest): Embedder {
  return {
    identity: run.embedder,
    dimensions: 0,
    embed: () => refused("embedder"),
    close: async () => {},
  };
}

/**
 * The provider that the run was started with: the answers of another version must not be taken for its own. Nothing is
 * opened, and so no key read, for a run that names another provider than its stage.
 */
async function providerOf(services: StepServices, run: RunManifest, signal: AbortSignal): Promise<Provider> {
  if (services.provider === null) return { model: noModel(run), embedder: noEmbedder(run) };
  const config = runConfig.parse(run.config);
  requireOfStage(config, services.stage);
  const provider = await services.provider(config, signal);
  for (const [now, then] of [
    [provider.model.identity, run.model],
    [provider.embedder.identity, run.embedder],
  ] as const) {
    if (now.provider !== then.provider || now.model !== then.model || now.version !== then.version) {
      throw new PermanentError(
        `the run was started with ${then.model} ${then.version}, this function has ${now.version}`,
        {
          code: "provider_changed",
          hint: "A new version was deployed meanwhile: resume the run with the same version of clio.",
        },
      );
    }
  }
  return provider;
}

async function sessionOf(
  services: StepServices,
  run: RunManifest,
  compute: Compute,
  call: Call,
): Promise<Session> {
  const { phase, objects, published, runs, budget, children } = services;
  const { needs } = phaseRow(phase.name);
  const { model, embedder } = await providerOf(services, run, call.signal);
  const input = needs.includes("input") ? await services.input?.(run.run_id) : undefined;
  return openSession(run, {
    phases: new Map([[phase.name, phase]]),
    objects,
    published,
    runs,
    budget,
    model,
    embedder,
    compute,
    children: children?.({ run, phase: phase.name, objects, runs, ...call }) ?? null,
    input: input?.source ?? noInput,
    userHashKey: input?.userHashKey ?? new Uint8Array(0),
    clock: call.clock,
    log: call.log,
    signal: call.signal,
  });
}

/** Why this event is not obeyed, or null: a later attempt owns the run, it ended, or somebody asked it to stop. */
function refusal(run: RunManifest, { run_id: runId, attempt }: StepEvent): Failure | null {
  const hint = "Resume the run: finished batches are kept.";
  if (run.attempt !== attempt || run.status !== "running")
    return { phase: null, code: "superseded", message: `attempt ${attempt} of run ${runId} has ended`, hint };
  if (run.stop_requested_at !== null)
    return { phase: null, code: "stop_requested", message: `run ${runId} was asked to stop`, hint };
  return null;
}

/**
 * One step of a phase as the state machine asks for it. What fails for good is left as the attempt's failure, which the
 * end of the run reads, and answered as a value; what is thrown is tried again.
 */
export async function runStep(
  event: StepEvent,
  services: StepServices,
  call: Call,
): Promise<PlanAnswer | BatchAnswer | StepReduceAnswer> {
  const { phase, objects, runs, progress } = services;
  const { run_id: runId, attempt, round } = event;
  const giveUp = async (failure: Failure): Promise<{ next: "failed" }> => {
    call.log.info("step_failed", { run_id: runId, attempt, phase: phase.name, code: failure.code });
    await objects.put(
      stepFailureKey(runId, phase.name, attempt),
      encodeDocument(failureSchema.parse(failure)),
    );
    return { next: "failed" };
  };

  const run = await runs.get(runId);
  // Deleted meanwhile: there is nothing left to say why on.
  if (run === null) return event.verb === "batch" ? {} : { next: "failed" };
  const refusedBy = refusal(run, event);
  if (refusedBy !== null) return event.verb === "batch" ? {} : giveUp(refusedBy);

  const verb = async (session: Session): Promise<PlanAnswer | BatchAnswer | StepReduceAnswer> => {
    switch (event.verb) {
      case "plan": {
        const { batches, concurrency } = await session.plan(phase.name, round);
        if (batches === 0) return { next: "reduce" };
        return { next: "map", batches: Array.from({ length: batches }, (_, batch) => batch), concurrency };
      }
      case "batch": {
        const outcome = await session.batch(phase.name, round, event.batch);
        call.count(
          { computed: "BatchesComputed", reused: "BatchesReused", failed: "BatchesFailed" }[outcome],
          1,
        );
        // Set by the plan that came before.
        const fingerprint = run.phase_states[phase.name]?.fingerprint;
        if (outcome !== "failed" && fingerprint) {
          await progress.finished({ runId, phase: phase.name, fingerprint, round }, event.batch);
        }
        return {};
      }
      case "reduce": {
        const answer = await session.reduce(phase.name, round);
        if (answer.next === "failed") return await giveUp(answer.failure);
        return answer.next === "round" ? { next: "round", round: round + 1 } : answer;
      }
    }
  };

  const compute = services.compute?.(call.signal);
  try {
    const session = await sessionOf(services, run, compute ?? inThisThread, call);
    return await verb(session);
  } catch (error) {
    const failure = failureOf(phase.name, error);
    const permanent = [ErrorName.permanent, ErrorName.usage, ErrorName.stopped].some((kind) =>
      isKind(error, kind),
    );
    if (event.verb === "batch") {
      // The gap it leaves is found by reduce.
      if (permanent) return {};
      throw error;
    }
    const answer = await giveUp(failure);
    if (permanent) return answer;
    throw error;
  } finally {
    await compute?.close();
  }
}
