import type { Random } from "./random.ts";
import { shuffle } from "./random.ts";

/**
 * A sample of a cluster's rows that no single user can fill: users in random order give one row each in turn, at most
 * `maxPerUser` each, until there are `count` (design section 6; the published attack plants ~50 chats of few accounts).
 * @param rows row numbers of the members.
 * @param userOf user number of a row.
 * @returns row numbers in the order drawn; fewer than `count` when the cap leaves no more.
 */
export function sampleMembers(
  rows: readonly number[],
  userOf: (row: number) => number,
  { count, maxPerUser, random }: { count: number; maxPerUser: number; random: Random },
): number[] {
  const byUser = new Map<number, number[]>();
  for (const row of shuffle(random, [...rows])) {
    const held = byUser.get(userOf(row));
    if (held === undefined) byUser.set(userOf(row), [row]);
    else if (held.length < maxPerUser) held.push(row);
  }
  const users = [...byUser.values()];
  const chosen: number[] = [];
  for (let turn = 0; turn < maxPerUser && chosen.length < count; turn++) {
    for (const held of users) {
      const row = held[turn];
      if (row !== undefined && chosen.length < count) chosen.push(row);
    }
  }
  return chosen;
}
