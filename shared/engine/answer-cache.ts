import * as z from "zod";
import { modelTasks, usage } from "../contracts/model-tasks.ts";
import type { ModelTask, TaskAnswer, TaskInput } from "../contracts/model-tasks.ts";
import { shortHash } from "../domain/hash.ts";
import { canonicalJson, decodeJson, encodeDocument } from "../domain/jsonl.ts";
import { NO_USAGE } from "../domain/usage.ts";
import { BadAnswerError, ErrorName, errorDetail, isKind, usageOf } from "../errors.ts";
import { answerKey, answersPrefix } from "../keys.ts";
import type { PartAddress } from "../keys.ts";
import type { Model, ModelReply } from "../ports/model.ts";
import type { ObjectStore } from "../ports/object-store.ts";

/** What a call came to: an answer, or why there is none. Both were paid. */
const cachedAnswer = z.union([
  z.strictObject({ answer: z.unknown(), usage }),
  z.strictObject({ code: z.string(), usage }),
]);

export interface AnswerCache {
  readonly model: Model;
  /** Resolves when nothing is being written any more. */
  settled(): Promise<void>;
  /** Removes the answers: the batch's output is there. */
  clear(): Promise<void>;
}

/**
 * A batch's model whose answers outlive a failure of the batch: kept under the hash of the request until the batch's output
 * exists, so that a later try of the batch pays for no call twice (design section 2). Model and prompts are in the
 * fingerprint, and so in the address. A model that bills nothing is asked again instead.
 */
export function answerCache(
  objects: ObjectStore,
  address: PartAddress,
  batch: number,
  model: Model,
): AnswerCache {
  if (model.worstCase === undefined) return { model, settled: async () => {}, clear: async () => {} };
  const prefix = answersPrefix(address, batch);
  /** Of earlier tries, listed with the first call. One asked for twice in this try is asked twice: it may want two answers. */
  let earlier: Promise<Set<string>> | undefined;
  /** Of this try. What could not be written is asked for again, should the batch fail. */
  const written = new Map<string, Promise<unknown>>();

  const listEarlier = async (): Promise<Set<string>> => {
    const keys = new Set<string>();
    for await (const { key } of objects.list(prefix)) keys.add(key);
    return keys;
  };

  async function kept<T extends ModelTask>(task: T, key: string): Promise<ModelReply<T> | null> {
    earlier ??= listEarlier();
    if (!(await earlier).has(key) || written.has(key)) return null;
    const bytes = await objects.get(key);
    const found = bytes === null ? null : cachedAnswer.parse(decodeJson(bytes));
    if (found === null) return null;
    if ("code" in found) throw new BadAnswerError(`${task}: ${found.code}`, found);
    return { answer: modelTasks[task].answer.parse(found.answer) as TaskAnswer<T>, usage: found.usage };
  }

  /** Not waited for: the next call is not held up by the disk. */
  function keep(key: string, value: z.infer<typeof cachedAnswer>): void {
    written.set(
      key,
      objects.put(key, encodeDocument(value)).catch(() => {}),
    );
  }

  async function settled(): Promise<void> {
    await Promise.all(written.values());
  }

  return {
    model: {
      ...model,
      async ask<T extends ModelTask>(task: T, input: TaskInput<T>, call: Parameters<Model["ask"]>[2]) {
        const key = answerKey(address, batch, shortHash(canonicalJson([task, input])));
        const found = await kept(task, key);
        if (found !== null) return found;
        try {
          const reply = await model.ask(task, input, call);
          keep(key, { answer: reply.answer, usage: reply.usage });
          return reply;
        } catch (error) {
          if (isKind(error, ErrorName.badAnswer))
            keep(key, {
              code: errorDetail(error).code ?? "bad_answer",
              usage: usageOf(error) ?? NO_USAGE,
            });
          throw error;
        }
      },
    },
    settled,
    async clear() {
      await settled();
      const keys = [...((await earlier) ?? []), ...written.keys()];
      if (keys.length > 0) await objects.delete(keys);
    },
  };
}
