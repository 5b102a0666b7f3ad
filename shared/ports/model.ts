import type { ModelIdentity, ModelTask, TaskAnswer, TaskInput, Usage } from "../contracts/model-tasks.ts";

export interface CallOptions {
  /** Aborted when the run stops or the batch's deadline nears. */
  readonly signal: AbortSignal;
}

export interface ModelReply<T extends ModelTask> {
  readonly answer: TaskAnswer<T>;
  readonly usage: Usage;
}

/**
 * Answers tasks. Errors: TransientError (try again), PermanentError (key, quota, unknown model: the run fails),
 * BadAnswerError (this item gets its fallback), StoppedError or the signal's reason when aborted. An error that has cost
 * something says so in its `usage`.
 */
export interface Model {
  readonly identity: ModelIdentity;
  ask<T extends ModelTask>(task: T, input: TaskInput<T>, call: CallOptions): Promise<ModelReply<T>>;
  /** The most that asking this can use and cost, repairs and the tries of one call included. Left out: it bills nothing. */
  worstCase?<T extends ModelTask>(task: T, input: TaskInput<T>): Usage;
}
