import * as z from "zod";
import { inputLocation } from "../contracts/aws.ts";
import type { Conversation } from "../contracts/conversation.ts";
import type { RunManifest } from "../contracts/run.ts";
import { userHash } from "../domain/hash.ts";
import { decodeJson, encodeLine } from "../domain/jsonl.ts";
import { artifactKey, earlierKeysKey, inputLocationKey, ownInputKey, userHashKey } from "../keys.ts";
import { artifacts } from "../contracts/artifacts.ts";
import { sideBySide } from "../phases/columns.ts";
import type { ArtifactReader } from "../phases/phase.ts";
import type { ObjectStore } from "../ports/object-store.ts";
import { artifactReader } from "./artifact-io.ts";

/** Whose conversations go: a user by id, or one conversation where a run knows no users. */
export type Forgotten = { readonly userId: string } | { readonly conversationId: string };

const SNAPSHOTS = new Set(["conversations", "users", "days"] as const);

function readerOf(objects: ObjectStore, runId: string): ArtifactReader {
  return artifactReader(objects, runId, SNAPSHOTS);
}

/** Keys that stand between a user's id and the users of a run, first to last: one for each time that its input was made again. */
const hashKeys = z.array(z.base64()).max(10_000);

/** Where the input of a run lies in the store; null where it is a file of the user's. */
async function inputKeyOf(objects: ObjectStore, runId: string): Promise<string> {
  const location = await objects.get(inputLocationKey(runId));
  return location === null ? ownInputKey(runId) : inputLocation.parse(decodeJson(location)).key;
}

/** Every key from a user's id to the run's users, its own last; null for a run that has none. */
export async function userHashKeys(objects: ObjectStore, runId: string): Promise<string[] | null> {
  const own = await objects.get(userHashKey(runId));
  if (own === null) return null;
  const earlier = await objects.get(earlierKeysKey(await inputKeyOf(objects, runId)));
  return [
    ...(earlier === null ? [] : hashKeys.parse(decodeJson(earlier))),
    Buffer.from(own).toString("base64"),
  ];
}

/** Numbers of a run's rows that are to go, or null for a run that cannot be searched: its input was never read to the end. */
export async function forgottenRows(
  objects: ObjectStore,
  run: RunManifest,
  who: Forgotten,
): Promise<Set<number> | null> {
  const keys = await userHashKeys(objects, run.run_id);
  const read = await objects.head(artifactKey(run.run_id, artifacts.users.path));
  if (keys === null || read === null) return null;
  const rows = new Set<number>();
  // A run without user ids hashed each conversation's own id: no user can be found in it.
  const hash =
    "userId" in who && run.users === "required"
      ? keys.reduce((user, key) => userHash(Buffer.from(key, "base64"), user), who.userId)
      : null;
  let at = 0;
  for await (const { conversation_id: id, user } of readerOf(objects, run.run_id).rows("users")) {
    if ("conversationId" in who ? id === who.conversationId : user === hash) rows.add(at);
    at++;
  }
  return rows;
}

/**
 * The run's input as its snapshots have it, without some rows: the same conversations and days; pseudonyms stand for
 * users, and what the run did not keep (time of day, metadata) is gone. Lines of the input contract.
 */
export async function* remadeInput(
  objects: ObjectStore,
  run: RunManifest,
  without: ReadonlySet<number>,
): AsyncGenerator<Uint8Array> {
  const reader = readerOf(objects, run.run_id);
  let at = 0;
  for await (const [{ conversation_id: id, messages }, { user }, { day }] of sideBySide(
    reader.rows("conversations"),
    reader.rows("users"),
    reader.rows("days"),
  )) {
    if (without.has(at++)) continue;
    const row: Conversation = {
      conversation_id: id,
      messages,
      ...(run.users === "required" ? { user_id: user } : {}),
      ...(day === null ? {} : { timestamp: `${day}T00:00:00Z` }),
    };
    yield encodeLine(row);
  }
}
