import { MessageChannel } from "node:worker_threads";
import type { Transferable, Worker } from "node:worker_threads";
import { CONTROL_NUMBERS } from "./control.ts";
import type { HelperStart, LeadStart } from "./control.ts";
import { startWorker } from "./start-worker.ts";
import type { TaskReply, TaskRequest } from "./messages.ts";

const YOUNG_MIB = 16;

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
  ask(request: TaskRequest): void;
  release(): void;
  end(): Promise<void>;
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
    const worker = startWorker(name, beside, { youngMib: YOUNG_MIB, workerData, transferList });
    worker.on("error", lost);
    worker.on("exit", lost);
    workers.push(worker);
    return worker;
  };

  const control = new Int32Array(new SharedArrayBuffer(CONTROL_NUMBERS * Int32Array.BYTES_PER_ELEMENT));
  const channels = Array.from({ length: threads - 1 }, () => new MessageChannel());
  const ports = channels.map(({ port1 }) => port1);
  const lead = start("compute-worker", { control, ports }, ports);
  channels.forEach(({ port2: port }, i) => start("team-worker", { control, index: i + 1, port }, [port]));
  lead.on("message", (reply: TaskReply) => {
    if (!ended) onReply(reply);
  });
  return {
    ask(request) {
      lead.ref();
      lead.postMessage(request);
    },
    release: () => lead.unref(),
    end,
  };
}
