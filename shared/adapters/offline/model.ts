import type { ModelTask, TaskAnswer, TaskInput } from "../../contracts/model-tasks.ts";
import { BadAnswerError } from "../../errors.ts";
import type { Embedder } from "../../ports/embedder.ts";
import type { CallOptions, Model, ModelReply } from "../../ports/model.ts";
import { assignParent } from "./assign-parent.ts";
import { offlineAudit } from "./audit.ts";
import { offlineCustomFacets } from "./custom-facets.ts";
import { deduplicateParents } from "./deduplicate-parents.ts";
import { offlineFacets } from "./facets.ts";
import type { Statistics } from "./facets/language.ts";
import { OFFLINE_MODEL } from "./identity.ts";
import { offlineLabel } from "./label.ts";
import { labelText, proposeParents } from "./propose-parents.ts";
import { renameParent } from "./rename-parent.ts";
import { namingTools } from "./naming/tools.ts";
import { NO_USAGE } from "./usage.ts";
import type { VectorMemo } from "./vector-memo.ts";
import { vectorMemo } from "./vector-memo.ts";

export interface OfflineModelOptions {
  /** Compares names in the hierarchy tasks; not closed by this model. */
  embedder: Embedder;
  /** The run's seed. */
  seed: number;
}

interface Tools {
  readonly memo: VectorMemo;
  readonly seed: number;
  readonly call: CallOptions;
}

type Rules = {
  readonly [T in ModelTask]: (input: TaskInput<T>, tools: Tools) => Promise<TaskAnswer<T>> | TaskAnswer<T>;
};

let statistics: Promise<Statistics> | undefined;
/** Letter statistics of sixty languages, 1 MB, loaded with the first conversation; a failed load is tried again. */
async function languageStatistics(): Promise<Statistics> {
  statistics ??= import("eld/extrasmall").then(({ eld }) => eld);
  try {
    return await statistics;
  } catch (error) {
    statistics = undefined;
    throw error;
  }
}

const RULES: Rules = {
  facets: async (input) => ({
    ...offlineFacets(input, await languageStatistics()),
    custom: offlineCustomFacets(input),
  }),
  label: async (input) => offlineLabel(input, await namingTools()),
  propose_parents: async (input, { memo, seed, call }) =>
    proposeParents(input, await memo.vectors(input.clusters.map(labelText), call), seed, await namingTools()),
  deduplicate_parents: async (input, { memo, seed, call }) =>
    deduplicateParents(input, await memo.vectors(input.candidates.map(labelText), call), seed),
  assign_parent: async (input, { memo, call }) =>
    assignParent(input, await memo.vectors([input.cluster, ...input.parents].map(labelText), call)),
  rename_parent: async (input) => renameParent(input, await namingTools()),
  audit: (input) => offlineAudit(input),
  synthesise_conversation: () => {
    throw new BadAnswerError("rules cannot write a conversation", { code: "needs_a_model" });
  },
};

/**
 * Answers every task by rule, without network or key: extractive facets, contrastive labels, parents from shared
 * words, audits by pattern. Deterministic for a seed, whatever runs at the same time.
 */
export function offlineModel({ embedder, seed }: OfflineModelOptions): Model {
  const memo = vectorMemo(embedder);
  return {
    identity: OFFLINE_MODEL,
    async ask<T extends ModelTask>(task: T, input: TaskInput<T>, call: CallOptions): Promise<ModelReply<T>> {
      call.signal.throwIfAborted();
      const answer = await RULES[task](input, { memo, seed, call });
      return { answer, usage: NO_USAGE };
    },
  };
}
