import type { MessagePort } from "node:worker_threads";
import type { Thread } from "../../domain/team.ts";

/** Numbers that a team shares, by place in an Int32Array. */
export const CONTROL = {
  /** Goes up by one for every step. */
  turn: 0,
  /** Of the step: its number, or REST; that of its data, its pieces, and the next of them. */
  step: 1,
  data: 2,
  pieces: 3,
  next: 4,
  /** Helpers that have not ended the step. */
  busy: 5,
} as const;
export const CONTROL_NUMBERS = 6;
/** Stands for a step: there is nothing to do but to let go of what messages say. */
export const REST = -1;

/** What the thread that leads is given when it starts. */
export interface LeadStart {
  readonly control: Int32Array;
  /** One to each helper. */
  readonly ports: readonly MessagePort[];
}

/** What a helper is given when it starts. */
export interface HelperStart {
  readonly control: Int32Array;
  readonly index: number;
  /** Brings data, each before the first step that needs it. */
  readonly port: MessagePort;
}

/** Data under its number; null when it is not needed any more. */
export interface SentData {
  readonly id: number;
  readonly data: object | null;
}

/** A thread's place in the step under way. */
export function threadOf(control: Int32Array, index: number): Thread {
  const pieces = Atomics.load(control, CONTROL.pieces);
  return {
    index,
    next() {
      const piece = Atomics.add(control, CONTROL.next, 1);
      return piece < pieces ? piece : -1;
    },
  };
}
