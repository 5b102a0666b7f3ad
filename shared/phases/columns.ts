import type { ArtifactReader } from "./phase.ts";

/** Users as numbers 0, 1, 2 ... in the order of their first conversation: the order of the file, not of the keyed hashes. */
export async function userNumbers(artifacts: ArtifactReader): Promise<Int32Array> {
  const numbers = new Map<string, number>();
  const users = new Int32Array(await artifacts.rowCount("users"));
  let at = 0;
  for await (const { user } of artifacts.rows("users")) {
    let number = numbers.get(user);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(user, number);
    }
    users[at++] = number;
  }
  return users;
}

/** The values of several sequences side by side, as long as all go on; the readers behind them are closed at the end. */
export async function* sideBySide<T extends readonly unknown[]>(
  ...sequences: { [I in keyof T]: AsyncIterable<T[I]> }
): AsyncGenerator<T> {
  const iterators = sequences.map((sequence): AsyncIterator<unknown> => sequence[Symbol.asyncIterator]());
  try {
    for (;;) {
      const values: unknown[] = [];
      for (const iterator of iterators) {
        const next = await iterator.next();
        if (next.done === true) return;
        values.push(next.value);
      }
      yield values as unknown as T;
    }
  } finally {
    for (const iterator of iterators) await iterator.return?.();
  }
}

/** `undefined` without end: stands beside other sequences for an artifact that the run does not have. */
export async function* nothing(): AsyncGenerator<undefined> {
  for (;;) yield undefined;
}
