import type { OpenAI } from "openai";
import type { ChatMessage } from "../../domain/prompts/prompt.ts";
import type { StrictSchema } from "../../domain/prompts/strict-schema.ts";
import { PermanentError } from "../../errors.ts";
import type { Learned } from "../open-provider.ts";
import type { Feature } from "./faults.ts";

/** How the answer's form is asked for: an endpoint that refuses one is asked with the next. */
export type Format = Learned["format"];
/** Of the big providers. */
export const FORMATS = ["json_schema", "json_object", "text"] as const satisfies readonly Format[];
/** Of the rest: llama-cpp-python, Together and others take the schema beside JSON mode. */
export const COMPATIBLE_FORMATS = [
  "json_schema",
  "json_object_with_schema",
  "json_object",
  "text",
] as const satisfies readonly Format[];

const responseFormats = {
  json_schema: (name, schema) => ({ type: "json_schema", json_schema: { name, strict: true, schema } }),
  json_object_with_schema: (_name, schema) => ({ type: "json_object", schema }),
  json_object: () => ({ type: "json_object" }),
  text: () => undefined,
} as const satisfies Record<Format, (name: string, schema: object) => object | undefined>;

/** What is said where an endpoint may not make an answer fit. */
export const schemaRule = (schema: StrictSchema): string =>
  `Answer with one JSON object and nothing else. Its schema:\n${JSON.stringify(schema)}`;

/** What a length is called: newer models of OpenAI refuse the old name, other servers do not know the new one. */
export type LengthField = "max_completion_tokens" | "max_tokens";

/** How requests are put, as far as the endpoint has shown what it takes. */
export interface Form {
  readonly format: Format;
  readonly hasTemperature: boolean;
  readonly hasEffort: boolean;
  readonly lengthField: LengthField;
}

/** The form without what was refused. Throws PermanentError when nothing is left to leave out. */
export function without(what: Feature, form: Form, formats: readonly Format[]): Form {
  switch (what) {
    case "temperature":
      if (!form.hasTemperature) break;
      return { ...form, hasTemperature: false };
    case "reasoning_effort":
      if (!form.hasEffort) break;
      return { ...form, hasEffort: false };
    case "length":
      if (form.lengthField === "max_tokens") break;
      return { ...form, lengthField: "max_tokens" };
    case "response_format": {
      const format = formats[formats.indexOf(form.format) + 1];
      if (format === undefined) break;
      return { ...form, format };
    }
  }
  throw new PermanentError(
    `The model's endpoint refuses every form of a request that could do without ${what}.`,
    {
      code: "refused_request",
      hint: "Name another model with --model; clio doctor tries it.",
    },
  );
}

export type Message = ChatMessage | { readonly role: "assistant"; readonly content: string };

/** One question, before it is known how the endpoint wants it put. */
export interface Question {
  readonly name: string;
  readonly model: string;
  readonly messages: readonly Message[];
  readonly schema: StrictSchema;
  readonly temperature: number;
  /** How much to think, of models that can be told; null for others. */
  readonly effort: "minimal" | "low" | null;
  /** Tokens of the longest answer. */
  readonly longest: number;
}

/** A request in this form. */
export function requestIn(
  { format, hasTemperature, hasEffort, lengthField }: Form,
  { name, model, messages, schema, temperature, effort, longest }: Question,
): OpenAI.ChatCompletionCreateParamsNonStreaming {
  const [system, ...rest] = messages;
  const said =
    format === "json_schema"
      ? messages
      : [{ role: "system", content: `${system!.content}\n\n${schemaRule(schema)}` }, ...rest];
  return {
    model,
    messages: said,
    ...(hasTemperature ? { temperature } : {}),
    ...(hasEffort ? { reasoning_effort: effort } : {}),
    [lengthField]: longest,
    response_format: responseFormats[format](name, schema),
  } as OpenAI.ChatCompletionCreateParamsNonStreaming;
}
