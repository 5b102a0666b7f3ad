import type { EndEvent, StepEvent } from "../shared/contracts/aws.ts";
import type { PhaseName } from "../shared/contracts/run.ts";
import { stepsOf } from "./branches.ts";
import type { Step } from "./branches.ts";
import { RETRY_FIRST_WAIT_SECONDS } from "../shared/pipeline.ts";
import type { PhaseRow } from "../shared/pipeline.ts";
import type {
  ChoiceState,
  Definition,
  MapState,
  ParallelState,
  PassState,
  Retrier,
  States,
  TaskState,
} from "./states-language.ts";

/** What the wrapper around a phase needs beyond the phase's own limit, to record what happened. */
const WRAPPER_SECONDS = 30;
/** Between a function's own end and the task's: cold start and the answer's way back. Should never run out. */
const TASK_MARGIN_SECONDS = 60;
/** Express executions end at 300 s (Step Functions quotas); 10 s for start and the states in between. */
const EXPRESS_SECONDS = 290;
/** Longest run: 10 million conversations with a slow model take days; what takes longer hangs. */
const MACHINE_SECONDS = 7 * 24 * 3600;
/** The function behind `end`: Lambda's longest, since it reads the header of every part. */
export const END_SECONDS = 900;

/** Errors of Lambda itself: our code was not at fault, and mostly did not run. CDK's own list lacks the first. */
const LAMBDA_ERRORS = [
  "Lambda.TooManyRequestsException",
  "Lambda.ServiceException",
  "Lambda.AWSLambdaException",
  "Lambda.SdkClientException",
  "Lambda.ClientExecutionTimeoutException",
];

/** Waits of at most 2, 4, 8, 16, 32, then fifteen times 60 s: 16 minutes, longer than whatever holds the concurrency can run. */
const PATIENT: Retrier = {
  ErrorEquals: LAMBDA_ERRORS,
  IntervalSeconds: 2,
  BackoffRate: 2,
  MaxDelaySeconds: 60,
  MaxAttempts: 20,
  JitterStrategy: "FULL",
};
/** For children that end at 300 s: at most 2 + 4 + 8 + 16 s. */
const BRIEF: Retrier = { ...PATIENT, MaxAttempts: 4 };

/** Marking the run is what must not be missed: at most 9 minutes of waits on top of Lambda's own errors. */
const MARKING: readonly Retrier[] = [
  PATIENT,
  { ErrorEquals: ["States.ALL"], IntervalSeconds: 1, BackoffRate: 2, MaxDelaySeconds: 120, MaxAttempts: 10 },
];

/** Timeout of a phase's function. */
export function functionSeconds(row: PhaseRow): number {
  return row.timeLimitSeconds + WRAPPER_SECONDS;
}

/** Longest sum of the waits of a retrier. */
export function longestWaits({
  IntervalSeconds,
  BackoffRate,
  MaxAttempts,
  MaxDelaySeconds,
}: Retrier): number {
  let seconds = 0;
  for (let tried = 0; tried < MaxAttempts; tried++)
    seconds += Math.min(MaxDelaySeconds ?? Infinity, IntervalSeconds * BackoffRate ** tried);
  return seconds;
}

function retriers(row: PhaseRow, lambdaErrors: Retrier): Retrier[] {
  const own: Retrier = {
    ErrorEquals: ["States.ALL"],
    IntervalSeconds: RETRY_FIRST_WAIT_SECONDS,
    BackoffRate: 2,
    MaxAttempts: row.attempts - 1,
  };
  return [lambdaErrors, own];
}

/** Throws for a row whose batches an express child cannot hold in the worst case. */
function checkExpress(row: PhaseRow): void {
  const waits = retriers(row, BRIEF).reduce((sum, retrier) => sum + longestWaits(retrier), 0);
  const worst = row.attempts * functionSeconds(row) + waits;
  if (worst >= EXPRESS_SECONDS)
    throw new RangeError(`${row.name} may take ${worst} s, an express child at most ${EXPRESS_SECONDS} s`);
}

/** The run's own fields: each state that starts something new keeps these and drops what the states before it answered. */
const RUN = { "run_id.$": "$.run_id", "attempt.$": "$.attempt" } as const;
const CARRIED = { ...RUN, "phases.$": "$.phases" } as const;

function stepParameters(verb: StepEvent["verb"]): TaskState["Parameters"] {
  const fields = { verb, ...RUN, "round.$": "$.round" };
  return verb === "batch" ? { ...fields, "batch.$": "$$.Map.Item.Value" } : fields;
}

/** Where a path ends that leads no further: in the function that marks the run, or, within a branch, with the branch. */
type Exit = { readonly Next: "end" } | { readonly End: true };

function ending(outcome: EndEvent["outcome"], phase: PhaseName | null, exit: Exit): PassState {
  return { Type: "Pass", Parameters: { ...RUN, outcome, phase }, ...exit };
}

function choiceOn(variable: string, next: Readonly<Record<string, string>>, otherwise: string): ChoiceState {
  return {
    Type: "Choice",
    Choices: Object.entries(next).map(([value, Next]) => ({
      Variable: variable,
      StringEquals: value,
      Next,
    })),
    Default: otherwise,
  };
}

export interface StateMachineOptions {
  /** ARN of a function, or a placeholder that CloudFormation replaces. */
  readonly functionArn: (entry: PhaseName | "end") => string;
  /** Batches in flight where the plan's own number cannot be read: the emulator knows no MaxConcurrencyPath. */
  readonly staticMapConcurrency: number | null;
}

/** One phase: plan, batches, reduce, in rounds. Whatever happens leads to `after` or, through a mark, to the exit. */
function phaseStates(row: PhaseRow, after: string, exit: Exit, options: StateMachineOptions): States {
  const { name } = row;
  const of = (state: string): string => `${name}.${state}`;
  const resource = options.functionArn(name);
  if (row.child === "express") checkExpress(row);

  const task = (verb: "plan" | "reduce", Next: string): TaskState => ({
    Type: "Task",
    Resource: resource,
    Parameters: stepParameters(verb),
    ResultPath: `$.${verb}`,
    TimeoutSeconds: functionSeconds(row) + TASK_MARGIN_SECONDS,
    Retry: retriers(row, PATIENT),
    Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: null, Next: of("lost") }],
    Next,
  });

  const batches: MapState = {
    Type: "Map",
    ItemsPath: "$.plan.batches",
    ...(options.staticMapConcurrency === null
      ? { MaxConcurrencyPath: "$.plan.concurrency" }
      : { MaxConcurrency: options.staticMapConcurrency }),
    ItemSelector: stepParameters("batch"),
    ItemProcessor: {
      ProcessorConfig: {
        Mode: "DISTRIBUTED",
        ExecutionType: row.child === "express" ? "EXPRESS" : "STANDARD",
      },
      StartAt: of("batch"),
      States: {
        [of("batch")]: {
          Type: "Task",
          Resource: resource,
          TimeoutSeconds: functionSeconds(row) + TASK_MARGIN_SECONDS,
          Retry: retriers(row, row.child === "express" ? BRIEF : PATIENT),
          // Out of tries: reduce finds that the part is not there.
          Catch: [{ ErrorEquals: ["States.ALL"], Next: of("batch-over") }],
          Next: of("batch-over"),
        },
        // A distributed map's results cannot be discarded before they are collected: 10,000 of them must stay small.
        [of("batch-over")]: { Type: "Pass", Result: {}, End: true },
      },
    },
    ToleratedFailurePercentage: 100,
    ResultPath: null,
    Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: null, Next: of("reduce") }],
    Next: of("reduce"),
  };

  return {
    [of("asked")]: {
      Type: "Choice",
      Choices: [{ Variable: `$.phases.${name}`, IsPresent: true, Next: of("start") }],
      Default: after,
    },
    [of("start")]: { Type: "Pass", Parameters: { ...CARRIED, round: 0 }, Next: of("plan") },
    [of("plan")]: task("plan", of("planned")),
    [of("planned")]: choiceOn(
      "$.plan.next",
      { map: of("batches"), reduce: of("reduce"), failed: of("failed") },
      of("lost"),
    ),
    [of("batches")]: batches,
    [of("reduce")]: task("reduce", of("reduced")),
    [of("reduced")]: choiceOn(
      "$.reduce.next",
      { done: after, round: of("round"), poll: of("wait"), failed: of("failed") },
      of("lost"),
    ),
    [of("round")]: {
      Type: "Pass",
      Parameters: { ...CARRIED, "round.$": "$.reduce.round" },
      Next: of("plan"),
    },
    [of("wait")]: { Type: "Wait", SecondsPath: "$.reduce.after_seconds", Next: of("reduce") },
    [of("failed")]: ending("failed", name, exit),
    [of("lost")]: ending("lost", name, exit),
  };
}

/**
 * Sequences side by side. A branch ends in `{}`, or with the mark that its failure leaves: a value as any failure here, so
 * that emulators, which lose the names of errors, do as AWS does, and nothing is under way any more when the run is marked.
 */
function parallelStates(
  branches: readonly (readonly Step[])[],
  after: string,
  exit: Exit,
  options: StateMachineOptions,
): States {
  const name = startOf(branches[0]!).replace(/\..*/, "");
  const of = (state: string): string => `${name}.${state}`;
  const marked = branches.map((_, i) => `$.ended[${i}]`);
  const beside: ParallelState = {
    Type: "Parallel",
    Branches: branches.map((steps, i) => {
      const over = of(`branch-${i}-over`);
      return {
        StartAt: startOf(steps),
        States: {
          ...sequenceStates(steps, over, { End: true }, options),
          [over]: { Type: "Pass", Result: {}, End: true },
        },
      };
    }),
    ResultPath: "$.ended",
    Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: null, Next: of("branches-lost") }],
    Next: of("branches-ended"),
  };
  return {
    [of("branches")]: beside,
    [of("branches-ended")]: {
      Type: "Choice",
      Choices: marked.map((at, i) => ({
        Variable: `${at}.outcome`,
        IsPresent: true,
        Next: of(`branch-${i}-marked`),
      })),
      Default: after,
    },
    ...Object.fromEntries(
      marked.map((at, i): [string, PassState] => [
        of(`branch-${i}-marked`),
        {
          Type: "Pass",
          Parameters: { ...RUN, "outcome.$": `${at}.outcome`, "phase.$": `${at}.phase` },
          ...exit,
        },
      ]),
    ),
    [of("branches-lost")]: ending("lost", null, exit),
  };
}

/** The state that a sequence begins with. */
function startOf([first]: readonly Step[]): string {
  if (first === undefined) throw new RangeError("a pipeline has at least one phase");
  return "phase" in first
    ? `${first.phase.name}.asked`
    : `${startOf(first.branches[0]!).replace(/\..*/, "")}.branches`;
}

function sequenceStates(
  steps: readonly Step[],
  after: string,
  exit: Exit,
  options: StateMachineOptions,
): States {
  return Object.fromEntries(
    steps.flatMap((step, i) => {
      const next = i + 1 < steps.length ? startOf(steps.slice(i + 1)) : after;
      return Object.entries(
        "phase" in step
          ? phaseStates(step.phase, next, exit, options)
          : parallelStates(step.branches, next, exit, options),
      );
    }),
  );
}

/**
 * The state machine of the table, in the Amazon States Language: a pure function, so that what is deployed is what the
 * tests interpret. Only ids and counts cross it. Every path goes through `end`, which marks the run; what even that
 * cannot reach is left to the rule on execution status.
 */
export function stateMachineDefinition(rows: readonly PhaseRow[], options: StateMachineOptions): Definition {
  const steps = stepsOf(rows);
  return {
    Comment: "ant-clio: generated from shared/pipeline.ts",
    StartAt: startOf(steps),
    TimeoutSeconds: MACHINE_SECONDS,
    States: {
      ...sequenceStates(steps, "done", { Next: "end" }, options),
      done: ending("done", null, { Next: "end" }),
      end: {
        Type: "Task",
        Resource: options.functionArn("end"),
        TimeoutSeconds: END_SECONDS + TASK_MARGIN_SECONDS,
        Retry: MARKING,
        Next: "ended",
      },
      ended: choiceOn("$.status", { done: "succeeded", done_with_warnings: "succeeded" }, "failed"),
      succeeded: { Type: "Succeed" },
      failed: { Type: "Fail", Error: "RunFailed", Cause: "The run's record says why." },
    },
  };
}
