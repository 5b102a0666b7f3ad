import type { ModelIdentity, ModelUsage, Usage } from "../contracts/model-tasks.ts";
import { NO_USAGE, sumUsage } from "../domain/usage.ts";
import { usageOf } from "../errors.ts";
import type { Embedder } from "../ports/embedder.ts";
import type { Model } from "../ports/model.ts";

export interface Metered {
  readonly model: Model;
  readonly embedder: Embedder;
  /** What they have used so far, each that was asked at all. */
  used(): ModelUsage[];
}

/** A model and an embedder whose calls are counted; `onUsage` hears of each as it ends, failed or not. */
export function metered(
  { model, embedder }: { readonly model: Model; readonly embedder: Embedder },
  onUsage: (usage: Usage) => void,
): Metered {
  const counters = new Map<ModelUsage["kind"], ModelUsage>();

  const counted = async <T extends { readonly usage: Usage }>(
    kind: ModelUsage["kind"],
    identity: ModelIdentity,
    call: () => Promise<T>,
  ): Promise<T> => {
    const add = (usage: Usage, failed: number): void => {
      const before = counters.get(kind);
      counters.set(kind, {
        kind,
        model: identity.model,
        ...sumUsage(before === undefined ? [usage] : [before, usage]),
        failed: (before?.failed ?? 0) + failed,
      });
      onUsage(usage);
    };
    try {
      const reply = await call();
      add(reply.usage, 0);
      return reply;
    } catch (error) {
      add(usageOf(error) ?? NO_USAGE, 1);
      throw error;
    }
  };

  return {
    model: {
      identity: model.identity,
      ask: (task, input, call) => counted("chat", model.identity, () => model.ask(task, input, call)),
    },
    embedder: {
      identity: embedder.identity,
      dimensions: embedder.dimensions,
      embed: (texts, call) => counted("embedding", embedder.identity, () => embedder.embed(texts, call)),
      close: () => embedder.close(),
    },
    used: () => [...counters.values()],
  };
}

/** Usages of the same model and kind as one, in the order in which they first occur. */
export function sumModelUsage(usages: Iterable<ModelUsage>): ModelUsage[] {
  const groups = Map.groupBy(usages, ({ kind, model }) => `${kind} ${model}`);
  return [...groups.values()].map((group) => ({
    ...group[0]!,
    ...sumUsage(group),
    failed: group.reduce((sum, { failed }) => sum + failed, 0),
  }));
}
