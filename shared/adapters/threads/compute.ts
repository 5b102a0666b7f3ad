import { inThisThread } from "../../domain/compute.ts";
import type { Compute, TaskArguments, TaskName, TaskResult } from "../../domain/compute.ts";
import type { Matrix } from "../../domain/vectors.ts";
import { TransientError } from "../../errors.ts";
import { startCrew } from "./crew.ts";
import type { Crew } from "./crew.ts";
import type { TaskRequest } from "./messages.ts";

export interface ThreadedCompute extends Compute {
  /** Ends its threads; the work under way is lost. */
  close(): Promise<void>;
}

export interface ComputeOptions {
  /** Threads that share a task. */
  readonly threads: number;
  /** Ends the work under way when aborted. */
  readonly signal: AbortSignal;
  /** Numbers of a matrix from which a task leaves this thread. Default 500,000: of fewer it takes less than threads take to start, 0.1 s. */
  readonly fromNumbers?: number;
  /** The module beside which the workers lie. Default this one. */
  readonly workersBeside?: string;
}

interface Job {
  readonly request: TaskRequest;
  readonly resolve: (value: never) => void;
  readonly reject: (reason: unknown) => void;
}

const FROM_NUMBERS = 500_000;

function matrixOf(arg: unknown): Matrix | null {
  const matrix = arg as Matrix | null;
  return matrix?.data instanceof Float32Array ? matrix : null;
}

/** The numbers of the largest matrix among the arguments. */
function largest(args: readonly unknown[]): number {
  return Math.max(0, ...args.map((arg) => matrixOf(arg)?.data.length ?? 0));
}

/**
 * Numeric work in a thread of its own, with helpers, one task after another: this thread goes on serving stores, models and Ctrl-C. The
 * threads start with the first task that is large, and keep no process alive while they have nothing to do.
 */
export function threadedCompute({
  threads,
  signal,
  fromNumbers = FROM_NUMBERS,
  workersBeside = import.meta.url,
}: ComputeOptions): ThreadedCompute {
  const queue: Job[] = [];
  /** Where the matrices of the task under way lie: one for all tasks, as large as the largest needs. */
  let room = new SharedArrayBuffer(0);
  const inRoom = (args: readonly unknown[]): unknown[] => {
    const needed = args.reduce<number>((sum, arg) => sum + (matrixOf(arg)?.data.byteLength ?? 0), 0);
    if (needed > room.byteLength) room = new SharedArrayBuffer(needed);
    let at = 0;
    return args.map((arg) => {
      const matrix = matrixOf(arg);
      if (matrix === null) return arg;
      const data = new Float32Array(room, at, matrix.data.length);
      data.set(matrix.data);
      at += data.byteLength;
      return { ...matrix, data };
    });
  };
  let crew: Crew | undefined;
  let running: Job | undefined;

  const takeRunning = (): Job | undefined => {
    const job = running;
    running = undefined;
    return job;
  };
  const start = (): Crew =>
    startCrew({
      threads,
      beside: workersBeside,
      onReply(reply) {
        crew?.release();
        const job = takeRunning();
        if ("value" in reply) job?.resolve(reply.value as never);
        else job?.reject(Object.assign(new Error(reply.error.message), reply.error));
        dispatch();
      },
      onLost() {
        crew = undefined;
        takeRunning()?.reject(
          new TransientError("a thread that computes was lost", { code: "compute_failed" }),
        );
        dispatch();
      },
    });
  function dispatch(): void {
    if (running !== undefined) return;
    running = queue.shift();
    if (running === undefined) return;
    const { name, args } = running.request;
    crew ??= start();
    crew.ask({ name, args: inRoom(args) } as unknown as TaskRequest);
  }
  const end = async (reason: unknown): Promise<void> => {
    const ended = crew;
    crew = undefined;
    for (const job of queue.splice(0)) job.reject(reason);
    takeRunning()?.reject(reason);
    await ended?.end();
  };
  const onAbort = (): void => void end(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });

  return {
    async run<N extends TaskName>(name: N, ...args: TaskArguments<N>): Promise<TaskResult<N>> {
      signal.throwIfAborted();
      if (largest(args) < fromNumbers) return inThisThread.run(name, ...args);
      return new Promise((resolve, reject) => {
        queue.push({ request: { name, args } as unknown as TaskRequest, resolve, reject });
        dispatch();
      });
    },
    async close() {
      signal.removeEventListener("abort", onAbort);
      await end(new TransientError("the threads that compute were ended", { code: "compute_closed" }));
    },
  };
}
