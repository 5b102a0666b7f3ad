import type { TaskArguments, TaskName, TaskResult } from "../../domain/compute.ts";

export interface TaskRequest<N extends TaskName = TaskName> {
  readonly name: N;
  readonly args: TaskArguments<N>;
}

/** A class does not survive the way between threads: an error is told by its name and what it says. */
export type TaskReply =
  | { readonly value: TaskResult<TaskName> }
  | { readonly error: { readonly name: string; readonly message: string; readonly code?: string } };
