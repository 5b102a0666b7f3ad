/** Conversations from Elasticsearch 7.10 or newer, or OpenSearch 2.4 or newer: node elasticsearch.ts --out chats.jsonl */
import { stderr } from "node:process";
import { required, RecipeError, runRecipe, word } from "./command.ts";
import type { Environment, ExportRequest } from "./command.ts";
import { FIELDS, fromHit, TIME_FIELD } from "./elasticsearch-mapping.ts";
import { beganWithin, groupByConversation } from "./grouping.ts";
import type { MessageRow } from "./grouping.ts";
import { isRecord } from "./mapping.ts";
import type { SourceConversation } from "./mapping.ts";

const INDEX = "chat-messages";
/** What each message must have; also the order of the export. */
const NEEDED = ["conversation_id", "@timestamp", "message_id"] as const;
/**
 * A conversation that lasts no longer than this is exported whole, by the export in whose window it began. The index
 * knows only when each message was sent, so that much more is read on both sides of --since and --until.
 */
const LONGEST_CONVERSATION_DAYS = 7;
/** How long the server keeps the snapshot between two pages. */
const KEEP_ALIVE = "5m";
const TIMEOUT_MS = 60_000;
/** Asking the same page again is safe. In all at most 1 + 2 + 4 = 7 s of waiting, unless the server asks for more. */
const ATTEMPTS = 4;
const MAX_WAIT_S = 60;

type Json = Readonly<Record<string, unknown>>;
interface Answer {
  readonly status: number;
  readonly body: Json;
}
type Ask = (method: "POST" | "DELETE", path: string, body?: object) => Promise<Answer>;

async function* read(request: ExportRequest, environment: Environment): AsyncGenerator<SourceConversation> {
  const ask = asking(environment);
  await reportStrays(ask);
  for await (const conversation of groupByConversation(messages(ask, request))) {
    if (beganWithin(conversation.startedAt, request.since, request.until)) yield conversation;
  }
}

function queryFor({ since, until }: ExportRequest): object {
  const day = 24 * 60 * 60 * 1000;
  const shifted = (time: Date, days: number): string => new Date(time.getTime() + days * day).toISOString();
  const range = {
    ...(since === null ? {} : { gte: shifted(since, -LONGEST_CONVERSATION_DAYS) }),
    ...(until === null ? {} : { lt: shifted(until, LONGEST_CONVERSATION_DAYS) }),
  };
  return { bool: { filter: [{ range: { "@timestamp": range } }, ...NEEDED.map(exists)] } };
}

const exists = (field: string): object => ({ exists: { field } });

/** Says how many documents of the index can belong to no conversation. */
async function reportStrays(ask: Ask): Promise<void> {
  const query = { bool: { must_not: { bool: { filter: NEEDED.map(exists) } } } };
  const { count } = checked(await ask("POST", `/${INDEX}/_count`, { query })).body;
  if (count !== 0) {
    stderr.write(`${Number(count)} documents of the whole index left out: without ${NEEDED.join(", ")}\n`);
  }
}

/**
 * Every message that the query finds, by conversation and time, from one snapshot of the index. After a failure the
 * server drops the snapshot by itself.
 */
async function* messages(ask: Ask, request: ExportRequest): AsyncGenerator<MessageRow> {
  const query = queryFor(request);
  const { pageSize } = request;
  const snapshot = await openSnapshot(ask);
  let { id } = snapshot;
  let after: unknown;
  for (;;) {
    const { body } = checked(
      await ask("POST", "/_search", {
        size: pageSize,
        pit: { id, keep_alive: KEEP_ALIVE },
        query,
        // The last one tells messages of the same instant apart, so that none is lost between two pages.
        sort: NEEDED.map((field) => ({ [field]: "asc" })),
        _source: FIELDS,
        docvalue_fields: [TIME_FIELD],
        track_total_hits: false,
        ...(after === undefined ? {} : { search_after: after }),
      }),
    );
    const hits = hitsOf(body);
    for (const hit of hits) yield fromHit(hit);
    // The snapshot may get a new name with each page.
    id = body["pit_id"] ?? id;
    after = hits.at(-1)?.["sort"];
    if (hits.length < pageSize) break;
  }
  await snapshot.close(id);
}

/** A page's hits. The server answers 200 with what it has when a shard fails or is slow: that would lose messages. */
function hitsOf(body: Json): Json[] {
  const { hits, _shards: shards } = body;
  if (body["timed_out"] === true || !isRecord(shards) || shards["failed"] !== 0) {
    throw new RecipeError("A part of the index did not answer; run it again when the cluster is healthy.");
  }
  const list = isRecord(hits) ? hits["hits"] : null;
  if (!Array.isArray(list)) throw new RecipeError("The answer is not one of Elasticsearch or OpenSearch.");
  return list.filter(isRecord);
}

interface Snapshot {
  readonly id: unknown;
  readonly close: (id: unknown) => Promise<unknown>;
}

/** A point in time. The two products name it differently, and each refuses the other's name with a status below 500. */
async function openSnapshot(ask: Ask): Promise<Snapshot> {
  const elastic = await ask("POST", `/${INDEX}/_pit?keep_alive=${KEEP_ALIVE}`);
  if (elastic.status === 200) {
    return { id: elastic.body["id"], close: (id) => ask("DELETE", "/_pit", { id }) };
  }
  if (elastic.status === 401 || elastic.status === 403) checked(elastic);
  // By default OpenSearch leaves out the shards that do not answer.
  const parameters = `keep_alive=${KEEP_ALIVE}&allow_partial_pit_creation=false`;
  const { body } = checked(await ask("POST", `/${INDEX}/_search/point_in_time?${parameters}`));
  return { id: body["pit_id"], close: (id) => ask("DELETE", "/_search/point_in_time", { pit_id: [id] }) };
}

/** `fetch` and not the official client: that one refuses OpenSearch, and servers of another major version. */
function asking(environment: Environment): Ask {
  const base = readUrl(required(environment, "ELASTICSEARCH_URL"));
  const authorization = readAuthorization(environment);
  const headers = {
    "content-type": "application/json",
    ...(authorization === null ? {} : { authorization }),
  };
  return async (method, path, body) => {
    for (let attempt = 1; ; attempt += 1) {
      let retryAfter = "";
      try {
        const response = await fetch(base + path, {
          method,
          headers,
          body: body === undefined ? null : JSON.stringify(body),
          // The key is for this server alone.
          redirect: "error",
          signal: AbortSignal.timeout(TIMEOUT_MS),
        });
        const text = await response.text();
        const busy = response.status === 429 || response.status >= 500;
        if (!busy || attempt === ATTEMPTS) return { status: response.status, body: parse(text) };
        retryAfter = response.headers.get("retry-after") ?? "";
      } catch (error) {
        // fetch says only "fetch failed"; the reason is its cause.
        if (attempt === ATTEMPTS) throw error instanceof Error ? (error.cause ?? error) : error;
      }
      await wait(retryAfter, attempt);
    }
  };
}

function wait(retryAfter: string, attempt: number): Promise<void> {
  const seconds = /^\d+$/.test(retryAfter) ? Math.min(Number(retryAfter), MAX_WAIT_S) : 2 ** (attempt - 1);
  return new Promise((done) => setTimeout(done, seconds * 1000));
}

function parse(text: string): Json {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

function readUrl(text: string): string {
  const url = new URL(text);
  if (!/^https?:$/.test(url.protocol))
    throw new RecipeError("ELASTICSEARCH_URL begins with https:// or http://.", 2);
  if (url.username !== "" || url.password !== "") {
    throw new RecipeError(
      "Put no user in ELASTICSEARCH_URL; set ELASTICSEARCH_API_KEY instead, see --help.",
      2,
    );
  }
  return (url.origin + url.pathname).replace(/\/+$/, "");
}

function readAuthorization(environment: Environment): string | null {
  const key = environment["ELASTICSEARCH_API_KEY"];
  if (key !== undefined) return `ApiKey ${key}`;
  const user = environment["ELASTICSEARCH_USERNAME"];
  if (user === undefined) return null;
  const pair = `${user}:${required(environment, "ELASTICSEARCH_PASSWORD")}`;
  return `Basic ${Buffer.from(pair).toString("base64")}`;
}

function checked(answer: Answer): Answer {
  const { status, body } = answer;
  if (status === 200) return answer;
  const error = isRecord(body["error"]) ? body["error"] : {};
  const causes: unknown = error["root_cause"];
  const first: unknown = Array.isArray(causes) ? causes[0] : null;
  const type = (isRecord(first) ? first["type"] : null) ?? error["type"];
  // Of the server's answer only this: its sentences may quote what they are about.
  const trace =
    typeof type === "string" && /^[a-z_]{1,60}$/.test(type) ? `${status} ${type}` : String(status);
  throw new RecipeError(`${explainStatus(status)} (${trace})`);
}

function explainStatus(status: number): string {
  if (status === 401) return "The server refused the key, or the user and password.";
  if (status === 403) return "The key or user may not read the index.";
  if (status === 404) return `There is no index ${INDEX}, or its snapshot has expired; run it again.`;
  if (status === 400)
    return "The server refused the search: compare the index mapping with the one in the recipe.";
  if (status === 429 || status >= 500) return "The server is overloaded or down; run it again later.";
  return "The server refused the request.";
}

await runRecipe({
  name: "elasticsearch.ts",
  variables: `ELASTICSEARCH_URL   https://HOST:9200, without a user in it
ELASTICSEARCH_API_KEY, or ELASTICSEARCH_USERNAME and ELASTICSEARCH_PASSWORD`,
  read,
  explain: (error) => (word(error, "name") === "TimeoutError" ? "The server does not answer." : null),
});
