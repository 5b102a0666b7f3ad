import { PermanentError } from "../errors.ts";
import type { InputSource } from "../ports/input-source.ts";
import type { ObjectStore } from "../ports/object-store.ts";

/** An input that lies in an object store, uncompressed. */
export function storedInput(objects: ObjectStore, key: string, name: string): InputSource {
  return {
    name,
    compressed: false,
    async size() {
      const head = await objects.head(key);
      if (head === null) throw new PermanentError(`The input ${name} is gone.`, { code: "input_not_found" });
      return head.size;
    },
    stream: (range) => objects.stream(key, range),
    content: () => objects.stream(key),
  };
}
