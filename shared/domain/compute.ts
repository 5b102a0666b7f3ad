import type { UsersMode } from "../contracts/validation.ts";
import { keepBlock } from "./input/keep-block.ts";
import type { LineBlock } from "./input/line-blocks.ts";
import { readBlock } from "./input/read-block.ts";
import { assign } from "./kmeans/assign.ts";
import { kmeans } from "./kmeans/kmeans.ts";
import { fitMap } from "./map/fit-map.ts";
import { placeOnMap } from "./map/place-on-map.ts";
import type { Team } from "./team.ts";
import { alone } from "./team.ts";

/** Work that may leave the thread that asks for it; each that takes seconds takes the threads that share it as its last argument. */
export const tasks = {
  assign,
  fitMap,
  kmeans,
  placeOnMap,
  readBlock: (block: LineBlock, mode: UsersMode) => readBlock(block, mode),
  keepBlock,
} as const;

/** Tasks of some milliseconds, of which there are many: each is done by one thread, alone. The arrays of the first argument may be taken. */
export const BRIEF: ReadonlySet<TaskName> = new Set(["readBlock", "keepBlock"]);

export type TaskName = keyof typeof tasks;
type WithoutTeam<P extends readonly unknown[]> = P extends [...infer Args, team: Team] ? Args : P;
export type TaskArguments<N extends TaskName> = WithoutTeam<Required<Parameters<(typeof tasks)[N]>>>;
export type TaskResult<N extends TaskName> = ReturnType<(typeof tasks)[N]>;

/** Where work is done. The result is the same bits wherever. */
export interface Compute {
  /** @throws what the task throws; TransientError when a thread was lost, the signal's reason when aborted. */
  run<N extends TaskName>(name: N, ...args: TaskArguments<N>): Promise<TaskResult<N>>;
}

/** A task with its arguments, on a team. */
export function runTask<N extends TaskName>(name: N, args: TaskArguments<N>, team: Team): TaskResult<N> {
  const task = tasks[name] as (...all: readonly unknown[]) => TaskResult<N>;
  return task(...args, team);
}

/** In the thread that asks, alone: for small problems and for tests. */
export const inThisThread: Compute = {
  run: async (name, ...args) => runTask(name, args, alone),
};
