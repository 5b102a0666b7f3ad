import { storageFault } from "../../shared/adapters/directory/faults.ts";
import type { RunStore } from "../../shared/ports/run-store.ts";
import type { Fault } from "./faulty-object-store.ts";

export interface RecordWrite {
  readonly verb: "create" | "swap" | "writeLock" | "clearLock" | "appendEvents" | "delete";
  /** Status of a record, names of events. */
  readonly what: string;
}

/**
 * A store of records whose writes fail when told to; everything else goes to `inner`.
 * @param faultOf asked once per write: the fault it meets, or undefined.
 */
export function faultyRunStore(
  inner: RunStore,
  faultOf: (write: RecordWrite) => Fault | undefined,
): RunStore {
  async function meet<T>(verb: RecordWrite["verb"], what: string, write: () => Promise<T>): Promise<T> {
    const fault = faultOf({ verb, what });
    if (fault === undefined) return write();
    if (fault.applied === true) await write();
    throw storageFault(
      Object.assign(new Error(fault.errno), { code: fault.errno }),
      `write the record (${verb})`,
    );
  }

  return {
    get: (runId) => inner.get(runId),
    list: (options) => inner.list(options),
    readLock: (runId) => inner.readLock(runId),
    readEvents: (runId, options) => inner.readEvents(runId, options),
    create: (manifest) => meet("create", manifest.status, () => inner.create(manifest)),
    swap: (next) => meet("swap", next.status, () => inner.swap(next)),
    delete: (runId) => meet("delete", "", () => inner.delete(runId)),
    writeLock: (runId, lock) => meet("writeLock", "", () => inner.writeLock(runId, lock)),
    clearLock: (runId, ownerId) => meet("clearLock", "", () => inner.clearLock(runId, ownerId)),
    appendEvents: (runId, events) =>
      meet("appendEvents", events.map(({ event }) => event).join(" "), () =>
        inner.appendEvents(runId, events),
      ),
  };
}
