import { bytesInput } from "../../shared/adapters/memory/bytes-input.ts";
import { memoryBudget } from "../../shared/adapters/memory/budget.ts";
import { memoryObjectStore } from "../../shared/adapters/memory/object-store.ts";
import { memoryRunStore } from "../../shared/adapters/memory/run-store.ts";
import { manualClock } from "../../shared/adapters/memory/manual-clock.ts";
import { defaultConfig } from "../../shared/config.ts";
import type { RunConfig } from "../../shared/config.ts";
import type { Failure, PhaseName, RunManifest } from "../../shared/contracts/run.ts";
import { artifacts } from "../../shared/contracts/artifacts.ts";
import type {
  ArtifactName,
  ArtifactValue,
  JsonArtifact,
  RowArtifact,
} from "../../shared/contracts/artifacts.ts";
import { inThisThread } from "../../shared/domain/compute.ts";
import { newRun } from "../../shared/domain/new-run.ts";
import { sha256Hex } from "../../shared/domain/hash.ts";
import { artifactReader } from "../../shared/engine/artifact-io.ts";
import { acquireRun, releaseRun } from "../../shared/engine/ownership.ts";
import { openSession } from "../../shared/engine/session.ts";
import { artifactKey } from "../../shared/keys.ts";
import { allPhases } from "../../shared/phases/all.ts";
import type { Phase } from "../../shared/phases/phase.ts";
import { phasesOf } from "../../shared/pipeline.ts";
import type { Stage } from "../../shared/pipeline.ts";
import type { Budget } from "../../shared/ports/budget.ts";
import type { Embedder } from "../../shared/ports/embedder.ts";
import type { ChildRuns } from "../../shared/ports/child-runs.ts";
import type { Log } from "../../shared/ports/log.ts";
import type { Model } from "../../shared/ports/model.ts";
import type { ObjectStore } from "../../shared/ports/object-store.ts";
import type { RunStore } from "../../shared/ports/run-store.ts";
import { runPhases } from "../../cli/runner.ts";
import { hashingEmbedder, scriptedModel } from "./scripted-provider.ts";

/** One input conversation, short. */
export interface Chat {
  readonly id: string;
  readonly user: string;
  readonly text: string;
  readonly timestamp?: string;
}

export function jsonlOf(chats: readonly Chat[]): Uint8Array {
  const lines = chats.map(({ id, user, text, timestamp }) =>
    JSON.stringify({
      conversation_id: id,
      user_id: user,
      ...(timestamp === undefined ? {} : { timestamp }),
      messages: [
        { role: "user", content: text },
        { role: "assistant", content: "Done." },
      ],
    }),
  );
  return new TextEncoder().encode(lines.map((line) => `${line}\n`).join(""));
}

/** `count` chats about `topics` in turn, from `users` users in turn. */
export function chatsAbout(topics: readonly string[], count: number, users = count): Chat[] {
  return Array.from({ length: count }, (_, i) => ({
    id: `chat-${i}`,
    user: `user-${i % users}`,
    text: `${topics[i % topics.length]} please number ${i % 7}`,
    timestamp: `2026-09-${String(1 + (i % 28)).padStart(2, "0")}T12:00:00Z`,
  }));
}

/** A log that keeps what it is told. */
export function recordingLog(): Log & { readonly lines: string[] } {
  const lines: string[] = [];
  const record =
    (level: string) =>
    (event: string, fields = {}): void => {
      lines.push(JSON.stringify({ level, event, ...fields }));
    };
  return { lines, debug: record("debug"), info: record("info"), warn: record("warn") };
}

export interface MemoryRun {
  readonly run: RunManifest;
  readonly failure: Failure | null;
  readonly objects: ObjectStore;
  readonly runs: RunStore;
  readonly budget: Budget;
  readonly log: ReturnType<typeof recordingLog>;
  json<N extends JsonArtifact>(name: N): Promise<ArtifactValue<N>>;
  rows<N extends RowArtifact>(name: N): Promise<ArtifactValue<N>[]>;
  has(name: ArtifactName): Promise<boolean>;
}

export interface MemoryRunOptions {
  readonly config?: Partial<RunConfig>;
  readonly stages?: readonly Stage[];
  /** The phases of the run, instead of those of `stages`. */
  readonly only?: readonly PhaseName[];
  readonly model?: Model;
  readonly embedder?: Embedder;
  readonly phases?: ReadonlyMap<PhaseName, Phase>;
  readonly runId?: string;
  /** Stores of an earlier attempt, to resume in. */
  readonly earlier?: Pick<MemoryRun, "objects" | "runs" | "budget">;
  /** Stores to make the run in, beside other runs. */
  readonly within?: Pick<MemoryRun, "objects" | "runs" | "budget">;
  /** The run on whose budget it draws; left out: its own. */
  readonly budgetRunId?: string;
  /** What the phases see of the object store, such as one with faults; `objects` of the result stays the plain one. */
  readonly wrapObjects?: (objects: ObjectStore) => ObjectStore;
  readonly signal?: AbortSignal;
}

/** Runs that a phase starts: each comes to its end before it is answered for. */
function memoryChildRuns(
  within: Pick<MemoryRun, "objects" | "runs" | "budget">,
  budgetRunId: string,
  provider: Pick<MemoryRunOptions, "model" | "embedder">,
): ChildRuns {
  return {
    async ensure({ runId, config, phases, input }) {
      const held = await within.runs.get(runId);
      if (held?.status === "done") return { state: "done" };
      const { failure } = await memoryRun(await input.content(), {
        ...provider,
        runId,
        config,
        only: phases,
        budgetRunId,
        ...(held === null ? { within } : { earlier: within }),
      });
      return failure === null ? { state: "running", lookAgainSeconds: 1 } : { state: "failed", failure };
    },
  };
}

/** A whole run in memory with the embedded runner, a scripted provider and a clock that stands still. */
export async function memoryRun(input: Uint8Array, options: MemoryRunOptions = {}): Promise<MemoryRun> {
  const {
    stages = ["hierarchy", "privacy"],
    model = scriptedModel(),
    embedder = hashingEmbedder(),
    runId = "test-run",
  } = options;
  const held = options.earlier ?? options.within;
  const objects = held?.objects ?? memoryObjectStore();
  const runs = held?.runs ?? memoryRunStore();
  const budget = held?.budget ?? memoryBudget();
  const clock = manualClock(Date.parse("2026-11-01T00:00:00Z"));
  const log = recordingLog();
  const config: RunConfig = { ...defaultConfig(), ...options.config };
  const phases = options.only ?? phasesOf(stages);
  const dataset = { name: "input.jsonl", bytes: input.length, sha256: sha256Hex(input) };
  const at = new Date(clock.now()).toISOString();
  if (options.earlier === undefined) {
    const created = newRun({
      runId,
      at,
      config,
      phases,
      dataset,
      model: model.identity,
      embedder: embedder.identity,
      budgetRunId: options.budgetRunId ?? null,
      versions: { ant_clio: "test", node: process.version },
    });
    await runs.create(created);
  }
  const ownership = {
    runs,
    clock,
    me: { id: "tester", host: "here", pid: 1, pid_started: null, started_at: at },
    isAlive: () => false,
  };
  const owned = await acquireRun(ownership, runId, (record) => ({
    ...record,
    config: { ...config },
    phases: [...new Set([...record.phases, ...phases])],
  }));
  const signal = options.signal ?? new AbortController().signal;
  const seen = options.wrapObjects?.(objects) ?? objects;
  const session = openSession(owned, {
    phases: options.phases ?? allPhases,
    objects: seen,
    published: seen,
    runs,
    budget,
    model,
    embedder,
    compute: inThisThread,
    children: memoryChildRuns({ objects, runs, budget }, runId, { model, embedder }),
    input: bytesInput(input),
    userHashKey: new Uint8Array(32).fill(7),
    clock,
    log,
    signal,
  });
  const progress = {
    phaseStarted: () => {},
    roundPlanned: () => {},
    batchFinished: () => {},
    phaseFinished: () => {},
  };
  const end = await runPhases(phases, { session, clock, signal, progress, cores: 2 });
  const failure = end.ok ? null : end.failure;
  const run = await releaseRun(ownership, runId, {
    status: failure === null ? "done" : "failed",
    failure,
    warnings: 0,
  });
  const reader = artifactReader(objects, runId, new Set(Object.keys(artifacts) as ArtifactName[]));
  return {
    run,
    failure,
    objects,
    runs,
    budget,
    log,
    json: (name) => reader.json(name),
    rows: (name) => Array.fromAsync(reader.rows(name)),
    has: async (name) => (await objects.head(artifactKey(runId, artifacts[name].path))) !== null,
  };
}
