import type { ObjectStore } from "../../shared/ports/object-store.ts";
import type { RunStore } from "../../shared/ports/run-store.ts";

/** Calls of the stores, by "<folder of the run> <operation>" for objects and "record <operation>" for the record. */
export type StoreCalls = Map<string, number>;

const folderOf = (key: string): string => key.split("/")[2] ?? "";

export function countingObjects(objects: ObjectStore, calls: StoreCalls): ObjectStore {
  const count = (key: string, operation: string): void => {
    const name = `${folderOf(key)} ${operation}`;
    calls.set(name, (calls.get(name) ?? 0) + 1);
  };
  const answer = (key: string): string => (key.includes("/answers/") ? "answer " : "");
  const { appendable } = objects;
  return {
    ...(appendable === undefined
      ? {}
      : {
          async appendable(key: string) {
            count(key, "answer put");
            const opened = await appendable(key);
            return {
              ...opened,
              append: (bytes: Uint8Array) => (count(key, "answer append"), opened.append(bytes)),
            };
          },
        }),
    get: (key) => (count(key, `${answer(key)}get`), objects.get(key)),
    stream: (key, range) => (count(key, "get"), objects.stream(key, range)),
    head: (key) => (count(key, "head"), objects.head(key)),
    putIfAbsent: (key, body) => (count(key, "put"), objects.putIfAbsent(key, body)),
    put: (key, body) => (count(key, `${answer(key)}put`), objects.put(key, body)),
    list: (prefix) => (count(prefix, `${answer(prefix)}list`), objects.list(prefix)),
    delete(keys) {
      for (const key of keys) count(key, `${answer(key)}delete`);
      return objects.delete(keys);
    },
  };
}

export function countingRuns(runs: RunStore, calls: StoreCalls): RunStore {
  const count = (operation: string): void => {
    const name = `record ${operation}`;
    calls.set(name, (calls.get(name) ?? 0) + 1);
  };
  return {
    ...runs,
    get: (runId) => (count("get"), runs.get(runId)),
    swap: (next) => (count("swap"), runs.swap(next)),
    appendEvents: (runId, events) => (count("append"), runs.appendEvents(runId, events)),
  };
}
