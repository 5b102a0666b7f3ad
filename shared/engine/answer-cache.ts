import { modelTasks } from "../contracts/model-tasks.ts";
import type { ModelTask, TaskAnswer, TaskInput } from "../contracts/model-tasks.ts";
import { shortHash } from "../domain/hash.ts";
import { canonicalJson } from "../domain/jsonl.ts";
import { NO_USAGE } from "../domain/usage.ts";
import { BadAnswerError, ErrorName, errorDetail, isKind, usageOf } from "../errors.ts";
import type { PartAddress } from "../keys.ts";
import type { Model, ModelReply } from "../ports/model.ts";
import type { ObjectStore } from "../ports/object-store.ts";
import { answerShelf } from "./answer-shelf.ts";
import type { CachedAnswer } from "./answer-shelf.ts";

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
  const shelf = answerShelf(objects, address, batch);
  /** Asked in this try. One asked for twice in a try is asked twice: it may want two answers. */
  const asked = new Set<string>();

  async function kept<T extends ModelTask>(task: T, hash: string): Promise<ModelReply<T> | null> {
    if (asked.has(hash)) return null;
    const found = await shelf.find(hash);
    if (found === null) return null;
    if ("code" in found) throw new BadAnswerError(`${task}: ${found.code}`, found);
    return { answer: modelTasks[task].answer.parse(found.answer) as TaskAnswer<T>, usage: found.usage };
  }

  function keep(hash: string, value: CachedAnswer): void {
    asked.add(hash);
    shelf.keep(hash, value);
  }

  return {
    model: {
      ...model,
      async ask<T extends ModelTask>(task: T, input: TaskInput<T>, call: Parameters<Model["ask"]>[2]) {
        const hash = shortHash(canonicalJson([task, input]));
        const found = await kept(task, hash);
        if (found !== null) return found;
        try {
          const reply = await model.ask(task, input, call);
          keep(hash, { answer: reply.answer, usage: reply.usage });
          return reply;
        } catch (error) {
          if (isKind(error, ErrorName.badAnswer))
            keep(hash, {
              code: errorDetail(error).code ?? "bad_answer",
              usage: usageOf(error) ?? NO_USAGE,
            });
          throw error;
        }
      },
    },
    settled: async () => shelf.settled(),
    clear: async () => shelf.clear(),
  };
}
