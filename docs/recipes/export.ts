/** Writes a stream of conversations to a JSONL file, all of it or nothing, and counts what was left out. */
import { open, rename, rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { mapConversation, MAX_LINE_BYTES } from "./mapping.ts";
import type { Dropped, LeftOut, MappingOptions, SourceConversation } from "./mapping.ts";

export interface Counts {
  conversations: number;
  messages: number;
  /** Conversations that were written without a user id. */
  withoutUserId: number;
  readonly leftOut: Record<LeftOut, number>;
  readonly dropped: Dropped;
}

/** The file that an export grows in, beside its target, so that it can be renamed. */
export function partialPath(path: string): string {
  return `${path}.${process.pid}.partial`;
}

/**
 * Exports every conversation to `path`, compressed if it ends in ".gz", readable by its owner alone. An older file is
 * replaced when the new one is whole; when the source or the disk fails, nothing is left behind and the older file
 * stays. Reads from the source only as fast as the file takes it.
 */
export async function exportConversations(
  source: AsyncIterable<SourceConversation>,
  path: string,
  options: MappingOptions,
): Promise<Counts> {
  const counts: Counts = {
    conversations: 0,
    messages: 0,
    withoutUserId: 0,
    leftOut: { no_user_message: 0, unknown_role: 0, bad_id: 0, too_large: 0, too_many_messages: 0 },
    dropped: { emptyMessages: 0, timestamps: 0, metadataValues: 0 },
  };
  const partial = partialPath(path);
  const file = await open(partial, "wx", 0o600);
  try {
    const sink = file.createWriteStream({ flush: true });
    const lines = linesOf(source, options, counts);
    await (path.endsWith(".gz") ? pipeline(lines, createGzip(), sink) : pipeline(lines, sink));
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
  return counts;
}

async function* linesOf(
  source: AsyncIterable<SourceConversation>,
  options: MappingOptions,
  counts: Counts,
): AsyncGenerator<string, void, undefined> {
  for await (const item of source) {
    const mapped = mapConversation(item, options);
    if (mapped.kind === "left out") {
      counts.leftOut[mapped.reason] += 1;
      continue;
    }
    const { conversation, dropped } = mapped;
    const line = JSON.stringify(conversation);
    if (Buffer.byteLength(line) > MAX_LINE_BYTES) {
      counts.leftOut.too_large += 1;
      continue;
    }
    counts.conversations += 1;
    counts.messages += conversation.messages.length;
    if (conversation.user_id === undefined) counts.withoutUserId += 1;
    counts.dropped.emptyMessages += dropped.emptyMessages;
    counts.dropped.timestamps += dropped.timestamps;
    counts.dropped.metadataValues += dropped.metadataValues;
    yield `${line}\n`;
  }
}
