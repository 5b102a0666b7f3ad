import { once } from "node:events";
import { Worker, isMainThread, parentPort, workerData } from "node:worker_threads";
import { ROWS, armOf } from "./arms.ts";
import { recovery } from "./recover.ts";
import type { Recovery } from "./recover.ts";

/** One cell of the table. */
interface Cell {
  /** Position in `ROWS`. */
  readonly row: number;
  readonly accounts: number;
  readonly targets: number;
}

/** The recovery of one cell, worked out in a thread of its own: cells depend on nothing but their arm. */
export async function recoveryElsewhere(cell: Cell): Promise<Recovery> {
  const worker = new Worker(new URL(import.meta.url), { workerData: cell });
  const [found] = (await once(worker, "message")) as [Recovery];
  return found;
}

if (!isMainThread) {
  const { row, accounts, targets } = workerData as Cell;
  parentPort!.postMessage(await recovery(targets, armOf(ROWS[row]!.setup, accounts)));
}
