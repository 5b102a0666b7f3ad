import * as z from "zod";
import type { ConversationSnapshot } from "../contracts/artifacts.ts";
import { customAnswerOf, facetRow } from "../contracts/facets.ts";
import type { CustomFacet, FacetAnswer, FacetRow } from "../contracts/facets.ts";
import type { Warning } from "../contracts/run.ts";
import type { LedgerEntry } from "../contracts/wire.ts";
import { batchRange, cutIntoBatches } from "../domain/batching.ts";
import { maskPersonalData } from "../domain/masking.ts";
import { sumUsage } from "../domain/usage.ts";
import type { Usage } from "../contracts/model-tasks.ts";
import { MAX_BATCHES_PER_ROUND } from "../pipeline.ts";
import { askOrNull } from "./ask.ts";
import type { BatchOutput, Phase, PhaseContext } from "./phase.ts";

const INVALID_CUSTOM = "invalid_custom_facet";

/**
 * Conversations of a round: 100 calls a batch, one after another, are 500 s of the phase's 600 where each takes 5 s. What is more spills
 * into further rounds.
 */
export const CONVERSATIONS_PER_ROUND = 100 * MAX_BATCHES_PER_ROUND;

/** Conversations of the round, from `start` on. */
const batchDetail = z.strictObject({ start: z.int(), items: z.int(), size: z.int() });

/** Stands in when the provider gave no valid answer: says nothing, rates nothing above the lowest. */
export const FALLBACK_FACETS: FacetAnswer = {
  request: null,
  task: null,
  topic: null,
  summary: null,
  language: "und",
  concern: { score: 1, reason: null },
  assistant_errors: [],
  frustration: 1,
  secondary_requests: [],
};

function measured({ messages }: ConversationSnapshot): Pick<FacetRow, "turns" | "characters"> {
  return {
    turns: messages.filter((message) => message.role === "user" && message.content.trim() !== "").length,
    characters: messages.reduce((sum, message) => sum + message.content.length, 0),
  };
}

/** An answer for each custom facet: null where the model gave none, or one that does not fit, which `invalid` counts. */
function customAnswers(
  facets: readonly CustomFacet[],
  given: FacetAnswer["custom"] = {},
): { custom: FacetRow["custom"]; invalid: number } {
  let invalid = 0;
  const custom: FacetRow["custom"] = {};
  for (const facet of facets) {
    const { id } = facet;
    const checked = customAnswerOf(facet).safeParse(Object.hasOwn(given, id) ? given[id] : null);
    custom[id] = checked.success ? checked.data : null;
    if (!checked.success) invalid++;
  }
  return { custom, invalid };
}

async function facetsOf(
  context: PhaseContext,
  conversation: ConversationSnapshot,
): Promise<{ row: FacetRow; usage: Usage; ledger: LedgerEntry[] }> {
  const { custom_facets: asked, mask_pii: mask } = context.config;
  const messages = mask
    ? conversation.messages.map((message) => ({
        ...message,
        content: maskPersonalData(message.content).text,
      }))
    : conversation.messages;
  const reply = await askOrNull(context, "facets", { messages, custom: asked });
  const answer = reply.answer ?? FALLBACK_FACETS;
  const { custom, invalid } = customAnswers(asked, answer.custom);
  const item = conversation.conversation_id;
  const row: FacetRow = {
    conversation_id: item,
    ...answer,
    custom,
    ...measured(conversation),
    status: reply.answer === null ? "fallback" : "ok",
  };
  const codes = reply.answer === null ? [reply.code] : Array.from({ length: invalid }, () => INVALID_CUSTOM);
  return { row, usage: reply.usage, ledger: codes.map((code) => ({ item, code })) };
}

/** Why no conversation has an answer, where the offline provider answers. */
function unansweredOffline(facet: CustomFacet): string {
  const named = `the custom facet ${facet.id}`;
  if (facet.type === "number" || facet.type === "text")
    return `${named} is not answerable offline: a ${facet.type} needs a language model`;
  return Object.values(facet.patterns).flat().length === 0
    ? `${named} is not answerable offline without patterns; it is null everywhere`
    : `no pattern of ${named} occurs in any conversation`;
}

/** A warning if it concerns anything. */
function some(count: number, code: string, message: string): Warning[] {
  return count === 0 ? [] : [{ phase: "facets", code, count, message }];
}

/** Facets of every conversation, one model call each, personal data masked first (design sections 6 and 7.1). */
export const makeFacetsPhase = (perRound: number): Phase => ({
  name: "facets",

  async plan({ artifacts, config }, round) {
    const start = round * perRound;
    const items = Math.min(perRound, (await artifacts.rowCount("conversations")) - start);
    const concurrency = config.facet_max_concurrency;
    const { size, batches } = cutIntoBatches(
      items,
      config.facet_batch_size,
      MAX_BATCHES_PER_ROUND,
      concurrency,
    );
    return { batches, concurrency, detail: { start, items, size } };
  },

  async batch(context, round, batch): Promise<BatchOutput> {
    const detail = batchDetail.parse((await context.parts.plan(round)).detail);
    const rows: FacetRow[] = [];
    const usages: Usage[] = [];
    const ledger: LedgerEntry[] = [];
    // One call after another: calls in flight in all are then the batches in flight, which the plan bounds.
    const { start, end } = batchRange(detail, batch);
    const range = { start: detail.start + start, end: detail.start + end };
    for await (const conversation of context.artifacts.rows("conversations", range)) {
      const found = await facetsOf(context, conversation);
      rows.push(found.row);
      usages.push(found.usage);
      ledger.push(...found.ledger);
    }
    return { rows, ledger, usage: sumUsage(usages) };
  },

  async reduce({ artifacts, parts, config, model }, round) {
    const { start, items } = batchDetail.parse((await parts.plan(round)).detail);
    if (start + items < (await artifacts.rowCount("conversations"))) return { next: "round", carry: null };
    const rounds = Array.from({ length: round + 1 }, (_, r) => r);
    let conversations = 0;
    let fallbacks = 0;
    const unanswered = new Set(config.custom_facets);
    async function* rows(): AsyncGenerator<FacetRow> {
      for (const each of rounds)
        for await (const row of parts.allRows(each, facetRow)) {
          conversations++;
          if (row.status === "fallback") fallbacks++;
          for (const facet of unanswered) if (row.custom[facet.id] !== null) unanswered.delete(facet);
          yield row;
        }
    }
    let invalid = 0;
    if (config.custom_facets.length > 0)
      for (const each of rounds)
        for await (const { code } of parts.ledger(each)) if (code === INVALID_CUSTOM) invalid++;
    const offline = model.identity.provider === "offline";
    return {
      next: "done",
      artifacts: { facets: rows() },
      counts: () => ({ fallback_facets: fallbacks }),
      warnings: () => [
        ...some(
          fallbacks,
          "fallback_facets",
          `${fallbacks} conversations got placeholder facets because the model gave no valid answer`,
        ),
        ...some(
          invalid,
          INVALID_CUSTOM,
          `${invalid} answers to custom facets did not fit their definition and count as none`,
        ),
        ...[...(offline ? unanswered : [])].flatMap((facet) =>
          some(conversations, "unanswered_facet", unansweredOffline(facet)),
        ),
      ],
    };
  },
});

export const facetsPhase = makeFacetsPhase(CONVERSATIONS_PER_ROUND);
