/** Tokens that the chat format puts around messages (OpenAI's cookbook counts 3 a message and 3 for the answer). */
const FORMAT_TOKENS = 16;
/** Our tokenizer is not that of every model. */
export const CONTEXT_MARGIN = 0.9;
/** Least room for what is asked about, however small the context. */
export const LEAST_ROOM = 400;

/**
 * Tokens that the messages of a question may have.
 * @param longest tokens of the longest answer, thoughts included.
 * @param schema tokens of the answer's schema: it counts whether an endpoint takes it beside the texts or in them.
 */
export function roomFor(contextTokens: number, longest: number, schema: number): number {
  const room = (contextTokens - longest) * CONTEXT_MARGIN - FORMAT_TOKENS - schema;
  return Math.max(LEAST_ROOM, Math.floor(room));
}

/** Tokens of messages as a chat model gets them. */
export function tokensOfMessages(
  messages: readonly { readonly content: string }[],
  countTokens: (text: string) => number,
): number {
  return messages.reduce((sum, { content }) => sum + countTokens(content), FORMAT_TOKENS);
}
