import type { ConversationSnapshot } from "../contracts/artifacts.ts";
import type { Cluster } from "../contracts/clusters.ts";
import type { FacetRow } from "../contracts/facets.ts";
import type { TaskInput, Usage } from "../contracts/model-tasks.ts";
import type { LedgerEntry } from "../contracts/wire.ts";
import { batchRange } from "../domain/batching.ts";
import { calibrationSet } from "../domain/calibration/score.ts";
import { maskPersonalData } from "../domain/masking.ts";
import { quotesOf, runsIn } from "../domain/screen.ts";
import { WordSupport, supportNeeded, wordsInNeed } from "../domain/support.ts";
import { sumUsage } from "../domain/usage.ts";
import { askOrNull } from "./ask.ts";
import { sideBySide } from "./columns.ts";
import type { Defences } from "./defences.ts";
import { memberText, wholeText } from "./label-sample.ts";
import type { BatchOutput, PhaseContext } from "./phase.ts";
import { auditItems, clustersIn, inspectDetail, shownText } from "./privacy-state.ts";
import type { AuditItem, InspectDetail } from "./privacy-state.ts";

/** A conversation as the model that finds facets was sent it: the auditor is a model too, and may be the same. */
function rawText({ messages }: ConversationSnapshot, mask: boolean): string {
  return messages
    .map(({ role, content }) => `${role}: ${mask ? maskPersonalData(content).text : content}`)
    .join("\n");
}

/** What the built-in facets say in words. Custom ones reach no name and no description. */
function facetWords(facets: FacetRow): string {
  const {
    request,
    task,
    topic,
    summary,
    concern,
    assistant_errors: errors,
    secondary_requests: secondary,
  } = facets;
  return [request, task, topic, summary, concern.reason, ...errors, ...secondary]
    .filter((part) => part !== null)
    .join("\n");
}

async function inputOf(
  context: PhaseContext,
  round: number,
  { source, at }: AuditItem,
): Promise<TaskInput<"audit">> {
  const { artifacts } = context;
  const range = { start: at, end: at + 1 };
  switch (source) {
    case "raw":
      for await (const conversation of artifacts.rows("conversations", range))
        return { layer: source, text: rawText(conversation, context.config.mask_pii) };
      return { layer: source, text: "" };
    case "facet":
      for await (const facets of artifacts.rows("facets", range))
        return { layer: source, text: facetWords(facets) };
      return { layer: source, text: "" };
    case "cluster":
      return { layer: source, text: shownText((await clustersIn(context, round))[at]!) };
    case "calibration": {
      const { layer, text } = calibrationSet()[at]!;
      return { layer, text };
    }
  }
}

/** The rating of what holds nothing about anybody (contracts/model-tasks.ts). */
const NOTHING_IDENTIFYING = 5;

async function audit(
  context: PhaseContext,
  round: number,
  items: readonly AuditItem[],
): Promise<BatchOutput> {
  const rows = [];
  const usages: Usage[] = [];
  const ledger: LedgerEntry[] = [];
  for (const item of items) {
    const input = await inputOf(context, round, item);
    // Facets that could not be found: nothing identifies nobody, and asking costs.
    if (input.text.trim() === "") {
      rows.push({ kind: "audit" as const, ...item, rating: NOTHING_IDENTIFYING });
      continue;
    }
    const reply = await askOrNull(context, "audit", input);
    usages.push(reply.usage);
    if (reply.answer === null) ledger.push({ item: `${item.source}-${item.at}`, code: reply.code });
    rows.push({ kind: "audit" as const, ...item, rating: reply.answer?.rating ?? null });
  }
  return { rows, ledger, usage: sumUsage(usages) };
}

/** Hexadecimal digits of a keyed hash that tell users apart: 64 bits, one chance in 10^7 of a clash among a million users. */
const USER_DIGITS = 16;

/** For each base cluster, the names above it and its own, of those that are checked. */
function namesOver(clusters: readonly Cluster[], checked: readonly number[]): Map<string, number[]> {
  const parentOf = new Map(clusters.map(({ id, parent_id: parent }) => [id, parent]));
  const positions = new Map(checked.map((at) => [clusters[at]!.id, at]));
  return new Map(
    clusters
      .filter(({ level }) => level === 0)
      .map(({ id }) => {
        const over: number[] = [];
        for (let node: string | null = id; node !== null; node = parentOf.get(node) ?? null) {
          const at = positions.get(node);
          if (at !== undefined) over.push(at);
        }
        return [id, over];
      }),
  );
}

/** Looks in a range of conversations for what the names hold: which members share their words, and whose sentences they repeat. */
async function screen(
  context: PhaseContext,
  round: number,
  detail: InspectDetail,
  shard: number,
  defences: Defences,
): Promise<BatchOutput> {
  const { artifacts, config } = context;
  const clusters = await clustersIn(context, round);
  const checked = detail.clusters;
  const range = batchRange({ items: detail.conversations, size: detail.screen_size }, shard);

  const support = new Map<number, WordSupport<string>>();
  for (const at of checked) {
    const words = new WordSupport<string>(supportNeeded(config.min_users));
    words.ask(wordsInNeed(shownText(clusters[at]!), config.name_words));
    support.set(at, words);
  }
  const over = namesOver(clusters, checked);
  for await (const [facets, { user }, { cluster_id: cluster }] of sideBySide(
    artifacts.rows("facets", range),
    artifacts.rows("users", range),
    artifacts.rows("assignments", range),
  )) {
    const names = cluster === null ? [] : (over.get(cluster) ?? []);
    if (names.length === 0) continue;
    const words = wordsInNeed(wholeText(memberText(facets, defences)), config.name_words);
    for (const at of names) support.get(at)!.add(user.slice(0, USER_DIGITS), words);
  }

  const runs = runsIn(checked.map((at) => shownText(clusters[at]!)));
  const verbatim = new Set<number>();
  if (runs.size > 0) {
    const quotes = quotesOf(runs);
    for await (const { messages } of artifacts.rows("conversations", range))
      for (const { content } of messages) for (const i of quotes(content)) verbatim.add(checked[i]!);
  }
  return {
    rows: [
      {
        kind: "screen",
        support: Array.from(support, ([at, words]) => ({
          at,
          words: words.entries().filter(([, users]) => users.length > 0),
        })).filter(({ words }) => words.length > 0),
        verbatim: [...verbatim].sort((a, b) => a - b),
      },
    ],
  };
}

/** One batch of an inspect or recheck round: some audits, or the screening of one range of conversations. */
export async function inspectBatch(
  context: PhaseContext,
  round: number,
  batch: number,
  defences: Defences,
): Promise<BatchOutput> {
  const detail = inspectDetail.parse((await context.parts.plan(round)).detail);
  const items = auditItems(detail);
  const audits = Math.ceil(items.length / detail.audit_size);
  if (batch >= audits) return screen(context, round, detail, batch - audits, defences);
  const { start, end } = batchRange({ items: items.length, size: detail.audit_size }, batch);
  return audit(context, round, items.slice(start, end));
}
