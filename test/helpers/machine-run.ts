import { StateMachine } from "aws-local-stepfunctions";
import type { StateMachineDefinition } from "aws-local-stepfunctions";
import { allStates } from "../../infra/states-language.ts";
import type { Definition, State, States } from "../../infra/states-language.ts";
import { stateMachineDefinition } from "../../infra/state-machine.ts";
import { endExecution } from "../../lambdas/end-run.ts";
import { runStep } from "../../lambdas/step.ts";
import { defaultConfig } from "../../shared/config.ts";
import type { RunConfig } from "../../shared/config.ts";
import type { ExecutionInput } from "../../shared/contracts/aws.ts";
import { endEvent, executionInput, stepEvent } from "../../shared/contracts/aws.ts";
import type { PhaseName, RunManifest } from "../../shared/contracts/run.ts";
import { sha256Hex } from "../../shared/domain/hash.ts";
import { newRun } from "../../shared/domain/new-run.ts";
import { launchRun } from "../../shared/engine/execution.ts";
import { keptUserHashKey } from "../../shared/engine/run-input.ts";
import { isoNow } from "../../shared/engine/run-record.ts";
import { executionName } from "../../shared/keys.ts";
import { allPhases } from "../../shared/phases/all.ts";
import type { Phase } from "../../shared/phases/phase.ts";
import { phasesOf, pipeline } from "../../shared/pipeline.ts";
import type { Stage } from "../../shared/pipeline.ts";
import type { Model } from "../../shared/ports/model.ts";
import type { ObjectStore } from "../../shared/ports/object-store.ts";
import type { RunStore } from "../../shared/ports/run-store.ts";
import { memoryAws } from "./memory-aws.ts";
import { hashingEmbedder, scriptedModel } from "./scripted-provider.ts";

/** What the state machine calls, in process: the phases' functions and the one that ends runs. */
export interface StepHandlers {
  phase(phase: PhaseName, event: unknown): Promise<unknown>;
  end(event: unknown): Promise<unknown>;
}

/**
 * A definition as the interpreter takes it: it has no distributed maps, so that their mode and tolerance go and each runs
 * inline. Nothing else is changed; a child never fails here as there, since it catches what is thrown.
 */
function inlineMaps(states: States): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(states).map(([name, state]): [string, unknown] => {
      if (state.Type === "Parallel")
        return [
          name,
          {
            ...state,
            Branches: state.Branches.map((branch) => ({ ...branch, States: inlineMaps(branch.States) })),
          },
        ];
      if (state.Type !== "Map") return [name, state];
      const { ToleratedFailurePercentage: _tolerated, ItemProcessor, ...map } = state;
      const { ProcessorConfig: _mode, ...processor } = ItemProcessor;
      return [name, { ...map, ItemProcessor: { ...processor, States: inlineMaps(ItemProcessor.States) } }];
    }),
  );
}

export interface Execution {
  /** What the execution answered, or null when it failed. */
  readonly output: unknown;
  /** States in the order in which they were entered, batches among them. */
  readonly entered: readonly string[];
}

/** Runs the machine with a third party's interpreter over handlers in this process; waits take no time. */
export async function interpret(
  definition: Definition,
  input: ExecutionInput,
  handlers: StepHandlers,
): Promise<Execution> {
  const entered: string[] = [];
  const states = allStates(definition.States);
  const named = (type: State["Type"]): string[] =>
    states.filter(([, { Type }]) => Type === type).map(([name]) => name);
  const tasks = named("Task").map((name) => [
    name,
    (event: unknown) =>
      name === "end" ? handlers.end(event) : handlers.phase(name.split(".")[0] as PhaseName, event),
  ]);
  const machine = new StateMachine(
    { ...definition, States: inlineMaps(definition.States) } as unknown as StateMachineDefinition,
    { validationOptions: { checkArn: false } },
  );
  const execution = machine.run(executionInput.parse(input), {
    overrides: {
      taskResourceLocalHandlers: Object.fromEntries(tasks) as Record<string, never>,
      waitTimeOverrides: Object.fromEntries(named("Wait").map((name) => [name, 0])),
      retryIntervalOverrides: Object.fromEntries(named("Task").map((name) => [name, 0])),
    },
  });
  const watch = (async () => {
    for await (const event of execution.eventLogs)
      if (event.type === "StateEntered") entered.push(event.state.name);
  })();
  const output: unknown = await execution.result.catch((error: unknown) => {
    if ((error as Error).name === "ExecutionError") return null;
    throw error;
  });
  await watch;
  return { output, entered };
}

export interface MachineRunOptions {
  readonly stages?: readonly Stage[];
  readonly config?: Partial<RunConfig>;
  readonly model?: Model;
  readonly phases?: ReadonlyMap<PhaseName, Phase>;
  /** Stands between the interpreter and the handlers, such as to lose calls. */
  readonly wrap?: (handlers: StepHandlers) => StepHandlers;
}

export interface MachineRun extends Execution {
  readonly run: RunManifest;
  readonly objects: ObjectStore;
  readonly runs: RunStore;
  /** Those of runs that it started among them, by name. */
  readonly executions: ReturnType<typeof memoryAws>["executions"];
  /** Every answer that a phase's handler gave, as it crosses the machine. */
  readonly answers: readonly unknown[];
}

const INPUT_KEY = "incoming/input.jsonl";

/** A whole run in memory, driven by the state machine over the functions' own code. */
export async function machineRun(input: Uint8Array, options: MachineRunOptions = {}): Promise<MachineRun> {
  const { stages = ["hierarchy", "privacy"], model = scriptedModel(), phases = allPhases } = options;
  const runId = "machine-run";
  const embedder = hashingEmbedder();
  const aws = memoryAws({ model, embedder, phases });
  const { objects, runs, clock, log } = aws;
  aws.drop(INPUT_KEY, input);
  await runs.create(
    newRun({
      runId,
      at: isoNow(clock),
      config: { ...defaultConfig(), ...options.config },
      phases: phasesOf(stages),
      dataset: { name: "input.jsonl", bytes: input.length, sha256: sha256Hex(input) },
      model: model.identity,
      embedder: embedder.identity,
      versions: { ant_clio: "test", node: process.version },
    }),
  );
  await keptUserHashKey(objects, runId, aws.start.newUserHashKey());
  const owned = await launchRun({ ...aws.start, clock, log }, runId);

  const answers: unknown[] = [];
  const handlers: StepHandlers = {
    async phase(phase, event) {
      const answer = await runStep(stepEvent.parse(event), aws.step(phase, INPUT_KEY), aws.call);
      answers.push(answer);
      // Waits take no time here: what is waited for happens in between.
      if ("next" in answer && answer.next === "poll") await endChildren();
      return answer;
    },
    end: (event) => endExecution(endEvent.parse(event), aws.end, aws.call),
  };
  const definition = stateMachineDefinition(pipeline, {
    functionArn: (entry) => `arn:aws:lambda:us-east-1:123456789012:function:${entry}`,
    staticMapConcurrency: null,
  });
  const wrapped = options.wrap?.(handlers) ?? handlers;
  const own = executionName(runId, owned.attempt);
  async function endChildren(): Promise<void> {
    for (const [name, child] of aws.executions) {
      if (name === own || !child.running) continue;
      await interpret(definition, child.input, wrapped);
      child.running = false;
    }
  }
  const execution = await interpret(definition, aws.executions.get(own)!.input, wrapped);
  return { ...execution, run: (await runs.get(runId))!, objects, runs, answers, executions: aws.executions };
}
