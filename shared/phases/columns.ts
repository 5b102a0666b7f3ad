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
