import { directoryObjectStore } from "../../../shared/adapters/directory/object-store.ts";
import { ready, say } from "./child.ts";

/** Tries to create every key with a body that names this child; says which it created. Arguments: folder, id, keys. */
const [dir = "", id = "", ...keys] = process.argv.slice(2);
const store = directoryObjectStore({ dir, prefix: "runs/" });
await ready();
const created: string[] = [];
for (const key of keys) {
  const body = new Uint8Array(20_000 + Number(id)).fill(Number(id));
  if ((await store.putIfAbsent(key, body)) === "created") created.push(key);
}
await say(JSON.stringify(created));
