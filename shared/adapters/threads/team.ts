import { steps } from "../../domain/steps.ts";
import { alone } from "../../domain/team.ts";
import type { Team } from "../../domain/team.ts";
import { CONTROL, REST, threadOf } from "./control.ts";
import type { LeadStart, SentData } from "./control.ts";

/** Data that helpers hold on to: a computation works on two or three at a time, and each keeps memory of its own alive. */
const HELD = 4;

const stepNumbers = new Map([...steps.keys()].map((name, number) => [name, number]));

/**
 * A team of the thread that asks and its helpers. It waits for them without its event loop turning, so that it is for threads that
 * have nothing else to do.
 */
export function threadTeam({ control, ports }: LeadStart): Team {
  if (ports.length === 0) return alone;
  /** What the helpers hold, the least recently used first. */
  const sent = new Map<object, number>();
  let count = 0;
  const send = (message: SentData): void => {
    for (const port of ports) port.postMessage(message);
  };
  const numberOf = (data: object): number => {
    const held = sent.get(data);
    sent.delete(data);
    const id = held ?? count++;
    sent.set(data, id);
    if (held === undefined) send({ id, data });
    for (const [oldest, number] of sent) {
      if (sent.size <= HELD) break;
      sent.delete(oldest);
      send({ id: number, data: null });
    }
    return id;
  };

  const turn = (step: number, data: number, pieces: number, own: () => void): void => {
    Atomics.store(control, CONTROL.step, step);
    Atomics.store(control, CONTROL.data, data);
    Atomics.store(control, CONTROL.pieces, pieces);
    Atomics.store(control, CONTROL.next, 0);
    Atomics.store(control, CONTROL.busy, ports.length);
    Atomics.add(control, CONTROL.turn, 1);
    Atomics.notify(control, CONTROL.turn);
    try {
      own();
    } finally {
      // Even when it failed: the next step must find no helper in this one.
      for (;;) {
        const busy = Atomics.load(control, CONTROL.busy);
        if (busy === 0) break;
        Atomics.wait(control, CONTROL.busy, busy);
      }
    }
  };

  return {
    threads: ports.length + 1,
    run(step, data, pieces) {
      if (pieces <= 1) return alone.run(step, data, pieces);
      turn(stepNumbers.get(step.name)!, numberOf(data), pieces, () => step.run(data, threadOf(control, 0)));
    },
    rest() {
      if (sent.size === 0) return;
      for (const id of sent.values()) send({ id, data: null });
      sent.clear();
      turn(REST, 0, 0, () => {});
    },
  };
}
