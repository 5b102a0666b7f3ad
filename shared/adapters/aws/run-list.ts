import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { QueryCommandOutput } from "@aws-sdk/lib-dynamodb";
import { RUN_TABLE } from "../../contracts/run-table.ts";
import type { RunManifest } from "../../contracts/run.ts";
import { errorDetail } from "../../errors.ts";
import type { Log } from "../../ports/log.ts";
import type { RunPage } from "../../ports/run-store.ts";
import { decodeManifest, pageOf, pageStart } from "../run-records.ts";
import type { Item, TableAccess } from "./dynamo.ts";
import { getItems } from "./dynamo.ts";
import { translatedAws } from "./faults.ts";
import { LIST, manifestItem, runIdOf, startKey } from "./run-items.ts";

const { name: INDEX, partitionKey: LIST_KEY, sortKey: STARTED } = RUN_TABLE.byStart;

/** A page of runs: where they stand out of the index, what they are out of the table, read consistently. */
export async function listRuns(
  access: TableAccess,
  { limit, cursor = null }: { limit: number; cursor?: string | null },
  log: Log | undefined,
): Promise<RunPage> {
  const after = pageStart(limit, cursor);
  const before = after === null ? null : startKey(after);
  const runs: RunManifest[] = [];
  let from: Item | undefined;
  do {
    // One more than the page: whether there is a next.
    const page = await indexPage(access, before, limit + 1 - runs.length, from);
    runs.push(...(await manifestsOf(access, page.Items ?? [], log)));
    from = page.LastEvaluatedKey;
  } while (from !== undefined && runs.length <= limit);
  return pageOf(runs, limit);
}

function indexPage(
  { client, table }: TableAccess,
  before: string | null,
  limit: number,
  from: Item | undefined,
): Promise<QueryCommandOutput> {
  const bounded = before !== null;
  const command = new QueryCommand({
    TableName: table,
    IndexName: INDEX,
    KeyConditionExpression: `#list = :list${bounded ? " AND #started < :before" : ""}`,
    ExpressionAttributeNames: { "#list": LIST_KEY, ...(bounded ? { "#started": STARTED } : {}) },
    ExpressionAttributeValues: { ":list": LIST, ...(bounded ? { ":before": before } : {}) },
    ScanIndexForward: false,
    Limit: limit,
    ...(from === undefined ? {} : { ExclusiveStartKey: from }),
  });
  return translatedAws("list the runs", () => client.send(command));
}

/** The manifests of index entries, in their order; none of a run that was deleted meanwhile, or begun anew. */
async function manifestsOf(
  access: TableAccess,
  entries: readonly Item[],
  log: Log | undefined,
): Promise<RunManifest[]> {
  const idOf = (item: Item): string => runIdOf(item[RUN_TABLE.partitionKey]);
  const keys = entries.map((entry) => manifestItem(idOf(entry)));
  const found = new Map(
    (await getItems(access, "read the listed runs", keys)).map((item) => [idOf(item), item]),
  );
  return entries.flatMap((entry) => {
    const runId = idOf(entry);
    const item = found.get(runId);
    if (item === undefined || item[STARTED] !== entry[STARTED]) return [];
    try {
      return [decodeManifest(String(item["manifest"]), runId, Number(item["revision"]))];
    } catch (error) {
      log?.warn("run_unreadable", { run_id: runId, code: errorDetail(error).code ?? "unknown" });
      return [];
    }
  });
}
