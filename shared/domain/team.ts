/*
 * Work on several threads with the same result for any number of them: steps write where no other does, and what is summed in
 * floating point is summed by one. Domain code knows threads by these types alone; one thread needs nothing else.
 */

/** What a step is told: which thread it runs on, and what of the work is left. */
export interface Thread {
  /** 0 for the one that asked. */
  readonly index: number;
  /** The next of the pieces 0, 1, 2 ..., each taken by one thread; -1 when all are taken. */
  next(): number;
}

/** A part of a computation, found by name in every thread. */
export type Step<D> = (data: D, thread: Thread) => void;

/** A step under the name by which threads find it. */
export interface NamedStep<D> {
  readonly name: string;
  readonly run: Step<D>;
}

export interface Team {
  readonly threads: number;
  /**
   * Runs a step on all threads until `pieces` are done, and returns when they are.
   * @param data arrays in shared memory (`sharedFloats` and the like) and plain values: threads get a copy of the rest.
   */
  run<D extends object>(step: NamedStep<D>, data: D, pieces: number): void;
  /** Lets go of the data of all steps so far: the computation is over. */
  rest(): void;
}

/** The thread that asks, alone. */
export const alone: Team = {
  threads: 1,
  run(step, data, pieces) {
    let piece = 0;
    step.run(data, { index: 0, next: () => (piece < pieces ? piece++ : -1) });
  },
  rest() {},
};

export const sharedFloats = (n: number): Float64Array =>
  new Float64Array(new SharedArrayBuffer(n * Float64Array.BYTES_PER_ELEMENT));
export const sharedSingles = (n: number): Float32Array =>
  new Float32Array(new SharedArrayBuffer(n * Float32Array.BYTES_PER_ELEMENT));
export const sharedInts = (n: number): Int32Array =>
  new Int32Array(new SharedArrayBuffer(n * Int32Array.BYTES_PER_ELEMENT));
export const sharedBytes = (n: number): Uint8Array => new Uint8Array(new SharedArrayBuffer(n));

/** Several pieces a thread, so that none waits long for the last; one for one thread. */
const PIECES_PER_THREAD = 4;

/** Into how many pieces a team cuts n items. */
export function piecesFor(team: Team, n: number): number {
  return Math.min(n, team.threads === 1 ? 1 : team.threads * PIECES_PER_THREAD);
}

/** The items of one of so many pieces, [from, to). */
export function pieceRange(n: number, pieces: number, piece: number): { from: number; to: number } {
  return { from: Math.floor((piece * n) / pieces), to: Math.floor(((piece + 1) * n) / pieces) };
}
