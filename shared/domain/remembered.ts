/**
 * A pure function of a string that remembers what it has answered, of the last `most` to twice as many different strings: words of a
 * language repeat.
 */
export function remembered<T extends string | boolean>(
  most: number,
  answer: (key: string) => T,
): (key: string) => T {
  let held = new Map<string, T>();
  let older = held;
  return (key) => {
    let known = held.get(key);
    if (known !== undefined) return known;
    known = older.get(key) ?? answer(key);
    if (held.size >= most) {
      older = held;
      held = new Map();
    }
    held.set(key, known);
    return known;
  };
}
