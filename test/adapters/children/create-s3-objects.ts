import { CREDENTIALS, REGION } from "../../../localstack/environment.ts";
import { s3Client } from "../../../shared/adapters/aws/clients.ts";
import { s3ObjectStore } from "../../../shared/adapters/aws/object-store.ts";
import { ready, say } from "./child.ts";

/** Tries to create every key with a body that names this child; says which it created. Arguments: endpoint, bucket, id, keys. */
const [endpoint = "", bucket = "", id = "", ...keys] = process.argv.slice(2);
const client = s3Client({ endpoint, region: REGION, credentials: CREDENTIALS });
const store = s3ObjectStore({ client, bucket });
await ready();
const created: string[] = [];
for (const key of keys) {
  const body = new Uint8Array(20_000 + Number(id)).fill(Number(id));
  if ((await store.putIfAbsent(key, body)) === "created") created.push(key);
}
await say(JSON.stringify(created));
client.destroy();
