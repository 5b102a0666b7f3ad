import type { InputSource } from "../../ports/input-source.ts";
import { checkRange } from "../byte-range.ts";

/** An input that is held in memory, not compressed. */
export function bytesInput(bytes: Uint8Array, name = "input.jsonl"): InputSource {
  return {
    name,
    compressed: false,
    size: async () => bytes.length,
    async *stream(range) {
      checkRange(range);
      yield bytes.slice(range.start, range.end);
    },
    async *content() {
      yield bytes.slice();
    },
  };
}
