import * as z from "zod";
import { count, rating } from "./common.ts";

/** Longest text of one facet value, in characters: two sentences with room to spare. */
export const MAX_FACET_TEXT = 600;

const facetText = z.string().min(1).max(MAX_FACET_TEXT);

/** BCP 47 primary language with optional region; "und" when it cannot be told. */
export const languageTag = z.string().regex(/^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$/);

/** What a provider answers about one conversation. Null says "nothing notable" (design section 6). */
export const facetAnswer = z.strictObject({
  /** What the user wants overall, as a phrase that follows "The user asked to". */
  request: facetText.nullable(),
  /** What the assistant was asked to do, as a short imperative phrase. */
  task: facetText.nullable(),
  /** Subject area in a few words. */
  topic: facetText.nullable(),
  /** At most two English sentences, without names or identifying detail. */
  summary: facetText.nullable(),
  language: languageTag,
  concern: z.strictObject({ score: rating, reason: facetText.nullable() }),
  assistant_errors: z.array(facetText).max(10),
  frustration: rating,
  /** Further requests of a conversation about several things, main one left out. */
  secondary_requests: z.array(facetText).max(5),
});
export type FacetAnswer = z.infer<typeof facetAnswer>;

/** One line of `facets/facets.jsonl`; line i belongs to line i of `conversation.jsonl`. */
export const facetRow = z.strictObject({
  conversation_id: z.string(),
  ...facetAnswer.shape,
  /** User messages with text. */
  turns: count,
  /** Characters (UTF-16 code units) over all messages, before masking. */
  characters: count,
  /** "fallback": the provider gave no valid answer; the values are placeholders and the ledger says why. */
  status: z.enum(["ok", "fallback"]),
});
export type FacetRow = z.infer<typeof facetRow>;
