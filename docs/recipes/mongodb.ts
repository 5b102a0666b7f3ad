/** Conversations from MongoDB: npm install mongodb; node mongodb.ts --out chats.jsonl */
import { MongoClient } from "mongodb";
import { required, runRecipe, word } from "./command.ts";
import type { Environment, ExportRequest } from "./command.ts";
import type { SourceConversation } from "./mapping.ts";
import { fromDocument, PROJECTION } from "./mongodb-mapping.ts";

const COLLECTION = "conversations";

async function* read(
  { since, until, pageSize }: ExportRequest,
  environment: Environment,
): AsyncGenerator<SourceConversation> {
  const client = new MongoClient(required(environment, "MONGODB_URI"), {
    appName: "clio-export",
    serverSelectionTimeoutMS: 10_000,
    // Broken bytes become U+FFFD; by default one of them would end the export.
    enableUtf8Validation: false,
  });
  const began = { ...(since === null ? {} : { $gte: since }), ...(until === null ? {} : { $lt: until }) };
  try {
    // The order of the index, so that the server sorts nothing and two exports can be compared.
    const cursor = client
      .db()
      .collection(COLLECTION)
      .find(since === null && until === null ? {} : { createdAt: began }, {
        projection: PROJECTION,
        sort: { createdAt: 1, _id: 1 },
        batchSize: pageSize,
      });
    for await (const document of cursor) yield fromDocument(document);
  } finally {
    await client.close();
  }
}

function explain(error: object): string | null {
  const name = word(error, "name");
  const code: unknown = Reflect.get(error, "code");
  if (code === 18 || code === 8000) return "The server refused the user or the password.";
  if (code === 13) return "The user may not read the collection.";
  if (code === 43) return "The server closed the cursor; run it again.";
  if (code === 292) return "The server ran out of memory to sort: create the index on createdAt and _id.";
  if (name === "MongoParseError" || name === "MongoInvalidArgumentError") {
    return "MONGODB_URI is not a connection string; special characters in it must be percent-encoded.";
  }
  if (name === "MongoServerSelectionError")
    return "No server can be reached; check MONGODB_URI and the network.";
  if (name?.startsWith("MongoNetwork") === true) return "The connection broke; run it again.";
  return null;
}

await runRecipe({
  name: "mongodb.ts",
  variables:
    "MONGODB_URI         mongodb://USER:PASSWORD@HOST:27017/DATABASE?authSource=admin; name the database in it",
  read,
  explain,
});
