import * as z from "zod";
import type { ConversationSnapshot } from "../contracts/artifacts.ts";
import { facetRow } from "../contracts/facets.ts";
import type { FacetAnswer, FacetRow } from "../contracts/facets.ts";
import type { LedgerEntry } from "../contracts/wire.ts";
import { batchRange, cutIntoBatches } from "../domain/batching.ts";
import { maskPersonalData } from "../domain/masking.ts";
import { sumUsage } from "../domain/usage.ts";
import type { Usage } from "../contracts/model-tasks.ts";
import { MAX_BATCHES_PER_ROUND } from "../pipeline.ts";
import { askOrNull } from "./ask.ts";
import type { BatchOutput, Phase, PhaseContext } from "./phase.ts";

const batchDetail = z.strictObject({ items: z.int(), size: z.int() });

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

async function facetsOf(
  context: PhaseContext,
  conversation: ConversationSnapshot,
): Promise<{ row: FacetRow; usage: Usage; ledger: LedgerEntry | null }> {
  const messages = context.config.mask_pii
    ? conversation.messages.map((message) => ({
        ...message,
        content: maskPersonalData(message.content).text,
      }))
    : conversation.messages;
  const reply = await askOrNull(context, "facets", { messages });
  const row: FacetRow = {
    conversation_id: conversation.conversation_id,
    ...(reply.answer ?? FALLBACK_FACETS),
    ...measured(conversation),
    status: reply.answer === null ? "fallback" : "ok",
  };
  const ledger = reply.answer === null ? { item: conversation.conversation_id, code: reply.code } : null;
  return { row, usage: reply.usage, ledger };
}

/** Facets of every conversation, one model call each, personal data masked first (design sections 6 and 7.1). */
export const facetsPhase: Phase = {
  name: "facets",

  async plan({ artifacts, config }) {
    const items = await artifacts.rowCount("conversations");
    const { size, batches } = cutIntoBatches(items, config.facet_batch_size, MAX_BATCHES_PER_ROUND);
    return { batches, concurrency: config.facet_max_concurrency, detail: { items, size } };
  },

  async batch(context, round, batch): Promise<BatchOutput> {
    const detail = batchDetail.parse((await context.parts.plan(round)).detail);
    const rows: FacetRow[] = [];
    const usages: Usage[] = [];
    const ledger: LedgerEntry[] = [];
    // One call after another: calls in flight in all are then the batches in flight, which the plan bounds.
    for await (const conversation of context.artifacts.rows("conversations", batchRange(detail, batch))) {
      const found = await facetsOf(context, conversation);
      rows.push(found.row);
      usages.push(found.usage);
      if (found.ledger !== null) ledger.push(found.ledger);
    }
    return { rows, ledger, usage: sumUsage(usages) };
  },

  async reduce({ parts }, round) {
    let fallbacks = 0;
    async function* rows(): AsyncGenerator<FacetRow> {
      for await (const row of parts.allRows(round, facetRow)) {
        if (row.status === "fallback") fallbacks++;
        yield row;
      }
    }
    return {
      next: "done",
      artifacts: { facets: rows() },
      counts: () => ({ fallback_facets: fallbacks }),
      warnings: () =>
        fallbacks === 0
          ? []
          : [
              {
                phase: "facets",
                code: "fallback_facets",
                count: fallbacks,
                message: `${fallbacks} conversations got placeholder facets because the model gave no valid answer`,
              },
            ],
    };
  },
};
