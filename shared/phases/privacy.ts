import * as z from "zod";
import type { Cluster } from "../contracts/clusters.ts";
import type { AuditLayer, Usage } from "../contracts/model-tasks.ts";
import type { LayerAudit, PrivacyAudit, WithheldReason } from "../contracts/privacy.ts";
import type { LedgerEntry } from "../contracts/wire.ts";
import { batchRange, cutIntoBatches } from "../domain/batching.ts";
import { calibrationOf, calibrationSet } from "../domain/calibration/score.ts";
import { rateWithInterval } from "../domain/interval.ts";
import { findPersonalData } from "../domain/masking.ts";
import { privacyReport } from "../domain/privacy-report.ts";
import { seededRandom, shuffle } from "../domain/random.ts";
import { WordSupport, supportNeeded, wordsInNeed } from "../domain/support.ts";
import { numberRepeats } from "../domain/unique-names.ts";
import { sumUsage } from "../domain/usage.ts";
import { MAX_BATCHES_PER_ROUND } from "../pipeline.ts";
import { askOrNull } from "./ask.ts";
import { ALL_DEFENCES } from "./defences.ts";
import type { Defences } from "./defences.ts";
import { fallbackLabel, shownLabel } from "./label.ts";
import type { BatchOutput, Phase, PhaseContext, Plan, ReduceAnswer } from "./phase.ts";
import { inspectBatch } from "./privacy-inspect.ts";
import {
  INSPECT_ROUND,
  RECHECK_ROUND,
  RELABEL_ROUND,
  clustersIn,
  inspectRow,
  namedClusters,
  recheckState,
  relabelRow,
  relabelState,
  shownText,
} from "./privacy-state.ts";
import type { AuditItem, InspectDetail } from "./privacy-state.ts";

/** Conversations screened per batch: about 10 s of text. */
const ROWS_PER_SCREEN = 20_000;
/** Audit batches leave room for the screening ones in a round. */
const MAX_AUDIT_BATCHES = MAX_BATCHES_PER_ROUND / 2;

const relabelDetail = z.strictObject({ items: z.int(), size: z.int() });

/** A sample of rows in which every cluster has its share: whole shares first, what is left by chance. */
async function stratifiedRows({ artifacts, config }: PhaseContext): Promise<number[]> {
  const rowsOf = new Map<string, number[]>();
  let n = 0;
  for await (const { cluster_id } of artifacts.rows("assignments")) {
    const stratum = cluster_id ?? "";
    const held = rowsOf.get(stratum);
    if (held === undefined) rowsOf.set(stratum, [n]);
    else held.push(n);
    n++;
  }
  if (n <= config.privacy_sample) return Array.from({ length: n }, (_, i) => i);
  const random = seededRandom(config.seed, "privacy/sample");
  const chosen: number[] = [];
  const left: number[] = [];
  for (const rows of rowsOf.values()) {
    const share = Math.floor((rows.length * config.privacy_sample) / n);
    const shuffled = shuffle(random, [...rows]);
    chosen.push(...shuffled.slice(0, share));
    left.push(...shuffled.slice(share));
  }
  chosen.push(...shuffle(random, left).slice(0, config.privacy_sample - chosen.length));
  return chosen.sort((a, b) => a - b);
}

async function planInspect(
  context: PhaseContext,
  { rows, clusters, calibration }: Pick<InspectDetail, "rows" | "clusters" | "calibration">,
): Promise<Plan> {
  const { artifacts, config } = context;
  const conversations = await artifacts.rowCount("conversations");
  const audits = cutIntoBatches(
    calibration + 2 * rows.length + clusters.length,
    config.privacy_batch_size,
    MAX_AUDIT_BATCHES,
    config.privacy_max_concurrency,
  );
  const screens =
    clusters.length === 0
      ? { batches: 0, size: ROWS_PER_SCREEN }
      : cutIntoBatches(conversations, ROWS_PER_SCREEN, MAX_AUDIT_BATCHES);
  return {
    batches: audits.batches + screens.batches,
    concurrency: config.privacy_max_concurrency,
    detail: {
      rows,
      clusters,
      calibration,
      audit_size: audits.size,
      conversations,
      screen_size: screens.size,
    },
  };
}

async function relabel(context: PhaseContext, batch: number, defences: Defences): Promise<BatchOutput> {
  const { parts, artifacts } = context;
  const { relabel: wanted } = await parts.carry(INSPECT_ROUND, relabelState);
  const { start, end } = batchRange(relabelDetail.parse((await parts.plan(RELABEL_ROUND)).detail), batch);
  const clusters = await namedClusters(context);
  const { clusters: base } = await artifacts.json("labeled_clusters");
  const positionOf = new Map(base.map(({ id }, i) => [id, i]));
  const rows: z.infer<typeof relabelRow>[] = [];
  const usages: Usage[] = [];
  const ledger: LedgerEntry[] = [];
  for (const { at, without } of wanted.slice(start, end)) {
    const cluster = clusters[at]!;
    const position = positionOf.get(cluster.id)!;
    for await (const sample of artifacts.rows("label_samples", { start: position, end: position + 1 })) {
      const members = sample.members.filter(({ row }) => !without.includes(row)).map(({ text }) => text);
      if (members.length === 0) continue;
      const taken = clusters.flatMap(({ name, id }) => (name === null || id === cluster.id ? [] : [name]));
      const { outsiders, words } = sample;
      const reply = await askOrNull(context, "label", { members, outsiders, words, taken });
      usages.push(reply.usage);
      if (reply.answer === null) ledger.push({ item: cluster.id, code: reply.code });
      else rows.push({ at, ...(shownLabel(reply.answer, defences) ?? fallbackLabel(cluster.id)) });
    }
  }
  return { rows, ledger, usage: sumUsage(usages) };
}

/** What the batches of an inspect round found, merged. */
interface Findings {
  /** Ratings by layer and position; null where the auditor gave none. */
  readonly ratings: Record<AuditItem["source"], Map<number, number | null>>;
  /** By position of a name: users among its members behind each of its words that need some. */
  readonly support: Map<number, WordSupport<string>>;
  readonly verbatim: Set<number>;
}

async function findings({ parts, config }: PhaseContext, round: number): Promise<Findings> {
  const found: Findings = {
    ratings: { raw: new Map(), facet: new Map(), cluster: new Map(), calibration: new Map() },
    support: new Map(),
    verbatim: new Set(),
  };
  for await (const row of parts.allRows(round, inspectRow)) {
    if (row.kind === "audit") {
      found.ratings[row.source].set(row.at, row.rating);
      continue;
    }
    for (const { at, words } of row.support) {
      const held = found.support.get(at) ?? new WordSupport<string>(supportNeeded(config.min_users));
      held.ask(words.map(([word]) => word));
      for (const [word, users] of words) for (const user of users) held.add(user, [word]);
      found.support.set(at, held);
    }
    for (const at of row.verbatim) found.verbatim.add(at);
  }
  return found;
}

function layerAudit(
  layer: AuditLayer,
  population: number,
  ratings: Iterable<number | null>,
  passRating: number,
): LayerAudit {
  const counts: LayerAudit["ratings"] = [0, 0, 0, 0, 0];
  let leaks = 0;
  let sampled = 0;
  for (const value of ratings) {
    if (value === null) continue;
    sampled++;
    counts[value - 1]!++;
    if (value < passRating) leaks++;
  }
  return { layer, population, sampled, leaks: rateWithInterval(leaks, sampled), ratings: counts };
}

/** Why a name may not be shown; empty when it may. */
function reasonsToWithhold(
  at: number,
  cluster: Cluster,
  { ratings, support, verbatim }: Findings,
  { config }: PhaseContext,
  defences: Defences,
): WithheldReason[] {
  const text = shownText(cluster);
  const rating = ratings.cluster.get(at) ?? null;
  const held = support.get(at);
  const rare = [...wordsInNeed(text, config.name_words)].some((word) => held?.reaches(word) !== true);
  const checks: [WithheldReason, boolean][] = [
    ["not_audited", rating === null],
    ["audit_rating", rating !== null && rating < config.privacy_pass_rating],
    ["personal_data", defences.screen && findPersonalData(text).length > 0],
    ["rare_word", defences.screen && rare],
    ["verbatim_text", defences.screen && verbatim.has(at)],
  ];
  return checks.flatMap(([reason, holds]) => (holds ? [reason] : []));
}

/** Clusters whose label prompt held a facet that failed, with those facets' rows. */
async function clustersToRelabel(context: PhaseContext, { ratings }: Findings, clusters: readonly Cluster[]) {
  const failing = new Set(
    [...ratings.facet].flatMap(([at, rating]) =>
      rating !== null && rating < context.config.privacy_pass_rating ? [at] : [],
    ),
  );
  if (failing.size === 0) return [];
  const positionOf = new Map(clusters.map(({ id }, at) => [id, at]));
  const wanted: z.infer<typeof relabelState>["relabel"] = [];
  for await (const sample of context.artifacts.rows("label_samples")) {
    const without = sample.members.map(({ row }) => row).filter((row) => failing.has(row));
    if (without.length > 0) wanted.push({ at: positionOf.get(sample.cluster_id)!, without });
  }
  return wanted;
}

async function withNewNames(context: PhaseContext): Promise<ReduceAnswer> {
  const clusters = await namedClusters(context);
  const renamed = new Map<number, z.infer<typeof relabelRow>>();
  for await (const row of context.parts.allRows(RELABEL_ROUND, relabelRow)) renamed.set(row.at, row);
  const kept = clusters.flatMap(({ name }, at) => (name === null || renamed.has(at) ? [] : [name]));
  const changed = [...renamed.values()].sort((a, b) => a.at - b.at);
  const names = numberRepeats(
    changed.map(({ name }) => name),
    kept,
  );
  changed.forEach(({ at, description }, i) => {
    clusters[at] = { ...clusters[at]!, name: names[i]!, description };
  });
  return { next: "round", carry: { clusters, relabeled: changed.map(({ at }) => at) } };
}

/** The audit as a document, and the nodes that may be shown with the names that may. */
async function finishPrivacy(
  context: PhaseContext,
  round: number,
  defences: Defences,
): Promise<ReduceAnswer> {
  const { artifacts, config, counts, model, parts } = context;
  const first = await findings(context, INSPECT_ROUND);
  const again = round === RECHECK_ROUND ? await findings(context, RECHECK_ROUND) : null;
  const clusters = await clustersIn(context, round);
  const relabeled = new Set(again === null ? [] : (await parts.carry(RELABEL_ROUND, recheckState)).relabeled);
  const { clusters: base } = await artifacts.json("base_clusters");
  const below = new Map(
    base.filter((cluster) => cluster.withheld).map((cluster) => [cluster.id, cluster.size]),
  );

  const ratings = new Map(first.ratings.cluster);
  for (const [at, value] of again?.ratings.cluster ?? []) ratings.set(at, value);
  const names: { cluster_id: string; reasons: WithheldReason[] }[] = [];
  const shown: Cluster[] = [];
  clusters.forEach((cluster, at) => {
    // One cluster below the minimums means that all are: what stands above it would show its size.
    if (below.size > 0) return;
    const reasons = reasonsToWithhold(
      at,
      cluster,
      again !== null && relabeled.has(at) ? again : first,
      context,
      defences,
    );
    if (reasons.length > 0) names.push({ cluster_id: cluster.id, reasons });
    shown.push(reasons.length > 0 ? { ...cluster, name: null, description: null } : cluster);
  });
  const conversations = counts.read ?? 0;
  const audited = (layer: AuditLayer, population: number, values: Iterable<number | null>): LayerAudit =>
    layerAudit(layer, population, values, config.privacy_pass_rating);
  const calibration =
    first.ratings.calibration.size === 0
      ? null
      : calibrationOf(
          calibrationSet().map((text, at) => ({
            ...text,
            rating: first.ratings.calibration.get(at) ?? null,
          })),
          config.privacy_pass_rating,
        );
  const withheldConversations = [...below.values()].reduce((sum, size) => sum + size, 0);
  const audit: PrivacyAudit = {
    schema_version: "1.0.0",
    minimums: { min_users: config.min_users, min_conversations: config.min_conversations },
    pass_rating: config.privacy_pass_rating,
    masking: config.mask_pii,
    layers: [
      audited("raw", conversations, first.ratings.raw.values()),
      audited("facet", conversations, first.ratings.facet.values()),
      audited("cluster", clusters.length, ratings.values()),
    ],
    calibration,
    withheld: { clusters: below.size, conversations: withheldConversations, names },
    relabeled: [...relabeled].map((at) => clusters[at]!.id),
  };
  return {
    next: "done",
    artifacts: {
      privacy_audit: audit,
      privacy_report: privacyReport({
        runId: context.runId,
        audit,
        counts,
        users: config.users,
        model: model.identity,
        shownNames: shown.filter(({ name }) => name !== null).length,
      }),
      filtered_clusters: { schema_version: "1.0.0", clusters: shown },
    },
    counts: () => ({ withheld_conversations: withheldConversations, withheld_names: names.length }),
    warnings: () =>
      names.length === 0
        ? []
        : [
            {
              phase: "privacy",
              code: "withheld_names",
              count: names.length,
              message: `${names.length} of ${clusters.length} cluster names are withheld; privacy/privacy_audit.json says why`,
            },
          ],
  };
}

/** Audits three layers, screens every name, and hides what fails (design section 7.5). Counts are never touched here. */
export const privacyPhaseWith = (defences: Defences): Phase => ({
  name: "privacy",

  async plan(context, round) {
    const { config, parts } = context;
    switch (round) {
      case INSPECT_ROUND: {
        const clusters = await namedClusters(context);
        return planInspect(context, {
          rows: await stratifiedRows(context),
          clusters: clusters.map((_, at) => at),
          calibration: config.privacy_calibration ? calibrationSet().length : 0,
        });
      }
      case RELABEL_ROUND: {
        const { relabel: wanted } = await parts.carry(INSPECT_ROUND, relabelState);
        const { items, size, batches } = cutIntoBatches(
          wanted.length,
          config.label_batch_size,
          MAX_BATCHES_PER_ROUND,
          config.privacy_max_concurrency,
        );
        return { batches, concurrency: config.privacy_max_concurrency, detail: { items, size } };
      }
      default:
        return planInspect(context, {
          rows: [],
          clusters: (await parts.carry(RELABEL_ROUND, recheckState)).relabeled,
          calibration: 0,
        });
    }
  },

  batch: (context, round, batch) =>
    round === RELABEL_ROUND
      ? relabel(context, batch, defences)
      : inspectBatch(context, round, batch, defences),

  async reduce(context, round) {
    if (round === RELABEL_ROUND) return withNewNames(context);
    if (round === RECHECK_ROUND) return finishPrivacy(context, round, defences);
    const wanted = await clustersToRelabel(
      context,
      await findings(context, round),
      await namedClusters(context),
    );
    return wanted.length === 0
      ? finishPrivacy(context, round, defences)
      : { next: "round", carry: { relabel: wanted } };
  },
});

export const privacyPhase = privacyPhaseWith(ALL_DEFENCES);
