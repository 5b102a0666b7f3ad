import { runTask } from "../../domain/compute.ts";
import type { TaskArguments, TaskName, TaskResult } from "../../domain/compute.ts";
import type { Team } from "../../domain/team.ts";
import { TransientError, errorDetail } from "../../errors.ts";

export interface TaskRequest<N extends TaskName = TaskName> {
  readonly name: N;
  readonly args: TaskArguments<N>;
}

/** A class does not survive the way between threads: an error is told by its name and what it says. */
export type TaskReply =
  | { readonly value: TaskResult<TaskName> }
  | { readonly error: { readonly name: string; readonly message: string; readonly code?: string } };

/** Does a task, and says how it ended. */
export function answerTask({ name, args }: TaskRequest, team: Team): TaskReply {
  try {
    return { value: runTask(name, args, team) };
  } catch (error) {
    const { code } = errorDetail(error);
    const { name: kind, message } = error instanceof Error ? error : new Error("something else was thrown");
    return { error: { name: kind, message, ...(code === undefined ? {} : { code }) } };
  }
}

/** The memory that a value's arrays lie in, in plain objects of any depth: what may be given away with it. */
export function buffersOf(value: unknown): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) return value.buffer instanceof ArrayBuffer ? [value.buffer] : [];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(buffersOf) : [];
}

/** Whoever waits for a task. */
export interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (reason: unknown) => void;
}

export function settle({ resolve, reject }: Waiting, reply: TaskReply): void {
  if ("value" in reply) resolve(reply.value as never);
  else reject(Object.assign(new Error(reply.error.message), reply.error));
}

export const threadLost = (): TransientError =>
  new TransientError("a thread that computes was lost", { code: "compute_failed" });
