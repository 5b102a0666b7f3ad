import { PermanentError } from "../../shared/errors.ts";
import { defaultConfig } from "../../shared/config.ts";
import type { RunConfig } from "../../shared/config.ts";
import type { Cluster } from "../../shared/contracts/clusters.ts";
import type { RateWithInterval } from "../../shared/contracts/privacy.ts";
import { rateWithInterval } from "../../shared/domain/interval.ts";
import { supportToList } from "../../shared/domain/support.ts";
import type { Defences } from "../../shared/phases/defences.ts";
import { jsonlOf, memoryRun } from "../../test/helpers/memory-run.ts";
import { defendedPhases } from "./defended-phases.ts";
import { obeyingModel } from "./obeying-model.ts";
import { CODE_WORDS } from "./secrets.ts";
import { worldEmbedder, worlds } from "./world.ts";
import type { WorldOptions } from "./world.ts";

export interface Arm extends Omit<WorldOptions, "guessers" | "needed"> {
  readonly defences?: Partial<Defences>;
  readonly config?: Partial<RunConfig>;
  readonly colluding?: boolean;
}

/** Secrets read correctly, of all targets. */
export interface Recovery {
  /** In the name or description of the target's cluster, or of the parent where that tells nothing. */
  readonly anywhere: RateWithInterval;
  /** In the parent's alone: what the step that renames gives away. */
  readonly inParent: RateWithInterval;
}

/** Targets attacked in one run, each in a cluster of its own; a multiple of the twelve values. */
const TARGETS_PER_RUN = 24;
/** Users of the neighbouring cluster, at least: enough for the minimum of conversations. */
const NEIGHBOURS = 15;

/** All that a name needs; tables and map do not depend on text, and names are published as the privacy phase leaves them. */
const PHASES = ["ingest", "facets", "embed", "cluster", "label", "hierarchy", "privacy"] as const;

/** What the attacker sees of a cluster. */
const seen = (cluster: Cluster | undefined): string => `${cluster?.name ?? ""} ${cluster?.description ?? ""}`;

/** The value that a published text gives away, if any. */
function told(text: string, secrets: readonly string[]): string | undefined {
  const words = new Set(text.toLowerCase().match(/[a-z]+/g));
  return secrets.find((secret, i) => words.has(secret) || words.has(CODE_WORDS[i]!));
}

/**
 * The users that a word needs to be shown, and the accounts that say every value: as many as bring each to the brink of it.
 * More would show the values whether the target says one or not.
 */
function brink({ accounts, config, defences }: Arm): Pick<WorldOptions, "guessers" | "needed"> {
  const needed = supportToList(config?.min_users ?? defaultConfig().min_users);
  return { needed, guessers: defences?.supportedPrompts === false ? 0 : Math.min(accounts, needed - 1) };
}

async function attackOnce(
  first: number,
  count: number,
  arm: Arm,
): Promise<{ anywhere: number; inParent: number }> {
  const { config = {}, secrets } = arm;
  const neighbours = Math.max(NEIGHBOURS, supportToList(config.min_users ?? 0));
  const { chats, targets } = worlds(first, count, { ...arm, ...brink(arm) }, neighbours);
  const run = await memoryRun(jsonlOf(chats), {
    only: PHASES,
    config: {
      k: 2 * count,
      facet_batch_size: 1000,
      embed_batch_size: 10_000,
      label_batch_size: 1000,
      label_outsiders: 5,
      hierarchy_top: count,
      hierarchy_neighbourhood: 200,
      hierarchy_batch_size: 1000,
      privacy_batch_size: 1000,
      privacy_sample: 12,
      privacy_calibration: false,
      ...config,
    },
    model: obeyingModel(secrets, arm.colluding),
    embedder: worldEmbedder(count),
    phases: defendedPhases(arm.defences),
  });
  if (run.failure !== null) throw new PermanentError("the attacked run failed", { code: run.failure.code });
  const clusterOf = new Map(
    (await run.rows("assignments")).map(({ conversation_id: id, cluster_id: cluster }) => [id, cluster]),
  );
  const shown = new Map(
    (await run.json("filtered_clusters")).clusters.map((cluster) => [cluster.id, cluster]),
  );
  const found = { anywhere: 0, inParent: 0 };
  for (const { id, secret } of targets) {
    const cluster = shown.get(clusterOf.get(id)!);
    const parent = shown.get(cluster?.parent_id ?? "");
    const [own, above] = [cluster, parent].map((node) => told(seen(node), secrets));
    // Where nothing is told, one value is guessed, always the same.
    if ((own ?? above ?? secrets[0]) === secret) found.anywhere++;
    if ((above ?? secrets[0]) === secret) found.inParent++;
  }
  return found;
}

/** How many of `targets` secrets the attacker gets right, with exact 95 % intervals. */
export async function recovery(targets: number, arm: Arm): Promise<Recovery> {
  const found = { anywhere: 0, inParent: 0 };
  for (let first = 0; first < targets; first += TARGETS_PER_RUN) {
    const { anywhere, inParent } = await attackOnce(first, Math.min(TARGETS_PER_RUN, targets - first), arm);
    found.anywhere += anywhere;
    found.inParent += inParent;
  }
  return {
    anywhere: rateWithInterval(found.anywhere, targets),
    inParent: rateWithInterval(found.inParent, targets),
  };
}
