import { manualClock } from "../../shared/adapters/memory/manual-clock.ts";
import { memoryBudget } from "../../shared/adapters/memory/budget.ts";
import { memoryObjectStore } from "../../shared/adapters/memory/object-store.ts";
import { memoryRunStore } from "../../shared/adapters/memory/run-store.ts";
import { objectProgress } from "../../shared/adapters/object-progress.ts";
import { stageProvider } from "../../shared/config.ts";
import type { StageProvider } from "../../shared/config.ts";
import { inputLocation } from "../../shared/contracts/aws.ts";
import type { ExecutionInput, ObjectCreatedEvent } from "../../shared/contracts/aws.ts";
import type { PhaseName } from "../../shared/contracts/run.ts";
import { sha256Hex } from "../../shared/domain/hash.ts";
import { decodeJson } from "../../shared/domain/jsonl.ts";
import { childExecutions } from "../../shared/engine/child-executions.ts";
import { executionName, inputLocationKey, userHashKey } from "../../shared/keys.ts";
import { allPhases } from "../../shared/phases/all.ts";
import type { Phase } from "../../shared/phases/phase.ts";
import type { Embedder } from "../../shared/ports/embedder.ts";
import type { Model } from "../../shared/ports/model.ts";
import type { RunStarter } from "../../shared/ports/run-starter.ts";
import { phaseRow } from "../../shared/pipeline.ts";
import type { EndServices } from "../../lambdas/end-run.ts";
import type { StartServices } from "../../lambdas/start-run.ts";
import type { StepServices } from "../../lambdas/step.ts";
import type { Call } from "../../lambdas/wrapper.ts";
import { bytesInput } from "../../shared/adapters/memory/bytes-input.ts";
import { recordingLog } from "./memory-run.ts";
import { hashingEmbedder, scriptedModel } from "./scripted-provider.ts";

export interface MemoryAwsOptions {
  readonly model?: Model;
  readonly embedder?: Embedder;
  readonly phases?: ReadonlyMap<PhaseName, Phase>;
  /** Whom the stage's deployment says that its runs ask. */
  readonly stage?: Partial<StageProvider>;
}

/** An account in memory: stores, a starter that remembers its executions, and what each function opens. */
export function memoryAws(options: MemoryAwsOptions = {}) {
  const { model = scriptedModel(), embedder = hashingEmbedder(), phases = allPhases } = options;
  const stage = stageProvider.parse(options.stage ?? {});
  const objects = memoryObjectStore();
  const runs = memoryRunStore();
  const budget = memoryBudget();
  const clock = manualClock(Date.parse("2026-11-01T00:00:00Z"));
  const log = recordingLog();
  const executions = new Map<string, { input: ExecutionInput; running: boolean }>();
  const starter: RunStarter = {
    async start(runId, attempt, selected) {
      const name = executionName(runId, attempt);
      if (executions.has(name)) return "exists";
      const chosen = Object.fromEntries(selected.map((phase) => [phase, true as const]));
      executions.set(name, { input: { run_id: runId, attempt, phases: chosen }, running: true });
      return "started";
    },
    isRunning: async (runId, attempt) => executions.get(executionName(runId, attempt))?.running ?? null,
    async stop(runId, attempt) {
      const execution = executions.get(executionName(runId, attempt));
      if (execution !== undefined) execution.running = false;
    },
  };
  const counts = new Map<string, number>();
  const call: Call = {
    log,
    clock,
    count: (name, value) => counts.set(name, (counts.get(name) ?? 0) + value),
    signal: new AbortController().signal,
  };
  const inputs = new Map<string, Uint8Array>();
  const newUserHashKey = (): Uint8Array => new Uint8Array(32).fill(7);
  /** What starting a run from within one takes. */
  const starting = {
    starter,
    newUserHashKey,
    locate: async (key: string) => ({
      bucket: "private",
      key,
      etag: sha256Hex((await objects.get(key))!).slice(0, 32),
    }),
  };
  /** The input that a run was started with, dropped or its own. */
  const inputOf = async (runId: string): Promise<Uint8Array | null> => {
    const location = await objects.get(inputLocationKey(runId));
    if (location === null) return null;
    const { key } = inputLocation.parse(decodeJson(location));
    return inputs.get(key) ?? objects.get(key);
  };

  const start: StartServices = {
    objects,
    runs,
    starter,
    openInput: async ({ key }) => {
      const bytes = inputs.get(key);
      if (bytes === undefined) throw new RangeError("no such input in this test");
      return bytesInput(bytes, key.slice(key.lastIndexOf("/") + 1));
    },
    stage,
    identify: () => ({ model: model.identity, embedder: embedder.identity }),
    newUserHashKey,
  };

  return {
    objects,
    runs,
    budget,
    clock,
    log,
    executions,
    starter,
    counts,
    call,
    start,
    starting,
    end: { objects, runs } satisfies EndServices,
    /** Puts an input into the bucket; the event that S3 would send. */
    drop(key: string, bytes: Uint8Array): ObjectCreatedEvent {
      inputs.set(key, bytes);
      return {
        detail: { bucket: { name: "private" }, object: { key, etag: sha256Hex(bytes).slice(0, 32) } },
      };
    },
    /** What the function of a phase opens for a run of that input. */
    step(name: PhaseName, inputKey: string): StepServices {
      const phase = phases.get(name);
      if (phase === undefined) throw new RangeError(`no phase ${name}`);
      const { asks, needs } = phaseRow(name);
      const bytes = inputs.get(inputKey) ?? new Uint8Array(0);
      return {
        phase,
        objects,
        published: objects,
        runs,
        budget,
        progress: objectProgress(objects),
        stage,
        provider: asks.length > 0 || needs.includes("embedder") ? async () => ({ model, embedder }) : null,
        input: needs.includes("input")
          ? async (runId) => ({
              source: bytesInput((await inputOf(runId)) ?? bytes),
              userHashKey: (await objects.get(userHashKey(runId))) ?? new Uint8Array(0),
            })
          : null,
        compute: null,
        children: needs.includes("runs")
          ? ({ run, phase: own, ...stores }) => childExecutions({ ...stores, ...starting }, run, own)
          : null,
      };
    },
  };
}
