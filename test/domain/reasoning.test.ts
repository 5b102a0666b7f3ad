import { expect, test } from "vitest";
import { reasoningOf } from "../../shared/domain/reasoning.ts";

test.each([
  ["gpt-5", "minimal"],
  ["gpt-5-mini", "minimal"],
  ["gpt-5-nano-2025-08-07", "minimal"],
  ["o4-mini", "low"],
  ["openai.gpt-oss-20b-1:0", "low"],
  ["openai/gpt-oss-120b", "low"],
  ["deepseek-ai/DeepSeek-R1-Distill-Qwen-7B", null],
  ["qwq", null],
])("%s reasons", (model, effort) => {
  expect(reasoningOf(model)).toMatchObject({ effort });
});

test.each([
  "gpt-4.1-mini",
  "gpt-4o",
  "gpt-5.1",
  "gpt-5.4-mini",
  "meta-llama/Llama-3.1-8B-Instruct",
  "us.amazon.nova-lite-v1:0",
  "qwen3:4b",
  "smollm2",
  "my-o1",
])("%s does not, by its name", (model) => {
  expect(reasoningOf(model)).toBeNull();
});
