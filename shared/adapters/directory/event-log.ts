import type { FileHandle } from "node:fs/promises";
import { runEvent } from "../../contracts/run.ts";
import type { RunEvent } from "../../contracts/run.ts";
import { decodeRecord } from "../../domain/jsonl.ts";
import { TransientError } from "../../errors.ts";

/**
 * Appends whole lines in one write, which concurrent writers cannot split (O_APPEND). A writer that was killed may have
 * left a torn line: then the lines start on a fresh one, and readers skip the torn one, as it does not parse. Nothing
 * is cut off: what looks torn may be another process' write under way. If it was, an empty line results, skipped too.
 */
export async function appendLines(handle: FileHandle, lines: string): Promise<void> {
  const { size } = await handle.stat();
  const last = new Uint8Array(1);
  if (size > 0) await handle.read(last, 0, 1, size - 1);
  const torn = size > 0 && last[0] !== 0x0a;
  const bytes = Buffer.from(torn ? `\n${lines}` : lines);
  const { bytesWritten } = await handle.write(bytes);
  // The rest in a second write could land behind another writer's lines.
  if (bytesWritten !== bytes.byteLength)
    throw new TransientError("An event was written in part.", { code: "short_write" });
}

/** The events of a file's text after the first `after`, at most `limit`; lines that are no events do not count. */
export function eventsIn(text: string, after: number, limit: number): readonly RunEvent[] {
  // What follows the last "\n" is a line being written, or torn.
  const lines = text.split("\n").slice(0, -1);
  const events: RunEvent[] = [];
  for (let index = 0, seen = 0; index < lines.length && events.length < limit; index++) {
    const event = decodeRecord(runEvent, lines[index] ?? "");
    if (event !== null && ++seen > after) events.push(event);
  }
  return events;
}
