import type { ByteRange } from "../ports/object-store.ts";

/** Throws RangeError unless both ends are whole numbers of at least 0. */
export function checkRange({ start, end = start }: ByteRange): void {
  if (!(Number.isSafeInteger(start) && start >= 0 && Number.isSafeInteger(end) && end >= 0)) {
    throw new RangeError("a range of bytes starts and ends at whole numbers of at least 0");
  }
}
