import { MessageChannel, Worker } from "node:worker_threads";
import type { Transferable, WorkerOptions } from "node:worker_threads";
import { CONTROL_NUMBERS } from "./control.ts";
import { BRIEF } from "../../domain/compute.ts";
import type { HelperStart, LeadStart } from "./control.ts";
import type { TaskReply, TaskRequest } from "./messages.ts";

export interface CrewOptions {
  /** Threads that share a task: the one that leads, and helpers. */
  readonly threads: number;
  /** The module beside which the workers lie. */
  readonly beside: string;
  readonly onReply: (reply: TaskReply) => void;
  /** A thread failed or ended by itself. Told once, and nothing after it. */
  readonly onLost: () => void;
}

export interface Crew {
  /** Asks for a task, and keeps the process alive until `release`. */
  ask(request: TaskRequest, givenAway: readonly Transferable[]): void;
  release(): void;
  end(): Promise<void>;
}

/** What threads make and drop at once is small beside what they work on; V8's own choice is three times as much for each. */
const YOUNG_MIB = 16;

/** A worker has the ending of what starts it: `.ts` as source, `.js` and `.mjs` where it is bundled. */
function workerUrl(name: string, beside: string): URL {
  return new URL(`./${name}${beside.slice(beside.lastIndexOf("."))}`, beside);
}

/**
 * The thread that computes and its helpers. All are started and watched from here: the one that leads waits for the others without its
 * event loop turning, so that it would never hear that one of them is gone. Who loses one loses all.
 */
export function startCrew({ threads, beside, onReply, onLost }: CrewOptions): Crew {
  const workers: Worker[] = [];
  let ended = false;
  const end = async (): Promise<void> => {
    ended = true;
    await Promise.all(workers.map((worker) => worker.terminate()));
  };
  const lost = (): void => {
    if (ended) return;
    void end();
    onLost();
  };
  const start = (name: string, workerData: HelperStart | LeadStart, transferList: Transferable[]): Worker => {
    // No flags of the parent: a test runner's loaders have no business in here.
    const options: WorkerOptions = {
      workerData,
      transferList,
      execArgv: [],
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MIB },
      name: `clio-${name}`,
    };
    const worker = new Worker(workerUrl(name, beside), options);
    worker.on("error", lost);
    worker.on("exit", lost);
    worker.unref();
    workers.push(worker);
    return worker;
  };

  const control = new Int32Array(new SharedArrayBuffer(CONTROL_NUMBERS * Int32Array.BYTES_PER_ELEMENT));
  const channels = Array.from({ length: threads - 1 }, () => new MessageChannel());
  const ports = channels.map(({ port1 }) => port1);
  const lead = start("compute-worker", { control, ports }, ports);
  const startHelpers = (): void =>
    channels
      .splice(0)
      .forEach(({ port2: port }, i) => start("team-worker", { control, index: i + 1, port }, [port]));
  lead.on("message", (reply: TaskReply) => {
    if (!ended) onReply(reply);
  });
  return {
    ask(request, givenAway) {
      // A brief task has no steps to share.
      if (!BRIEF.has(request.name)) startHelpers();
      lead.ref();
      lead.postMessage(request, givenAway);
    },
    release: () => lead.unref(),
    end,
  };
}
