import { batchOfPartKey, roundPrefix } from "../keys.ts";
import type { BatchProgress } from "../ports/batch-progress.ts";
import type { ObjectStore } from "../ports/object-store.ts";

/** The parts themselves as the record of what is finished: nothing to note, and a listing to count. */
export function objectProgress(objects: Pick<ObjectStore, "list">): BatchProgress {
  return {
    finished: async () => {},
    async count(address) {
      let parts = 0;
      for await (const { key } of objects.list(roundPrefix(address))) {
        if (batchOfPartKey(key) !== null) parts++;
      }
      return parts;
    },
  };
}
