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
  /** By id, for the custom facets asked for. Each is checked by itself (`customAnswerOf`): a wrong one costs no other. */
  custom: z.record(z.string(), z.unknown()).optional(),
});
export type FacetAnswer = z.infer<typeof facetAnswer>;

/** Bounds of what a config may ask: a prompt with all of it still fits beside a conversation. */
const MAX_CUSTOM_FACETS = 20;
const MAX_QUESTION = 300;
const MAX_VALUES = 50;
const MAX_VALUE_LENGTH = 80;
const MAX_PATTERNS = 200;
const MAX_PATTERN_LENGTH = 100;

export const customFacetId = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,39}$/, "1 to 40 lower-case letters, digits and underscores, a letter first");

/** Words or phrases by which the offline provider answers. */
const patterns = z
  .array(
    z
      .string()
      .max(MAX_PATTERN_LENGTH)
      .regex(/[\p{L}\p{N}]/u, "a word or phrase, with a letter or digit"),
  )
  .max(MAX_PATTERNS);

const categoryValue = z
  .string()
  .max(MAX_VALUE_LENGTH)
  .regex(/^\S(.*\S)?$/u, "one line of text without blanks at its ends");

const asked = {
  id: customFacetId,
  /** What is asked of each conversation. */
  question: z.string().max(MAX_QUESTION).regex(/\S/u, "a question"),
};

const categoryFacet = z
  .strictObject({
    ...asked,
    type: z.literal("category"),
    values: z.array(categoryValue).min(2).max(MAX_VALUES),
    /** By value. */
    patterns: z.record(z.string(), patterns).default({}),
  })
  .superRefine(({ values, patterns: byValue }, context) => {
    values.forEach((value, i) => {
      const first = values.indexOf(value);
      if (first !== i)
        context.addIssue({ code: "custom", path: ["values", i], message: `the same as values[${first}]` });
    });
    for (const value of Object.keys(byValue)) {
      if (!values.includes(value))
        context.addIssue({ code: "custom", path: ["patterns", value], message: "not one of the values" });
    }
  });

const numberFacet = z
  .strictObject({ ...asked, type: z.literal("number"), min: z.int(), max: z.int() })
  .refine(({ min, max }) => min <= max, { path: ["max"], message: "below min" });

/** A facet that a team asks for beside the built-in ones (docs/custom-facets.md). */
export const customFacet = z.discriminatedUnion(
  "type",
  [
    categoryFacet,
    /** `patterns` mean yes. */
    z.strictObject({ ...asked, type: z.literal("boolean"), patterns: patterns.default([]) }),
    numberFacet,
    z.strictObject({ ...asked, type: z.literal("text") }),
  ],
  { error: "an object whose type is category, boolean, number or text" },
);
export type CustomFacet = z.infer<typeof customFacet>;

export const customFacets = z
  .array(customFacet)
  .max(MAX_CUSTOM_FACETS)
  .superRefine((facets, context) => {
    facets.forEach(({ id }, i) => {
      const first = facets.findIndex((other) => other.id === id);
      const message = Object.hasOwn(facetRow.shape, id)
        ? "the name of a built-in facet"
        : first === i
          ? null
          : `the same as that of [${first}]`;
      if (message !== null) context.addIssue({ code: "custom", path: [i, "id"], message });
    });
  });

export const customAnswer = z.union([z.string(), z.int(), z.boolean(), z.null()]);
export type CustomAnswer = z.infer<typeof customAnswer>;

/** What may be answered to a custom facet. */
export function customAnswerOf(facet: CustomFacet): z.ZodType<CustomAnswer> {
  switch (facet.type) {
    case "category":
      return z.enum(facet.values).nullable();
    case "boolean":
      return z.boolean().nullable();
    case "number":
      return z.int().min(facet.min).max(facet.max).nullable();
    case "text":
      return facetText.nullable();
  }
}

/** One line of `facets/facets.jsonl`; line i belongs to line i of `conversation.jsonl`. */
export const facetRow = z.strictObject({
  conversation_id: z.string(),
  ...facetAnswer.shape,
  /** One answer for each of the run's custom facets; null says "nothing notable" or "not answerable". */
  custom: z.record(customFacetId, customAnswer),
  /** User messages with text. */
  turns: count,
  /** Characters (UTF-16 code units) over all messages, before masking. */
  characters: count,
  /** "fallback": the provider gave no valid answer; the values are placeholders and the ledger says why. */
  status: z.enum(["ok", "fallback"]),
});
export type FacetRow = z.infer<typeof facetRow>;
