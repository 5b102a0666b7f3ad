import * as z from "zod";

/** What came of one answer: the JSON in it, or why there is none, as a code for the ledger. */
export type ReadAnswer =
  | { readonly json: unknown }
  | { readonly code: "refused" | "content_filter" | "cut_off" | "empty" | "not_json" };

/** As far as an answer of chat completions is needed here. Servers leave out what they do not know. */
export const completion = z.object({
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
      }),
    )
    .min(1),
  usage: z
    .object({
      prompt_tokens: z.number().min(0),
      completion_tokens: z.number().min(0),
      prompt_tokens_details: z.object({ cached_tokens: z.number().min(0).nullish() }).nullish(),
    })
    .nullish(),
});
export type Completion = z.infer<typeof completion>;

/** The object in a text: whole, or between the first and the last brace, as models that chat around it leave it. */
function objectIn(text: string): unknown {
  for (const candidate of [text, text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1)]) {
    try {
      return JSON.parse(candidate);
    } catch {
      // The other one, or none.
    }
  }
  return undefined;
}

/** What reasoning models write before their answer where the server does not take it out; Bedrock says "reasoning". */
const REASONING = /^\s*<(think|reasoning)>[\s\S]*?<\/\1>/;

export function readCompletion({ choices }: Completion): ReadAnswer {
  const { finish_reason: reason, message } = choices[0]!;
  if (reason === "content_filter") return { code: "content_filter" };
  if (typeof message.refusal === "string" && message.refusal !== "") return { code: "refused" };
  const text = message.content?.replace(REASONING, "").trim() ?? "";
  if (text === "") return { code: reason === "length" ? "cut_off" : "empty" };
  const json = objectIn(text);
  if (json !== undefined) return { json };
  return { code: reason === "length" ? "cut_off" : "not_json" };
}
