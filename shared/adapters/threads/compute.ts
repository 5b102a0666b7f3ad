import { BRIEF, inThisThread } from "../../domain/compute.ts";
import type { Compute, TaskArguments, TaskName, TaskResult } from "../../domain/compute.ts";
import type { Matrix } from "../../domain/vectors.ts";
import { TransientError } from "../../errors.ts";
import { briefPool } from "./brief.ts";
import { startCrew } from "./crew.ts";
import type { Crew } from "./crew.ts";
import { settle, threadLost } from "./messages.ts";
import type { TaskRequest, Waiting } from "./messages.ts";

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
  /** Brief tasks done here before threads start for them. Default 16: together they take as long as threads take to start. */
  readonly briefFirst?: number;
  /** The module beside which the workers lie. Default this one. */
  readonly workersBeside?: string;
}

interface Job extends Waiting {
  readonly request: TaskRequest;
}

const FROM_NUMBERS = 500_000;
const BRIEF_FIRST = 16;

function matrixOf(arg: unknown): Matrix | null {
  const matrix = arg as Matrix | null;
  return matrix?.data instanceof Float32Array ? matrix : null;
}

/** The numbers of the largest matrix among the arguments. */
function largest(args: readonly unknown[]): number {
  return Math.max(0, ...args.map((arg) => matrixOf(arg)?.data.length ?? 0));
}

/**
 * Brief tasks here and, once there are many, on threads beside this one. Numeric work in a thread of its own, with helpers, one task after
 * another: this thread goes on serving stores, models and Ctrl-C. Threads start with the first task for them, and keep no process alive
 * while they have nothing to do.
 */
export function threadedCompute({
  threads,
  signal,
  fromNumbers = FROM_NUMBERS,
  briefFirst = BRIEF_FIRST,
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
  const brief = briefPool(threads - 1, workersBeside);
  let briefDone = 0;

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
        if (job !== undefined) settle(job, reply);
        dispatch();
      },
      onLost() {
        crew = undefined;
        takeRunning()?.reject(threadLost());
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
    await Promise.all([ended?.end(), brief.end(reason)]);
  };
  const onAbort = (): void => void end(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });

  return {
    async run<N extends TaskName>(name: N, ...args: TaskArguments<N>): Promise<TaskResult<N>> {
      signal.throwIfAborted();
      const request = { name, args } as unknown as TaskRequest;
      if (BRIEF.has(name)) {
        const handedOver = threads > 1 && briefDone >= briefFirst ? brief.offer(request) : null;
        briefDone++;
        return handedOver ?? inThisThread.run(name, ...args);
      }
      if (largest(args) < fromNumbers) return inThisThread.run(name, ...args);
      return new Promise((resolve, reject) => {
        queue.push({ request, resolve, reject });
        dispatch();
      });
    },
    async close() {
      signal.removeEventListener("abort", onAbort);
      await end(new TransientError("the threads that compute were ended", { code: "compute_closed" }));
    },
  };
}
