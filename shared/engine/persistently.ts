import { ErrorName, isKind } from "../errors.ts";
import { RETRY_FIRST_WAIT_SECONDS } from "../pipeline.ts";
import type { Clock } from "../ports/clock.ts";

/** Tries of a write that no phase makes, with waits of 1, 2 and 4 s in between; those of phases have their own. */
const WRITE_TRIES = 4;
/** Such writes are tried to their end, also when the run is to stop. */
const NEVER = new AbortController().signal;

/** Tries what is worth trying again. */
export async function persistently<T>(
  clock: Clock,
  write: () => Promise<T>,
  isWorth = (error: unknown): boolean => isKind(error, ErrorName.transient),
): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await write();
    } catch (error) {
      if (!isWorth(error) || tried === WRITE_TRIES) throw error;
      await clock.sleep(RETRY_FIRST_WAIT_SECONDS * 1000 * 2 ** (tried - 1), NEVER);
    }
  }
}
