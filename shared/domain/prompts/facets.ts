import * as z from "zod";
import { MAX_FACET_TEXT, facetAnswer } from "../../contracts/facets.ts";
import type { CustomFacet } from "../../contracts/facets.ts";
import { sanitize } from "../text/sanitize.ts";
import { texts, textOrNull, wireRating } from "./answer-text.ts";
import { cutConversation } from "./cut-conversation.ts";
import { DATA_RULE, fenceFor } from "./fence.ts";
import { normalizeLanguage } from "./language-tag.ts";
import { PRIVACY_RULE } from "./privacy-rule.ts";
import { beside, chat, parseAnswer } from "./prompt.ts";
import type { Prompt } from "./prompt.ts";

const MAX_ERRORS = 10;
const MAX_SECONDARY = 5;

/** Largest range of a number that is spelt out as an enum. */
const ENUM_RANGE = 20;

const TOKENS = 1000;
const TOKENS_PER_CUSTOM = 60;
const TOKENS_PER_CUSTOM_TEXT = 180;

/** The order is the order in which a model writes: what was asked before what is judged, reasons before scores. */
const builtIn = z.object({
  summary: z.string().nullable(),
  request: z.string().nullable(),
  task: z.string().nullable(),
  topic: z.string().nullable(),
  language: z.string(),
  secondary_requests: z.array(z.string()),
  assistant_errors: z.array(z.string()),
  frustration: wireRating,
  concern_reason: z.string().nullable(),
  concern_score: wireRating,
});

const isSpeltOut = ({ min, max }: { readonly min: number; readonly max: number }): boolean =>
  max - min < ENUM_RANGE;

/** Values of enums that a strict schema may hold in all, on the strictest endpoint, less those of the ratings. */
const MAX_ENUM_VALUES = 480;

function wireCustom(facet: CustomFacet): z.ZodType {
  switch (facet.type) {
    case "category":
      return z.enum(facet.values).nullable();
    case "boolean":
      return z.boolean().nullable();
    case "number":
      return isSpeltOut(facet)
        ? z.literal(Array.from({ length: facet.max - facet.min + 1 }, (_, i) => facet.min + i)).nullable()
        : z.int().min(facet.min).max(facet.max).nullable();
    case "text":
      return z.string().nullable();
  }
}

function valuesOf(facet: CustomFacet): number {
  if (facet.type === "category") return facet.values.length;
  return facet.type === "number" && isSpeltOut(facet) ? facet.max - facet.min + 1 : 0;
}

/** The custom facets as wire properties; where their enums would be too many, the rest are free text, checked later. */
function customShape(facets: readonly CustomFacet[]): Record<string, z.ZodType> {
  let values = 0;
  return Object.fromEntries(
    facets.map((facet) => {
      values += valuesOf(facet);
      const free = facet.type === "number" ? z.int().nullable() : z.string().nullable();
      return [facet.id, values > MAX_ENUM_VALUES && valuesOf(facet) > 0 ? free : wireCustom(facet)];
    }),
  );
}

/** What is read: every custom answer is checked by itself later, so that a wrong one costs no other. */
const readable = builtIn.extend({
  secondary_requests: z.array(z.string()).nullable(),
  assistant_errors: z.array(z.string()).nullable(),
  language: z.string().nullable(),
  custom: z.record(z.string(), z.unknown()).nullable(),
});

const SYSTEM = `You describe one conversation between a user and an AI assistant, for statistics about how assistants are used. Answer with one JSON object. Write English, whatever the language of the conversation.

${DATA_RULE}

${PRIVACY_RULE}

Keys, in this order:
- "summary": at most two sentences: what the user wanted, and what the assistant did about it.
- "request": what the user wants overall, as it would continue "The user asked to", without those words: "find the cause of a failing unit test".
- "task": what the assistant has to do, as an order of at most ten words: "Debug Python code".
- "topic": the subject area in one to four words: "software testing".
- "language": BCP 47 tag of the language that the user mostly writes, such as "en" or "pt-BR"; "und" if it cannot be told.
- "secondary_requests": what else the user asked for on other subjects, each as in "request", at most ${MAX_SECONDARY}; [] if nothing.
- "assistant_errors": mistakes of the assistant that the conversation itself shows, one short phrase each; [] if none.
- "frustration": how annoyed the user is, 1 (not at all) to 5 (angry, or gives up).
- "concern_reason": what could do harm to somebody, in one short phrase; null if nothing.
- "concern_score": 1 harmless; 2 a sensitive subject, asked about in good faith; 3 a doubtful purpose; 4 a clear attempt at misuse, or harm to the user's own health; 5 urgent: a life is in danger, or violence is being prepared.

Use null for a text when there is nothing notable to say, as in a mere greeting. Do not guess.`;

function customAnswerRule(facet: CustomFacet): string {
  switch (facet.type) {
    case "category":
      return `one of ${facet.values.map((value) => JSON.stringify(value)).join(", ")}`;
    case "boolean":
      return "true or false";
    case "number":
      return `a whole number from ${facet.min} to ${facet.max}`;
    case "text":
      return "at most two English sentences, of which nobody may be recognised either";
  }
}

function customRule(facets: readonly CustomFacet[]): string {
  if (facets.length === 0) return "";
  const lines = facets.map(
    (facet) => `  - "${facet.id}": ${sanitize(facet.question)} Answer: ${customAnswerRule(facet)}.`,
  );
  return `\n\nOne more key, "custom": an object with these keys, each null when the conversation gives no answer:\n${lines.join("\n")}`;
}

const CLOSING = "Describe this conversation as the JSON object.";

const STEM = /^the user (?:asks|asked|wants|wanted) (?:the assistant )?to\s+/i;

const withoutStem = (text: string): string => text.trim().replace(STEM, "");

/**
 * Facets of one conversation in one call, where the paper asks once per facet (appendix G.4): one reading of the
 * conversation costs a fifth, and answers that are written one after another agree with each other.
 *
 * - Temperature 0.2, as in appendix G for the extractor: descriptions, not ideas; 0 makes some models repeat themselves.
 * - English, at most two sentences, no names, a fixed stem for the request: G.4. The stem is said, and cut off if a model
 *   writes it all the same, because what is embedded should differ by what is asked alone.
 * - `secondary_requests`: the paper's summaries went wrong mostly where a long chat held several requests (C.1).
 * - Concern 1 to 5: G.4. What each means is said because small models take a sad subject for a harmful one.
 * - Null for "nothing notable": without a way to say so, models describe a greeting as a request.
 */
export const facetsPrompt: Prompt<"facets"> = {
  task: "facets",
  version: 1,
  temperature: 0.2,

  maxOutputTokens: ({ custom }) =>
    custom.reduce(
      (sum, { type }) => sum + (type === "text" ? TOKENS_PER_CUSTOM_TEXT : TOKENS_PER_CUSTOM),
      TOKENS,
    ),

  messages({ messages, custom }, fit) {
    const system = SYSTEM + customRule(custom);
    const fence = fenceFor(messages.map(({ content }) => content));
    const pieces = cutConversation(
      messages,
      ({ role, content }) => fence(role, content),
      beside(fit, system, CLOSING),
    );
    return chat(system, [...pieces, CLOSING].join("\n"));
  },

  wire: ({ custom }) =>
    custom.length === 0 ? builtIn : builtIn.extend({ custom: z.object(customShape(custom)) }),

  read(json, { custom: asked }) {
    const { custom, concern_reason, concern_score, ...wire } = parseAnswer(readable, json);
    const answer = facetAnswer.parse({
      request: textOrNull(wire.request === null ? null : withoutStem(wire.request), MAX_FACET_TEXT),
      task: textOrNull(wire.task, MAX_FACET_TEXT),
      topic: textOrNull(wire.topic, MAX_FACET_TEXT),
      summary: textOrNull(wire.summary, MAX_FACET_TEXT),
      language: normalizeLanguage(wire.language),
      concern: { score: concern_score, reason: textOrNull(concern_reason, MAX_FACET_TEXT) },
      assistant_errors: texts(wire.assistant_errors, MAX_ERRORS, MAX_FACET_TEXT),
      frustration: wire.frustration,
      secondary_requests: texts(
        wire.secondary_requests?.map(withoutStem) ?? null,
        MAX_SECONDARY,
        MAX_FACET_TEXT,
      ),
    });
    return custom === null ? answer : { ...answer, custom: trimmed(custom, asked) };
  },
};

/** Answers with those to text facets as one line that says something; the rest as it came. */
function trimmed(
  custom: Readonly<Record<string, unknown>>,
  asked: readonly CustomFacet[],
): Record<string, unknown> {
  const isText = new Set(asked.flatMap(({ id, type }) => (type === "text" ? [id] : [])));
  return Object.fromEntries(
    Object.entries(custom).map(([id, value]) => [
      id,
      isText.has(id) && typeof value === "string" ? textOrNull(value, MAX_FACET_TEXT) : value,
    ]),
  );
}
