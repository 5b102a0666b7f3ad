import { Worker } from "node:worker_threads";
import type { WorkerOptions } from "node:worker_threads";

/**
 * Starts a worker that keeps no process alive. It has the ending of what starts it: `.ts` as source, `.js` and `.mjs` where it is bundled.
 * @param beside the module beside which it lies.
 * @param options.youngMib for what it makes and drops at once, MiB: little beside what it works on, where V8's own choice is 48.
 */
export function startWorker(
  name: string,
  beside: string,
  { youngMib, ...given }: Pick<WorkerOptions, "workerData" | "transferList"> & { youngMib?: number } = {},
): Worker {
  const url = new URL(`./${name}${beside.slice(beside.lastIndexOf("."))}`, beside);
  const worker = new Worker(url, {
    ...given,
    // No flags of the parent: a test runner's loaders have no business in here.
    execArgv: [],
    ...(youngMib === undefined ? {} : { resourceLimits: { maxYoungGenerationSizeMb: youngMib } }),
    name: `clio-${name}`,
  });
  worker.unref();
  return worker;
}
