import type { Fit } from "../../../shared/domain/prompts/prompt.ts";

/** A tokenizer for tests: words and single marks. Counts of parts add up at blanks, as those of a real one nearly do. */
export const countWords = (text: string): number =>
  text.match(/[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu)?.length ?? 0;

export const roomFor = (room: number): Fit => ({ countTokens: countWords, room });
