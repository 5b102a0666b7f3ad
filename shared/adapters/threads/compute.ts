import type { Transferable } from "node:worker_threads";
import { BRIEF, inThisThread } from "../../domain/compute.ts";
import type { Compute, TaskArguments, TaskName, TaskResult } from "../../domain/compute.ts";
import type { LineBlock } from "../../domain/input/line-blocks.ts";
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
  /** Brief tasks done here before threads start for them. Default 8: together they take as long as threads take to start. */
  readonly briefFirst?: number;
  /** The module beside which the workers lie. Default this one. */
  readonly workersBeside?: string;
}

interface Job {
  readonly request: TaskRequest;
  readonly resolve: (value: never) => void;
  readonly reject: (reason: unknown) => void;
}

const FROM_NUMBERS = 500_000;
const BRIEF_FIRST = 8;
/** Brief tasks handed over and not done: one under way, and the next. */
const BRIEF_AHEAD = 2;

function matrixOf(arg: unknown): Matrix | null {
  const matrix = arg as Matrix | null;
  return matrix?.data instanceof Float32Array ? matrix : null;
}

/** The numbers of the largest matrix among the arguments. */
function largest(args: readonly unknown[]): number {
  return Math.max(0, ...args.map((arg) => matrixOf(arg)?.data.length ?? 0));
}

/** What of the arguments is given away rather than copied: the bytes of a block are the block's own. */
function givenAway(args: readonly unknown[]): Transferable[] {
  return args.flatMap((arg) => {
    const { bytes, lengths } = (arg ?? {}) as Partial<LineBlock>;
    return bytes instanceof Uint8Array && lengths instanceof Float64Array
      ? [bytes.buffer, lengths.buffer]
      : [];
  }) as Transferable[];
}

/**
 * Work in a thread of its own, with helpers, one task after another: this thread goes on serving stores, models and Ctrl-C. The
 * threads start with the first task that is large, and keep no process alive while they have nothing to do. Brief tasks are shared between
 * that thread and this one.
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
  /** Handed over, in the order in which they are answered: one, or brief ones. */
  const running: Job[] = [];
  let briefDone = 0;
  const start = (): Crew =>
    startCrew({
      threads,
      beside: workersBeside,
      onReply(reply) {
        const job = running.shift();
        if (running.length === 0) crew?.release();
        if ("value" in reply) job?.resolve(reply.value as never);
        else job?.reject(Object.assign(new Error(reply.error.message), reply.error));
        dispatch();
      },
      onLost() {
        crew = undefined;
        const lost = new TransientError("a thread that computes was lost", { code: "compute_failed" });
        for (const job of running.splice(0)) job.reject(lost);
        dispatch();
      },
    });
  function dispatch(): void {
    if (running.length > 0) return;
    const job = queue.shift();
    if (job !== undefined) handOver(job);
  }
  function handOver(job: Job): void {
    const { name, args } = job.request;
    running.push(job);
    crew ??= start();
    crew.ask({ name, args: inRoom(args) } as unknown as TaskRequest, givenAway(args));
  }
  /** Whether a brief task is for the threads: not before there is much to do, nor where they have enough. */
  const leavesBrief = (): boolean =>
    threads > 1 &&
    briefDone >= briefFirst &&
    queue.length === 0 &&
    running.length < BRIEF_AHEAD &&
    running.every(({ request }) => BRIEF.has(request.name));
  const end = async (reason: unknown): Promise<void> => {
    const ended = crew;
    crew = undefined;
    for (const job of queue.splice(0)) job.reject(reason);
    for (const job of running.splice(0)) job.reject(reason);
    await ended?.end();
  };
  const onAbort = (): void => void end(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });

  return {
    async run<N extends TaskName>(name: N, ...args: TaskArguments<N>): Promise<TaskResult<N>> {
      signal.throwIfAborted();
      const brief = BRIEF.has(name);
      if (brief ? !leavesBrief() : largest(args) < fromNumbers) {
        if (brief) briefDone++;
        return inThisThread.run(name, ...args);
      }
      return new Promise((resolve, reject) => {
        const job = { request: { name, args } as unknown as TaskRequest, resolve, reject };
        if (brief) handOver(job);
        else {
          queue.push(job);
          dispatch();
        }
      });
    },
    async close() {
      signal.removeEventListener("abort", onAbort);
      await end(new TransientError("the threads that compute were ended", { code: "compute_closed" }));
    },
  };
}
