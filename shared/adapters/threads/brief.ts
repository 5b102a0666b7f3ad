import type { Worker } from "node:worker_threads";
import { buffersOf, settle, threadLost } from "./messages.ts";
import type { TaskReply, TaskRequest, Waiting } from "./messages.ts";
import { startWorker } from "./start-worker.ts";

interface Helper {
  readonly worker: Worker;
  /** Handed over, in the order in which they are answered. */
  readonly jobs: Waiting[];
}

export interface BriefPool {
  /**
   * Hands a task over, or answers null where every thread has enough to do. The arrays of the first argument are given away with
   * it: they are empty afterwards.
   */
  offer(request: TaskRequest): Promise<never> | null;
  end(reason: unknown): Promise<void>;
}

/** Tasks that a thread has at a time: the next ones lie ready when one ends while who hands them out is at one itself. */
const AHEAD = 3;
/** More threads read faster than disks and stores deliver. */
const MOST_THREADS = 3;
const YOUNG_MIB = 8;

/** Threads for tasks of some milliseconds, each alone with its own. They start with the first task; one that is lost loses its tasks. */
export function briefPool(threads: number, beside: string): BriefPool {
  const helpers: Helper[] = [];

  const start = (): void => {
    const helper: Helper = { worker: startWorker("brief-worker", beside, { youngMib: YOUNG_MIB }), jobs: [] };
    const { worker, jobs } = helper;
    const lost = (): void => {
      const at = helpers.indexOf(helper);
      if (at < 0) return;
      helpers.splice(at, 1);
      void worker.terminate();
      for (const job of jobs.splice(0)) job.reject(threadLost());
    };
    worker.on("error", lost);
    worker.on("exit", lost);
    worker.on("message", (reply: TaskReply) => {
      const job = jobs.shift();
      if (jobs.length === 0) worker.unref();
      if (job !== undefined) settle(job, reply);
    });
    helpers.push(helper);
  };

  return {
    offer(request) {
      while (helpers.length < Math.min(threads, MOST_THREADS)) start();
      const free = helpers.reduce((a, b) => (b.jobs.length < a.jobs.length ? b : a));
      if (free.jobs.length >= AHEAD) return null;
      return new Promise((resolve, reject) => {
        free.jobs.push({ resolve, reject });
        free.worker.ref();
        free.worker.postMessage(request, buffersOf(request.args[0]));
      });
    },
    async end(reason) {
      const ended = helpers.splice(0);
      for (const job of ended.flatMap(({ jobs }) => jobs.splice(0))) job.reject(reason);
      await Promise.all(ended.map(({ worker }) => worker.terminate()));
    },
  };
}
