import * as z from "zod";
import { usage } from "../contracts/model-tasks.ts";
import { decodeJson, decodeRecord, encodeDocument, encodeLine } from "../domain/jsonl.ts";
import { answerKey, answersLogKey, answersPrefix } from "../keys.ts";
import type { PartAddress } from "../keys.ts";
import type { Appendable, ObjectStore } from "../ports/object-store.ts";

/** What a call came to: an answer, or why there is none. Both were paid. */
const cachedAnswer = z.union([
  z.strictObject({ answer: z.unknown(), usage }),
  z.strictObject({ code: z.string(), usage }),
]);
export type CachedAnswer = z.infer<typeof cachedAnswer>;

/** Where a batch's answers lie until its output exists. What could not be written is asked for again, should the batch fail. */
export interface AnswerShelf {
  /** An answer of an earlier try. */
  find(hash: string): Promise<CachedAnswer | null>;
  /** Not waited for: the next call is not held up by the store. */
  keep(hash: string, answer: CachedAnswer): void;
  /** Resolves when nothing is being written any more. */
  settled(): Promise<void>;
  clear(): Promise<void>;
}

export function answerShelf(objects: ObjectStore, address: PartAddress, batch: number): AnswerShelf {
  const open = objects.appendable;
  return open === undefined
    ? oneByOne(objects, address, batch)
    : inOneObject(objects, open, answersLogKey(address, batch));
}

/** An object for each answer, under the hash of what was asked. */
function oneByOne(objects: ObjectStore, address: PartAddress, batch: number): AnswerShelf {
  /** Of earlier tries, listed with the first call. */
  let earlier: Promise<Set<string>> | undefined;
  const written = new Map<string, Promise<unknown>>();
  const listEarlier = async (): Promise<Set<string>> => {
    const keys = new Set<string>();
    for await (const { key } of objects.list(answersPrefix(address, batch))) keys.add(key);
    return keys;
  };
  const settled = async (): Promise<void> => void (await Promise.all(written.values()));
  return {
    async find(hash) {
      const key = answerKey(address, batch, hash);
      earlier ??= listEarlier();
      if (!(await earlier).has(key)) return null;
      const bytes = await objects.get(key);
      return bytes === null ? null : cachedAnswer.parse(decodeJson(bytes));
    },
    keep(hash, answer) {
      const key = answerKey(address, batch, hash);
      written.set(
        key,
        objects.put(key, encodeDocument(answer)).catch(() => {}),
      );
    },
    settled,
    async clear() {
      await settled();
      const keys = [...((await earlier) ?? []), ...written.keys()];
      if (keys.length > 0) await objects.delete(keys);
    },
  };
}

const logLine = z.strictObject({ hash: z.string(), answer: cachedAnswer });

/** A line for each answer, of one object: a tenth of the store's work. */
function inOneObject(
  objects: ObjectStore,
  open: (key: string) => Promise<Appendable>,
  key: string,
): AnswerShelf {
  /** Of earlier tries; null where there is no object yet. */
  let earlier: Promise<Map<string, CachedAnswer> | null> | undefined;
  let log: Promise<Appendable> | undefined;
  const writing = new Set<Promise<void>>();

  const readEarlier = async (): Promise<Map<string, CachedAnswer> | null> => {
    const bytes = await objects.get(key);
    if (bytes === null) return null;
    const lines = new TextDecoder().decode(bytes).split("\n");
    const read = lines.map((line) => decodeRecord(logLine, line)).filter((found) => found !== null);
    return new Map(read.map(({ hash, answer }) => [hash, answer]));
  };
  const openLog = async (): Promise<Appendable> => {
    const opened = await open(key);
    // A try that was killed may have left a torn line: this one starts on a fresh one.
    if ((await earlier) !== null) await opened.append(Buffer.from("\n"));
    return opened;
  };
  const settled = async (): Promise<void> => {
    await Promise.all(writing);
    const opened = await log?.catch(() => undefined);
    await opened?.close();
  };
  return {
    async find(hash) {
      earlier ??= readEarlier();
      return (await earlier)?.get(hash) ?? null;
    },
    keep(hash, answer) {
      log ??= openLog();
      const done: Promise<void> = log
        .then(async (opened) => opened.append(encodeLine({ hash, answer })))
        .catch(() => {})
        .finally(() => writing.delete(done));
      writing.add(done);
    },
    settled,
    async clear() {
      await settled();
      const wasThere = earlier !== undefined && (await earlier) !== null;
      if (wasThere || log !== undefined) await objects.delete([key]);
    },
  };
}
