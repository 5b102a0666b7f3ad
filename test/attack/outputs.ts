import { decodeJson } from "../../shared/domain/jsonl.ts";
import { publishedPrefix } from "../../shared/keys.ts";
import type { MemoryRun } from "../helpers/memory-run.ts";

/** What readers, operators and logs get of a run: nothing of it may hold what one person said. */
export async function outputsOf({
  objects,
  runs,
  run,
  log,
  failure,
}: MemoryRun): Promise<Record<string, string>> {
  const published: string[] = [];
  for await (const { key } of objects.list(publishedPrefix(run.run_id)))
    published.push(key, JSON.stringify(decodeJson((await objects.get(key))!)));
  return {
    published: published.join("\n"),
    events: JSON.stringify(await runs.readEvents(run.run_id, { after: 0, limit: 10_000 })),
    log: log.lines.join("\n"),
    record: JSON.stringify(await runs.get(run.run_id)),
    failure: JSON.stringify(failure),
  };
}
