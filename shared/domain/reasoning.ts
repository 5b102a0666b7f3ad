/** How a model thinks before it answers. */
export interface Reasoning {
  /** What to ask for, where less than the model's own habit is known by name: labels and ratings need little of it. */
  readonly effort: "minimal" | "low" | null;
  /** Tokens that it may take beside the answer: they count, and are billed, as answered. */
  readonly tokens: number;
}

/** With little effort some hundred; what is left is room for a question that it turns over and over. */
const TOKENS = 2000;

const KINDS: readonly (readonly [RegExp, Reasoning])[] = [
  // From 5.1 on they think only when told to.
  [/^gpt-5(?:-(?:mini|nano))?(?:-\d|$)/, { effort: "minimal", tokens: TOKENS }],
  [/^(?:o[1-9]|gpt-oss)(?:-|$)/, { effort: "low", tokens: TOKENS }],
  [/^(?:deepseek-r\d|qwq)(?:-|$)/, { effort: null, tokens: TOKENS }],
];

/** Whether a model of that name reasons, as far as names tell; null when it does not. Makers and addresses before the name are skipped. */
export function reasoningOf(model: string): Reasoning | null {
  const name = model.toLowerCase().replace(/^.*[/.](?=[a-z])/, "");
  return KINDS.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

/** Tokens that a model may think in before an answer: as set, or as models of its name are known to need. */
export function thoughtTokens(setting: number | null, model: string): number {
  return setting ?? reasoningOf(model)?.tokens ?? 0;
}

/** What a model that is asked to think little takes of them; of others all is foreseen. */
const TYPICAL_SHARE = 0.15;

/** Tokens of thoughts as they are foreseen. */
export function typicalThoughts(
  setting: number | null,
  model: string,
): { low: number; mid: number; high: number } {
  const most = thoughtTokens(setting, model);
  const isBrief = reasoningOf(model)?.effort !== null;
  return { low: 0, mid: isBrief ? most * TYPICAL_SHARE : most / 2, high: most };
}
