import { fieldsLeftOut, isCompared } from "../../shared/contracts/volatile.ts";
import { runPrefix } from "../../shared/keys.ts";
import type { ObjectStore } from "../../shared/ports/object-store.ts";

function withoutFields(text: string, left: readonly string[]): string {
  const value = JSON.parse(text) as Record<string, unknown>;
  return JSON.stringify(Object.entries(value).filter(([field]) => !left.includes(field)));
}

/** A stored object without what two equal runs, or two attempts, may differ in; null if it is not compared. */
function comparableText(path: string, bytes: Uint8Array): string | null {
  const text = Buffer.from(bytes).toString("latin1");
  if (isCompared(path)) {
    const left = fieldsLeftOut(path);
    return left.length === 0 ? text : withoutFields(Buffer.from(bytes).toString(), left);
  }
  if (!path.includes("/parts/") || /\.failed-\d+\.json$/.test(path)) return null;
  if (path.endsWith("/current.json")) return withoutFields(text, ["attempt"]);
  // The first line of a part states attempt and seconds.
  return path.endsWith(".jsonl") ? text.slice(text.indexOf("\n")) : text;
}

/** What a run stored, path -> content as it is to be compared: artifacts, published files, and batches' outputs. */
export async function storedObjects(objects: ObjectStore, runId: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const prefix = runPrefix(runId);
  for await (const { key } of objects.list(prefix)) {
    const bytes = await objects.get(key);
    const path = key.slice(prefix.length);
    const text = bytes === null ? null : comparableText(path, bytes);
    if (text !== null) found.set(path, text);
  }
  return found;
}
