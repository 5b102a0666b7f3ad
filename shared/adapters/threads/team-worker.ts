import { receiveMessageOnPort, workerData } from "node:worker_threads";
import { steps } from "../../domain/steps.ts";
import { CONTROL, threadOf } from "./control.ts";
import type { HelperStart, SentData } from "./control.ts";

const { control, index, port } = workerData as HelperStart;
const inOrder = [...steps.values()];
const known = new Map<number, object>();

function dataOf(id: number): never {
  for (;;) {
    const received = receiveMessageOnPort(port);
    if (received === undefined) break;
    const { id: number, data } = received.message as SentData;
    if (data === null) known.delete(number);
    else known.set(number, data);
  }
  return known.get(id) as never;
}

/** Does its part of step after step, until the thread that leads is gone and this one with it. */
for (let turn = 0; ; turn++) {
  while (Atomics.load(control, CONTROL.turn) === turn) Atomics.wait(control, CONTROL.turn, turn);
  try {
    const data = dataOf(Atomics.load(control, CONTROL.data));
    inOrder[Atomics.load(control, CONTROL.step)]!(data, threadOf(control, index));
  } catch {
    Atomics.store(control, CONTROL.failed, 1);
  }
  Atomics.sub(control, CONTROL.busy, 1);
  Atomics.notify(control, CONTROL.busy);
}
