/** Conversations from PostgreSQL: npm install pg pg-cursor; node postgresql.ts --out chats.jsonl */
import { Client } from "pg";
import Cursor from "pg-cursor";
import { runRecipe, word } from "./command.ts";
import type { Environment, ExportRequest } from "./command.ts";
import { groupByConversation } from "./grouping.ts";
import { MAX_LINE_BYTES } from "./mapping.ts";
import type { SourceConversation } from "./mapping.ts";
import { fromRow } from "./postgresql-mapping.ts";
import type { Row } from "./postgresql-mapping.ts";

/**
 * Sorted by conversation, then time. A message longer than a line may be is not sent: one row can hold 1 GB. Ids are
 * cast to text so that bigint and uuid do as well. For `timestamp` without time zone write
 * `c.started_at AT TIME ZONE 'UTC'`, or the zone that your program meant.
 */
const SQL = `
  SELECT c.id::text AS conversation_id, c.user_id::text AS user_id, c.started_at, c.channel, c.model, c.locale,
         m.id::text AS message_id, m.role, m.created_at,
         CASE WHEN octet_length(m.content) <= ${MAX_LINE_BYTES} THEN m.content END AS content,
         coalesce(octet_length(m.content) > ${MAX_LINE_BYTES}, false) AS too_large
  FROM conversations c LEFT JOIN messages m ON m.conversation_id = c.id
  WHERE ($1::timestamptz IS NULL OR c.started_at >= $1)
    AND ($2::timestamptz IS NULL OR c.started_at < $2)
  ORDER BY c.id, m.created_at, m.id`;

async function* read(request: ExportRequest, environment: Environment): AsyncGenerator<SourceConversation> {
  const url = environment["DATABASE_URL"];
  // Without a URL, pg reads PGHOST and its siblings itself.
  const client = new Client({
    ...(url === undefined ? {} : { connectionString: url }),
    application_name: "clio-export",
    connectionTimeoutMillis: 10_000,
  });
  // The query that is under way fails as well, and says it; without a listener the process would end here.
  client.on("error", () => {});
  try {
    await client.connect();
    await client.query("BEGIN READ ONLY");
    yield* groupByConversation(rows(client, request));
  } finally {
    await client.end().catch(() => {});
  }
}

async function* rows(client: Client, { since, until, pageSize }: ExportRequest) {
  const cursor = client.query(new Cursor<Row>(SQL, [since, until]));
  for (;;) {
    const batch = await cursor.read(pageSize);
    if (batch.length === 0) return;
    for (const row of batch) yield fromRow(row);
  }
}

/** Sentences that pg gives no code. */
const WITHOUT_CODE: ReadonlyMap<unknown, string> = new Map([
  ["Connection terminated unexpectedly", "The connection broke; run it again."],
  ["timeout expired", "The server does not answer; check its address and the network."],
  ["The server does not support SSL connections", "The server speaks no TLS; see sslmode or PGSSLMODE."],
  [
    "SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string",
    "The server wants a password: set PGPASSWORD, or put it in DATABASE_URL.",
  ],
]);

function explain(error: object): string | null {
  const known = WITHOUT_CODE.get(Reflect.get(error, "message"));
  if (known !== undefined) return known;
  const code = word(error, "code") ?? "";
  if (code === "28P01" || code === "28000") return "The server refused the user or the password.";
  if (code === "3D000") return "There is no such database on the server.";
  if (code === "42501") return "The user may not read one of the tables.";
  if (code === "42P01" || code === "42703")
    return "A table or column does not exist: adapt SQL in postgresql.ts.";
  if (code.startsWith("42")) return "The server does not accept SQL in postgresql.ts.";
  if (code === "57014") return "The server cancelled the query; see statement_timeout.";
  if (code === "40001")
    return "The standby cancelled the query; see max_standby_streaming_delay, or ask the primary.";
  if (/^(?:57P|08)/.test(code)) return "The server ended the connection; run it again.";
  return null;
}

await runRecipe({
  name: "postgresql.ts",
  variables:
    "DATABASE_URL        postgresql://USER:PASSWORD@HOST:5432/DATABASE, or PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE",
  read,
  explain,
});
