import * as z from "zod";
import { labelSample } from "../contracts/artifacts.ts";
import type { LabelSample } from "../contracts/artifacts.ts";
import { label } from "../contracts/model-tasks.ts";
import type { Label, Usage } from "../contracts/model-tasks.ts";
import type { LedgerEntry } from "../contracts/wire.ts";
import { batchRange, cutIntoBatches } from "../domain/batching.ts";
import { decodeJson, encodeLine } from "../domain/jsonl.ts";
import { publishable } from "../domain/neutralise.ts";
import { numberRepeats, repeatedNames } from "../domain/unique-names.ts";
import { sumUsage } from "../domain/usage.ts";
import { MAX_BATCHES_PER_ROUND } from "../pipeline.ts";
import { askOrNull } from "./ask.ts";
import { ALL_DEFENCES } from "./defences.ts";
import type { Defences } from "./defences.ts";
import { sampleClusters } from "./label-sample.ts";
import type { BatchOutput, Phase, PhaseContext } from "./phase.ts";

/** Clusters sampled per batch: each batch reads all vectors and facets, and holds about 60 kB of text and words per cluster. */
const CLUSTERS_PER_SAMPLE = 4_096;
/** Rounds in which clusters with a name that is taken are asked again, before names are numbered. */
const RENAME_ROUNDS = 2;

const SAMPLE_ROUND = 0;
const FIRST_NAME_ROUND = 1;

const batchDetail = z.strictObject({ items: z.int(), size: z.int() });
/** The clusters to name, by number, in the order of `base_clusters.json`, and the names that are already given. */
const nameState = z.strictObject({ labels: z.array(label.nullable()), pending: z.array(z.int()) });
type NameState = z.infer<typeof nameState>;
const nameRow = z.strictObject({ cluster: z.int(), label });

/** What a cluster is called when no valid answer came; says nothing about its content. */
export function fallbackLabel(clusterId: string): Label {
  return {
    name: `Unnamed cluster ${clusterId.slice(1, 7)}`,
    description: "The model gave no valid name for this cluster.",
  };
}

/** An answer as it may be shown, or null when nothing of it may. */
export function shownLabel({ name, description }: Label, { neutralise }: Defences): Label | null {
  if (!neutralise) return { name, description };
  const shown = { name: publishable(name), description: publishable(description) };
  return shown.name === "" || shown.description === "" ? null : shown;
}

/** @param count of the clusters. */
function stateBefore({ parts }: PhaseContext, round: number, count: number): Promise<NameState> {
  if (round > FIRST_NAME_ROUND) return parts.carry(round - 1, nameState);
  const clusters = Array.from({ length: count }, (_, c) => c);
  return Promise.resolve({ labels: clusters.map(() => null), pending: clusters });
}

/** Bytes of a sample in the sidecar, which holds one after the other as lines of JSON. */
const sampleRow = z.strictObject({ bytes: z.int() });

async function sampleBatch(context: PhaseContext, batch: number, defences: Defences): Promise<BatchOutput> {
  const detail = batchDetail.parse((await context.parts.plan(SAMPLE_ROUND)).detail);
  const { start, end } = batchRange(detail, batch);
  const clusters = Array.from({ length: end - start }, (_, i) => start + i);
  const lines = (await sampleClusters(context, clusters, defences)).map(encodeLine);
  return { rows: lines.map(({ length }) => ({ bytes: length })), sidecar: Buffer.concat(lines) };
}

/** The samples of some clusters, ascending; those of neighbours are read in one piece. */
async function samplesOf(
  { parts }: PhaseContext,
  clusters: readonly number[],
): Promise<Map<number, LabelSample>> {
  const samples = new Map<number, LabelSample>();
  const { size } = batchDetail.parse((await parts.plan(SAMPLE_ROUND)).detail);
  for (const [batch, ofBatch] of Map.groupBy(clusters, (c) => Math.floor(c / size))) {
    const offsets = [0];
    for await (const { bytes } of parts.rows(SAMPLE_ROUND, batch, sampleRow))
      offsets.push(offsets.at(-1)! + bytes);
    for (const { first, last } of runsOf(ofBatch.map((c) => c - batch * size))) {
      const [start, end] = [offsets[first]!, offsets[last + 1]!];
      const bytes = await parts.sidecar(SAMPLE_ROUND, batch, { start, end });
      for (let c = first; c <= last; c++)
        samples.set(
          batch * size + c,
          labelSample.parse(decodeJson(bytes.subarray(offsets[c]! - start, offsets[c + 1]! - start))),
        );
    }
  }
  return samples;
}

/** Ascending numbers as runs without a gap. */
function runsOf(numbers: readonly number[]): { first: number; last: number }[] {
  const runs: { first: number; last: number }[] = [];
  for (const number of numbers) {
    const run = runs.at(-1);
    if (run?.last === number - 1) run.last = number;
    else runs.push({ first: number, last: number });
  }
  return runs;
}

async function* allSamples({ parts }: PhaseContext): AsyncGenerator<LabelSample> {
  const { batches } = await parts.plan(SAMPLE_ROUND);
  for (let batch = 0; batch < batches; batch++) {
    const sidecar = await parts.sidecar(SAMPLE_ROUND, batch);
    let at = 0;
    for await (const { bytes } of parts.rows(SAMPLE_ROUND, batch, sampleRow)) {
      yield labelSample.parse(decodeJson(sidecar.subarray(at, at + bytes)));
      at += bytes;
    }
  }
}

async function nameClusters(
  context: PhaseContext,
  round: number,
  batch: number,
  defences: Defences,
): Promise<BatchOutput> {
  const detail = batchDetail.parse((await context.parts.plan(round)).detail);
  const state = await stateBefore(context, round, detail.items);
  const { start, end } = batchRange(detail, batch);
  const clusters = state.pending.slice(start, end);
  const samples = await samplesOf(context, clusters);
  const taken = state.labels.flatMap((held) => (held === null ? [] : [held.name]));
  const rows: z.infer<typeof nameRow>[] = [];
  const usages: Usage[] = [];
  const ledger: LedgerEntry[] = [];
  for (const cluster of clusters) {
    const sample = samples.get(cluster)!;
    const reply = await askOrNull(context, "label", {
      members: sample.members.map(({ text }) => text),
      outsiders: sample.outsiders,
      words: sample.words,
      taken,
    });
    usages.push(reply.usage);
    if (reply.answer === null) ledger.push({ item: sample.cluster_id, code: reply.code });
    const shown = reply.answer === null ? null : shownLabel(reply.answer, defences);
    if (reply.answer !== null && shown === null)
      ledger.push({ item: sample.cluster_id, code: "instructing_name" });
    rows.push({ cluster, label: shown ?? fallbackLabel(sample.cluster_id) });
  }
  return { rows, ledger, usage: sumUsage(usages) };
}

/** Names and describes every base cluster from a sample of its members against its nearest non-members; names are unique. */
export const labelPhaseWith = (defences: Defences): Phase => ({
  name: "label",

  async plan(context, round) {
    const { config } = context;
    const { rows: count } = await context.artifacts.matrixShape("centroids");
    const { pending } = await stateBefore(context, round, count);
    const sampling = round === SAMPLE_ROUND;
    const { label_batch_size: most, label_max_concurrency: concurrency } = config;
    const { items, size, batches } = sampling
      ? cutIntoBatches(pending.length, CLUSTERS_PER_SAMPLE, MAX_BATCHES_PER_ROUND)
      : cutIntoBatches(pending.length, most, MAX_BATCHES_PER_ROUND, concurrency);
    return { batches, concurrency: sampling ? 1 : concurrency, detail: { items, size } };
  },

  async batch(context, round, batch) {
    return round === SAMPLE_ROUND
      ? sampleBatch(context, batch, defences)
      : nameClusters(context, round, batch, defences);
  },

  async reduce(context, round) {
    const { artifacts, parts } = context;
    if (round === SAMPLE_ROUND) return { next: "round", carry: null };
    const { clusters } = await artifacts.json("base_clusters");
    const { labels } = await stateBefore(context, round, clusters.length);
    for await (const named of parts.allRows(round, nameRow)) labels[named.cluster] = named.label;
    const given = labels.map((held, c) => held ?? fallbackLabel(clusters[c]!.id));
    const repeated = repeatedNames(given.map(({ name }) => name));
    if (repeated.length > 0 && round < FIRST_NAME_ROUND + RENAME_ROUNDS) {
      const kept = given.map((held, c) => (repeated.includes(c) ? null : held));
      return { next: "round", carry: { labels: kept, pending: repeated } };
    }
    const names = numberRepeats(given.map(({ name }) => name));
    let unanswered = 0;
    for (let r = FIRST_NAME_ROUND; r <= round; r++) for await (const _entry of parts.ledger(r)) unanswered++;
    return {
      next: "done",
      artifacts: {
        label_samples: allSamples(context),
        labeled_clusters: {
          schema_version: "1.0.0",
          clusters: clusters.map(({ mean_distance: _distance, withheld: _withheld, ...cluster }, c) => ({
            ...cluster,
            name: names[c]!,
            description: given[c]!.description,
          })),
        },
      },
      warnings: () =>
        unanswered === 0
          ? []
          : [
              {
                phase: "label",
                code: "unnamed_clusters",
                count: unanswered,
                message: `${unanswered} clusters got a placeholder name because the model gave no valid answer`,
              },
            ],
    };
  },
});

export const labelPhase = labelPhaseWith(ALL_DEFENCES);
