import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chatPrice, costOf, embedderPrice, priceOf, requirePrice } from "../../shared/domain/prices.ts";
import { ErrorName } from "../../shared/errors.ts";

const NONE = { price_input: null, price_output: null, price_embedder: null };

describe("the price of a model", () => {
  test.each([
    ["gpt-4.1-mini", 0.4, 0.1, 1.6],
    ["gpt-4.1-mini-2025-04-14", 0.4, 0.1, 1.6],
    ["GPT-4.1", 2, 0.5, 8],
    ["gpt-4o-2024-08-06", 2.5, 1.25, 10],
    ["gpt-5-nano-2025-08-07", 0.05, 0.005, 0.4],
    ["text-embedding-3-large", 0.13, 0.13, 0],
    ["claude-haiku-4-5", 1, 0.1, 5],
    ["global.anthropic.claude-haiku-4-5-20251001-v1:0", 1, 0.1, 5],
    ["anthropic.claude-3-haiku-20240307-v1:0", 0.25, 0.03, 1.25],
    ["us.anthropic.claude-3-5-haiku-20241022-v1:0", 0.8, 0.08, 4],
    ["openai.gpt-oss-20b-1:0", 0.075, 0.075, 0.3],
    ["amazon.nova-lite-v1:0", 0.06, 0.06, 0.24],
    ["us.amazon.nova-pro-v1:0", 0.8, 0.8, 3.2],
  ])("of %s is in the table", (id, input, cachedInput, output) => {
    expect(priceOf(id)).toEqual({ input, cachedInput, output });
  });

  test.each([
    "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
    "eu.anthropic.claude-sonnet-4-5-20250929-v1:0",
    "anthropic.claude-sonnet-4-5-20250929-v1:0",
    "anthropic.claude-sonnet-4-6",
    "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-sonnet-4-5-20250929-v1:0",
  ])("of the regional endpoint %s is a tenth more", (id) => {
    const price = priceOf(id);
    expect(price?.input).toBeCloseTo(3.3, 10);
    expect(price?.cachedInput).toBeCloseTo(0.33, 10);
    expect(price?.output).toBeCloseTo(16.5, 10);
  });

  // A longer name is another model, not a snapshot.
  test.each([
    "gpt-4.1-mini-turbo",
    "gpt-4.2",
    "my-gpt-4.1",
    "gpt-4.1-mini-2025",
    "llama-3",
    "",
    "constructor",
  ])("of %j is not known", (id) => {
    expect(priceOf(id)).toBeNull();
  });
});

describe("what calls cost", () => {
  const price = { input: 0.4, cachedInput: 0.1, output: 1.6 };
  const tokens = fc.nat(10_000_000);

  test("counts cached input at its own price", () => {
    expect(costOf(price, { input: 1_000_000, cachedInput: 250_000, output: 500_000 })).toBeCloseTo(
      0.3 + 0.025 + 0.8,
      12,
    );
  });

  test("is never negative, grows with what is used, and falls with what is cached", () => {
    fc.assert(
      fc.property(tokens, tokens, tokens, tokens, (input, cachedInput, output, more) => {
        const cost = costOf(price, { input, cachedInput, output });
        expect(cost).toBeGreaterThanOrEqual(0);
        expect(cost).toBeLessThanOrEqual(costOf(price, { input, cachedInput: 0, output }));
        expect(cost).toBeLessThanOrEqual(costOf(price, { input, cachedInput, output: output + more }));
      }),
    );
  });
});

describe("the settings", () => {
  test("override the table and supply what it does not have", () => {
    expect(chatPrice(NONE, "gpt-4.1-mini")).toEqual({ input: 0.4, cachedInput: 0.1, output: 1.6 });
    expect(chatPrice({ price_input: 1, price_output: null }, "gpt-4.1-mini")).toEqual({
      input: 1,
      cachedInput: 1,
      output: 1.6,
    });
    expect(chatPrice({ price_input: 0, price_output: 0 }, "llama-3")).toEqual({
      input: 0,
      cachedInput: 0,
      output: 0,
    });
    expect(chatPrice({ price_input: 1, price_output: null }, "llama-3")).toBeNull();
    expect(chatPrice(NONE, "llama-3")).toBeNull();
  });

  test("price the embedder apart", () => {
    expect(embedderPrice(NONE, "text-embedding-3-small")?.input).toBe(0.02);
    expect(embedderPrice({ price_embedder: 2 }, "text-embedding-3-small")?.input).toBe(2);
    expect(embedderPrice({ price_embedder: 2 }, "an-embedder")).toEqual({
      input: 2,
      cachedInput: 2,
      output: 0,
    });
    expect(embedderPrice(NONE, "an-embedder")).toBeNull();
  });

  test("limit no cost of which the price is not known", () => {
    expect(() => requirePrice({ max_cost_usd: 1 }, null, "llama-3", "model")).toThrow(
      expect.objectContaining({ name: ErrorName.usage, code: "unknown_price" }),
    );
    expect(() => requirePrice({ max_cost_usd: null }, null, "llama-3", "embedder")).not.toThrow();
    expect(() => requirePrice({ max_cost_usd: 1 }, priceOf("gpt-4.1"), "gpt-4.1", "model")).not.toThrow();
  });
});
