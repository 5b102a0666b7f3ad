import { receiveMessageOnPort, workerData } from "node:worker_threads";
import { steps } from "../../domain/steps.ts";
import { collect } from "./collect.ts";
import { CONTROL, REST, threadOf } from "./control.ts";
import { giveWay } from "./give-way.ts";
import type { HelperStart, SentData } from "./control.ts";

giveWay();
const { control, index, port } = workerData as HelperStart;
const inOrder = [...steps.values()];
const known = new Map<number, object>();

function receive(): void {
  for (;;) {
    const received = receiveMessageOnPort(port);
    if (received === undefined) break;
    const { id: number, data } = received.message as SentData;
    if (data === null) known.delete(number);
    else known.set(number, data);
  }
}

/** Does its part of step after step. What it throws ends it, and with it the crew: it never says that it is done. */
for (let turn = 0; ; turn++) {
  while (Atomics.load(control, CONTROL.turn) === turn) Atomics.wait(control, CONTROL.turn, turn);
  receive();
  const step = Atomics.load(control, CONTROL.step);
  if (step === REST) collect();
  else {
    const data = known.get(Atomics.load(control, CONTROL.data));
    inOrder[step]!(data as never, threadOf(control, index));
  }
  Atomics.sub(control, CONTROL.busy, 1);
  Atomics.notify(control, CONTROL.busy);
}
