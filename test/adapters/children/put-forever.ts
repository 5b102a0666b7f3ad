import { directoryObjectStore } from "../../../shared/adapters/directory/object-store.ts";
import { ready, say } from "./child.ts";

/** Replaces and creates large objects until killed; says so after each. Arguments: folder, first version. */
const [dir = "", first = ""] = process.argv.slice(2);
const store = directoryObjectStore({ dir, prefix: "runs/" });

async function* bodyOf(version: number): AsyncGenerator<Uint8Array> {
  for (let chunk = 0; chunk < 64; chunk++) yield new Uint8Array(1 << 16).fill(version % 256);
}

await ready();
for (let version = Number(first); ; version++) {
  await store.put(`runs/kill/put-${version % 3}`, bodyOf(version));
  await store.putIfAbsent(`runs/kill/new-${version}`, new Uint8Array(1 << 22).fill(version % 256));
  await say("put");
}
