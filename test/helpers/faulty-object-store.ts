import { storageFault } from "../../shared/adapters/directory/faults.ts";
import type { ObjectStore } from "../../shared/ports/object-store.ts";

export interface Write {
  /** 0 for the first write of the store's life. */
  readonly index: number;
  readonly verb: "put" | "putIfAbsent";
  readonly key: string;
}

export interface Fault {
  /** Errno, translated as the directory store does: "ENOSPC" is permanent, "EIO" and "EMFILE" are transient. */
  readonly errno: string;
  /** True when the write takes effect all the same, as when an answer is lost. */
  readonly applied?: boolean;
}

export interface FaultyObjectStore extends ObjectStore {
  /** Every write asked for, in order, failed or not. */
  readonly writes: readonly Write[];
}

/**
 * A store whose writes fail when told to; everything else goes to `inner`.
 * @param faultOf asked once per write: the fault it meets, or undefined.
 */
export function faultyObjectStore(
  inner: ObjectStore,
  faultOf: (write: Write) => Fault | undefined,
): FaultyObjectStore {
  const writes: Write[] = [];

  async function meet<T>(verb: Write["verb"], key: string, write: () => Promise<T>): Promise<T> {
    const asked: Write = { index: writes.length, verb, key };
    writes.push(asked);
    const fault = faultOf(asked);
    if (fault === undefined) return write();
    if (fault.applied === true) await write();
    throw storageFault(Object.assign(new Error(fault.errno), { code: fault.errno }), `write ${key}`);
  }

  return {
    writes,
    get: (key) => inner.get(key),
    stream: (key, range) => inner.stream(key, range),
    head: (key) => inner.head(key),
    list: (prefix) => inner.list(prefix),
    delete: (keys) => inner.delete(keys),
    put: (key, body) => meet("put", key, () => inner.put(key, body)),
    putIfAbsent: (key, body) => meet("putIfAbsent", key, () => inner.putIfAbsent(key, body)),
  };
}

/** Faults by the number of the write, 0 for the first: `faultsAt({ 3: "ENOSPC" })`. */
export function faultsAt(faults: Readonly<Record<number, string>>): (write: Write) => Fault | undefined {
  return ({ index }) => {
    const errno = faults[index];
    return errno === undefined ? undefined : { errno };
  };
}
