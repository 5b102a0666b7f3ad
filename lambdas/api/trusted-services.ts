import type { ConversationRow } from "../../shared/contracts/api.ts";
import { artifactReader } from "../../shared/engine/artifact-io.ts";
import { loadRun } from "../../shared/engine/run-record.ts";
import { ErrorName, PermanentError, errorDetail, isKind } from "../../shared/errors.ts";
import type { ArtifactReader, RowRange } from "../../shared/phases/phase.ts";
import type { ObjectStore } from "../../shared/ports/object-store.ts";
import type { RunStore } from "../../shared/ports/run-store.ts";
import type { ApiServices } from "./services.ts";

/** Who saw which conversation, when and why. Of the conversation itself it holds nothing. */
export interface Reveal {
  readonly at: string;
  readonly subject: string;
  readonly run_id: string;
  readonly row: number;
  readonly reason: string;
}

export interface TrustedDeps {
  readonly runs: RunStore;
  readonly objects: ObjectStore;
  /** Milliseconds since 1970 UTC. */
  readonly now: () => number;
  /** Awaited before any text leaves: where it fails, nothing is shown. */
  readonly recordReveal: (reveal: Reveal) => Promise<void>;
}

/** Seconds after which the page hides raw text again (reference: dashboard, 3.0). */
const HIDE_AFTER_SECONDS = 300;
/** Assignments looked through in one call while a cluster's members are searched for. */
const ROWS_LOOKED_AT = 50_000;

const READABLE = new Set(["annotated", "assignments", "hierarchy"] as const);

/** Base clusters below a cluster; itself where there is no hierarchy or it is a base cluster. */
async function basesBelow(reader: ArtifactReader, clusterId: string): Promise<ReadonlySet<string>> {
  try {
    const { clusters } = await reader.json("hierarchy");
    const under = Map.groupBy(clusters, ({ parent_id: parent }) => parent);
    const found = new Set<string>();
    const open = [clusterId];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      found.add(id);
      for (const child of under.get(id) ?? []) open.push(child.id);
    }
    return found;
  } catch (error) {
    if (isKind(error, ErrorName.permanent) && errorDetail(error).code === "missing_artifact")
      return new Set([clusterId]);
    throw error;
  }
}

/** Row numbers from `after` on of those in the clusters, at most `limit`, and where to go on. */
async function rowsOf(
  reader: ArtifactReader,
  { cluster, after, limit }: { cluster?: string | undefined; after: number; limit: number },
): Promise<{ readonly rows: readonly number[]; readonly next: number | null }> {
  const total = await reader.rowCount("annotated");
  if (cluster === undefined) {
    const end = Math.min(total, after + limit);
    const rows = Array.from({ length: Math.max(0, end - after) }, (_, i) => after + i);
    return { rows, next: end < total ? end : null };
  }
  const wanted = await basesBelow(reader, cluster);
  const rows: number[] = [];
  let row = after;
  const end = Math.min(total, after + ROWS_LOOKED_AT);
  for await (const { cluster_id: id } of reader.rows("assignments", { start: after, end })) {
    if (id !== null && wanted.has(id)) rows.push(row);
    row += 1;
    if (rows.length === limit) break;
  }
  return { rows, next: row < total ? row : null };
}

/** Rows that follow one another, as ranges: each is one read of the index and one of the rows. */
function rangesOf(rows: readonly number[]): RowRange[] {
  const ranges: RowRange[] = [];
  for (const row of rows) {
    const last = ranges.at(-1);
    if (last?.end === row) ranges[ranges.length - 1] = { start: last.start, end: row + 1 };
    else ranges.push({ start: row, end: row + 1 });
  }
  return ranges;
}

/** Lists what was found in single conversations, and shows one's messages to people who are trusted to read them. */
export function trustedServices(deps: TrustedDeps): Pick<ApiServices, "conversations" | "reveal"> {
  const readerOf = async (runId: string): Promise<ArtifactReader> => {
    await loadRun(deps.runs, runId);
    return artifactReader(deps.objects, runId, READABLE);
  };
  return {
    conversations: async ({ runId, cluster, after, limit }) => {
      const reader = await readerOf(runId);
      const { rows, next } = await rowsOf(reader, { cluster, after, limit });
      const found: ConversationRow[] = [];
      for (const range of rangesOf(rows)) {
        let row = range.start;
        for await (const one of reader.rows("annotated", range))
          found.push({
            row: row++,
            conversation_id: one.conversation_id,
            messages: one.messages.length,
            facets: one.facets,
            cluster: one.cluster,
          });
      }
      return { rows: found, next };
    },
    reveal: async ({ runId, row, body: { reason } }, { subject }) => {
      const reader = await readerOf(runId);
      for await (const { messages } of reader.rows("annotated", { start: row, end: row + 1 })) {
        await deps.recordReveal({
          at: new Date(deps.now()).toISOString(),
          subject,
          run_id: runId,
          row,
          reason,
        });
        return { row, messages, hide_after_seconds: HIDE_AFTER_SECONDS };
      }
      throw new PermanentError(`run ${runId} has no conversation ${row}`, { code: "not_found" });
    },
  };
}
