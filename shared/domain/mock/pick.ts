import type { Random } from "../random.ts";
import { randomInt } from "../random.ts";

/** One of the items, each as likely. Throws when there is none, which is a bug of the data. */
export function pick<T>(random: Random, items: readonly T[]): T {
  const item = items[randomInt(random, items.length)];
  if (item === undefined) throw new RangeError("nothing to pick from");
  return item;
}
