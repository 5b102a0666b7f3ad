import type * as z from "zod";
import { runManifest } from "../contracts/run.ts";
import type { RunManifest } from "../contracts/run.ts";
import { decodeRecord } from "../domain/jsonl.ts";
import { PermanentError, UsageError } from "../errors.ts";
import type { RunPage } from "../ports/run-store.ts";

/** What the run stores share: the text of records, and pages of runs. */

/**
 * A record as JSON text. Throws PermanentError "invalid_record" for what would not be readable again.
 * @param what names the record in the error: "the manifest of run abc".
 */
export function encodeRecord<T>(schema: z.ZodType<T>, record: T, what: string, indent = 0): string {
  const checked = schema.safeParse(record);
  if (!checked.success)
    throw new PermanentError(`Could not store ${what}: ${places(checked.error)}.`, {
      code: "invalid_record",
    });
  return JSON.stringify(record, null, indent);
}

/** Throws PermanentError "corrupt_record" unless the text is the manifest of this run at this revision. */
export function decodeManifest(text: string, runId: string, revision: number): RunManifest {
  const manifest = decodeRecord(runManifest, text);
  if (manifest === null || manifest.run_id !== runId || manifest.revision !== revision) {
    throw corruptRecord(runId);
  }
  return manifest;
}

export function corruptRecord(runId: string): PermanentError {
  return new PermanentError(`The record of run ${runId} cannot be read.`, {
    code: "corrupt_record",
    hint: "It was damaged or written by another version of ant-clio: restore it, or delete the run.",
  });
}

/** Paths alone: the messages of a schema may quote values. */
function places(error: z.ZodError): string {
  return error.issues.map((issue) => `bad value at "${issue.path.join(".")}"`).join(", ");
}

/** Newest first: descending by instant of creation, runs of one instant descending by id. */
function newestFirst(a: RunPosition, b: RunPosition): number {
  return b.createdAt - a.createdAt || (a.runId < b.runId ? 1 : a.runId > b.runId ? -1 : 0);
}

/** Where a run stands in the list. */
export interface RunPosition {
  /** Milliseconds since 1970 UTC. */
  readonly createdAt: number;
  readonly runId: string;
}

export function positionOf(run: RunManifest): RunPosition {
  return { createdAt: Date.parse(run.created_at), runId: run.run_id };
}

/**
 * A page out of all runs. The cursor names the last run of the page before, so runs that appear or vanish meanwhile
 * neither repeat nor hide others.
 * Throws RangeError for a limit below 1, UsageError "bad_cursor" for a cursor no page gave.
 */
export function pageOfRuns(
  runs: readonly RunManifest[],
  { limit, cursor = null }: { limit: number; cursor?: string | null },
): RunPage {
  const after = pageStart(limit, cursor);
  const rest = runs
    .map((run) => ({ run, position: positionOf(run) }))
    .filter(({ position }) => after === null || newestFirst(position, after) > 0)
    .sort((a, b) => newestFirst(a.position, b.position));
  return pageOf(
    rest.map(({ run }) => run),
    limit,
  );
}

/** The run after which a page begins, or null for the first page. Throws as `pageOfRuns` does. */
export function pageStart(limit: number, cursor: string | null): RunPosition | null {
  if (!(Number.isSafeInteger(limit) && limit >= 1)) throw new RangeError("a page holds at least one run");
  return cursor === null ? null : parseCursor(cursor);
}

/** The page that the first `limit` of these runs are; a cursor if there are more. */
export function pageOf(runs: readonly RunManifest[], limit: number): RunPage {
  const page = runs.slice(0, limit);
  const last = page.at(-1);
  if (last === undefined || page.length === runs.length) return { runs: page, cursor: null };
  const { createdAt, runId } = positionOf(last);
  return { runs: page, cursor: `${createdAt}.${runId}` };
}

function parseCursor(cursor: string): RunPosition {
  const match = /^(-?\d{1,16})\.([a-z0-9-]{3,64})$/.exec(cursor);
  // 8.64e15 is the last instant that a Date holds.
  if (match?.[1] === undefined || match[2] === undefined || Math.abs(Number(match[1])) > 8.64e15) {
    throw new UsageError("The cursor is not one that a list of runs gave.", { code: "bad_cursor" });
  }
  return { createdAt: Number(match[1]), runId: match[2] };
}
