/** The part of the Amazon States Language (JSONPath) that the machine is written in: what AWS and the emulators all run alike. */

export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds: number;
  readonly BackoffRate: number;
  readonly MaxAttempts: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: "FULL";
}

interface Catcher {
  readonly ErrorEquals: readonly string[];
  readonly ResultPath?: null;
  readonly Next: string;
}

type Payload = Readonly<Record<string, string | number | null>>;

export interface TaskState {
  readonly Type: "Task";
  readonly Resource: string;
  readonly Parameters?: Payload;
  readonly ResultPath?: string;
  readonly TimeoutSeconds: number;
  readonly Retry: readonly Retrier[];
  readonly Catch?: readonly Catcher[];
  readonly Next: string;
}

export interface MapState {
  readonly Type: "Map";
  readonly ItemsPath: string;
  readonly MaxConcurrency?: number;
  readonly MaxConcurrencyPath?: string;
  readonly ItemSelector?: Payload;
  readonly ItemProcessor: {
    readonly ProcessorConfig: {
      readonly Mode: "DISTRIBUTED";
      readonly ExecutionType: "STANDARD" | "EXPRESS";
    };
    readonly StartAt: string;
    readonly States: States;
  };
  readonly ToleratedFailurePercentage: number;
  readonly ResultPath: null;
  readonly Catch: readonly Catcher[];
  readonly Next: string;
}

/** Branches beside one another; what each of them ends with is one of a list. */
export interface ParallelState {
  readonly Type: "Parallel";
  readonly Branches: readonly { readonly StartAt: string; readonly States: States }[];
  readonly ResultPath: string;
  readonly Catch: readonly Catcher[];
  readonly Next: string;
}

type Rule = { readonly Variable: string; readonly Next: string } & (
  | { readonly StringEquals: string }
  | { readonly IsPresent: true }
);

export interface ChoiceState {
  readonly Type: "Choice";
  readonly Choices: readonly Rule[];
  readonly Default: string;
}

export type PassState = { readonly Type: "Pass" } & (
  | { readonly Parameters: Payload; readonly Next: string }
  | { readonly Parameters: Payload; readonly End: true }
  | { readonly Result: Readonly<Record<string, never>>; readonly End: true }
);

interface WaitState {
  readonly Type: "Wait";
  readonly SecondsPath: string;
  readonly Next: string;
}

interface SucceedState {
  readonly Type: "Succeed";
}

interface FailState {
  readonly Type: "Fail";
  readonly Error: string;
  readonly Cause: string;
}

export type State =
  | TaskState
  | MapState
  | ParallelState
  | ChoiceState
  | PassState
  | WaitState
  | SucceedState
  | FailState;
export type States = Readonly<Record<string, State>>;

/** Machines within a state: of a map the one of its items, of branches one each. */
export function machinesIn(state: State): readonly { readonly StartAt: string; readonly States: States }[] {
  if (state.Type === "Map") return [state.ItemProcessor];
  return state.Type === "Parallel" ? state.Branches : [];
}

/** Every state of a machine, those of the machines within too. */
export function allStates(states: States): [string, State][] {
  return Object.entries(states).flatMap(([name, state]) => [
    [name, state] as [string, State],
    ...machinesIn(state).flatMap(({ States: inner }) => allStates(inner)),
  ]);
}

export interface Definition {
  readonly Comment: string;
  readonly StartAt: string;
  readonly TimeoutSeconds: number;
  readonly States: States;
}
