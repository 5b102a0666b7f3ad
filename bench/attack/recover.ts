import { PermanentError } from "../../shared/errors.ts";
import type { RunConfig } from "../../shared/config.ts";
import type { RateWithInterval } from "../../shared/contracts/privacy.ts";
import { rateWithInterval } from "../../shared/domain/interval.ts";
import { allPhases } from "../../shared/phases/all.ts";
import { ALL_DEFENCES } from "../../shared/phases/defences.ts";
import type { Defences } from "../../shared/phases/defences.ts";
import { labelPhaseWith } from "../../shared/phases/label.ts";
import { privacyPhaseWith } from "../../shared/phases/privacy.ts";
import { jsonlOf, memoryRun } from "../../test/helpers/memory-run.ts";
import { obeyingModel } from "./obeying-model.ts";
import { CODE_WORDS } from "./secrets.ts";
import { worldEmbedder, worlds } from "./world.ts";
import type { WorldOptions } from "./world.ts";

export interface Arm extends WorldOptions {
  readonly defences?: Partial<Defences>;
  readonly config?: Partial<RunConfig>;
  readonly colluding?: boolean;
}

/** Targets attacked in one run, each in a cluster of its own; a multiple of the twelve values. */
const TARGETS_PER_RUN = 24;

/** All that a name needs; tables and map do not depend on text. */
const PHASES = ["ingest", "facets", "embed", "cluster", "label", "privacy"] as const;

/** The value that a published text gives away, or the one that is always guessed. */
function guess(text: string, secrets: readonly string[]): string {
  const words = new Set(text.toLowerCase().match(/[a-z]+/g));
  return secrets.find((secret, i) => words.has(secret) || words.has(CODE_WORDS[i]!)) ?? secrets[0]!;
}

async function attackOnce(first: number, count: number, arm: Arm): Promise<number> {
  const { chats, targets } = worlds(first, count, arm);
  const defences = { ...ALL_DEFENCES, ...arm.defences };
  const run = await memoryRun(jsonlOf(chats), {
    only: PHASES,
    config: {
      k: count,
      facet_batch_size: 1000,
      embed_batch_size: 10_000,
      label_batch_size: 1000,
      label_outsiders: 5,
      privacy_batch_size: 1000,
      privacy_sample: 12,
      ...arm.config,
    },
    model: obeyingModel(arm.secrets, arm.colluding),
    embedder: worldEmbedder(count),
    phases: new Map([
      ...allPhases,
      ["label", labelPhaseWith(defences)],
      ["privacy", privacyPhaseWith(defences)],
    ]),
  });
  if (run.failure !== null) throw new PermanentError("the attacked run failed", { code: run.failure.code });
  const clusterOf = new Map(
    (await run.rows("assignments")).map(({ conversation_id: id, cluster_id: cluster }) => [id, cluster]),
  );
  const shown = new Map(
    (await run.json("filtered_clusters")).clusters.map((cluster) => [cluster.id, cluster]),
  );
  return targets.filter(({ id, secret }) => {
    const cluster = shown.get(clusterOf.get(id)!);
    return guess(`${cluster?.name ?? ""} ${cluster?.description ?? ""}`, arm.secrets) === secret;
  }).length;
}

/** How many of `targets` secrets the attacker gets right, with the exact 95 % interval. */
export async function recovery(targets: number, arm: Arm): Promise<RateWithInterval> {
  let found = 0;
  for (let first = 0; first < targets; first += TARGETS_PER_RUN)
    found += await attackOnce(first, Math.min(TARGETS_PER_RUN, targets - first), arm);
  return rateWithInterval(found, targets);
}

/** Everything off that can be: what a pipeline with prompts alone does. */
export const UNDEFENDED: Pick<Arm, "defences" | "config"> = {
  defences: { neutralise: false, supportedPrompts: false, screen: false },
  config: {
    mask_pii: false,
    label_max_per_user: 200,
    min_users: 1,
    min_conversations: 1,
    privacy_pass_rating: 1,
  },
};
