import { describe, expect, test } from "vitest";
import { defaultConfig } from "../../../shared/config.ts";
import type { RunConfig } from "../../../shared/config.ts";
import type { PhaseName } from "../../../shared/contracts/run.ts";
import { forecast } from "../../../shared/domain/estimate/billed.ts";
import type { Conversations, CostForecast } from "../../../shared/domain/estimate/billed.ts";
import { chooseRows } from "../../../shared/domain/estimate/sample.ts";
import { seededRandom } from "../../../shared/domain/random.ts";
import { summarizeRun } from "../../../shared/engine/summary.ts";
import { phasesOf } from "../../../shared/pipeline.ts";
import { jsonlOf, memoryRun } from "../../helpers/memory-run.ts";
import type { Chat } from "../../helpers/memory-run.ts";
import { fourCharacters, promptedModel } from "../../helpers/prompted-model.ts";

const PRICE = { input: 0.4, cachedInput: 0.1, output: 1.6 };
const PHASES = phasesOf(["hierarchy", "privacy"]);

/** What leads to an audit, without what asks nobody. */
const ASKING = PHASES.filter((phase) => !["map", "annotate", "publish"].includes(phase));

/** Chats whose lengths have a heavy tail: most are short, the longest are cut at the model's room. */
function heavyTail(n: number, seed: number): Chat[] {
  const random = seededRandom(seed, "chats");
  return Array.from({ length: n }, (_, i) => {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const words = Math.round(60 * Math.exp(1.4 * normal));
    const topic = `topic${Math.floor(random() * 40)}`;
    return {
      id: `chat-${i}`,
      user: `user-${i % 400}`,
      text: `${topic} ${"and words go on ".repeat(Math.ceil(words / 4))}`,
    };
  });
}

function conversationsOf(chats: readonly Chat[], most: number): Conversations {
  const lines = chats.map((chat) => jsonlOf([chat]).length);
  const sample = chooseRows(lines, most);
  return {
    rows: chats.length,
    sample,
    messages: sample.map(({ at }) => [
      { role: "user", content: chats[at]!.text },
      { role: "assistant", content: "Done." },
    ]),
  };
}

function forecastOf(
  conversations: Conversations,
  config: Partial<RunConfig> = {},
  phases: readonly PhaseName[] = PHASES,
): CostForecast {
  return forecast(phases, { ...defaultConfig(), ...config }, conversations, {
    countTokens: fourCharacters,
    model: "gpt-4.1-mini",
    chat: PRICE,
    embedder: { input: 0.02, cachedInput: 0.02, output: 0 },
    started: [],
    synthetic: { sample: [], messages: [] },
  });
}

describe("the estimate of a billed run", () => {
  test("of 2,000 conversations with a heavy tail is within 15 per cent of what the meter says, phase by phase", async () => {
    const chats = heavyTail(2000, 11);
    const config = { model_context_tokens: 8000 } as const;
    const foretold = forecastOf(conversationsOf(chats, 300), config);
    const run = await memoryRun(jsonlOf(chats), { config, only: ASKING, model: promptedModel(8000, PRICE) });
    expect(run.failure).toBeNull();
    const wall = { total: 1, phases: new Map(), peakRssMib: 0 };
    const { phases, total } = await summarizeRun(run.objects, run.run, wall);

    // Of the embedder nothing is metered here.
    const chat = foretold.phases.filter(({ phase }) => phase !== "embed");
    const sum = chat.reduce((cost, { usd }) => cost + usd.mid, 0);
    expect(Math.abs(sum / total.cost_usd - 1)).toBeLessThan(0.15);
    for (const { phase, calls, input, usd } of chat) {
      const { usage } = phases.find((each) => each.phase === phase)!;
      expect([phase, calls.low <= usage.calls, usage.calls <= calls.high]).toEqual([phase, true, true]);
      expect([phase, input.low <= usage.input_tokens, usage.input_tokens <= input.high]).toEqual([
        phase,
        true,
        true,
      ]);
      expect([phase, usd.low <= usage.cost_usd, usage.cost_usd <= usd.high]).toEqual([phase, true, true]);
    }
  }, 120_000);

  const some = conversationsOf(heavyTail(500, 3), 200);

  test("has a low and a high end around the middle everywhere, and sums of them", () => {
    const { phases, total } = forecastOf(some);
    expect(phases.map(({ phase }) => phase)).toEqual(["facets", "embed", "label", "hierarchy", "privacy"]);
    for (const { calls, input, output, usd, seconds } of [...phases, total]) {
      for (const range of [calls, input, output, usd, seconds]) {
        expect(range.low).toBeLessThanOrEqual(range.mid);
        expect(range.mid).toBeLessThanOrEqual(range.high);
      }
    }
    expect(total.usd.mid).toBeCloseTo(
      phases.reduce((sum, { usd }) => sum + usd.mid, 0),
      9,
    );
    expect(phases.find(({ phase }) => phase === "embed")?.output.high).toBe(0);
  });

  test("counts the phases of the run alone, and the first conversations of a limit", () => {
    expect(forecastOf(some, {}, phasesOf(["facets"])).phases.map(({ phase }) => phase)).toEqual(["facets"]);
    expect(forecastOf(some, {}, ["ingest"]).phases).toEqual([]);
    expect(forecastOf(some, { limit: 100 }).phases[0]?.calls.low).toBe(100);
  });

  test("says how many tokens have no price", () => {
    const { total } = forecast(PHASES, defaultConfig(), some, {
      countTokens: fourCharacters,
      model: "gpt-4.1-mini",
      chat: null,
      embedder: null,
      started: [],
      synthetic: { sample: [], messages: [] },
    });
    expect(total.usd.high).toBe(0);
    expect(total.unpriced).toBeGreaterThan(total.input.mid);
  });

  test("counts the runs of an evaluation as its phase", () => {
    const started = [{ phases: phasesOf(["facets"]), config: defaultConfig(), rows: 100 }];
    const { phases, total } = forecast(["ingest", "evaluate"], defaultConfig(), some, {
      countTokens: fourCharacters,
      model: "gpt-4.1-mini",
      chat: PRICE,
      embedder: PRICE,
      started,
      synthetic: { sample: [{ at: 0, weight: 100 }], messages: [[{ role: "user", content: "Hello there" }]] },
    });
    expect(phases.map(({ phase, calls }) => [phase, calls.low])).toEqual([["evaluate", 100]]);
    expect(total.usd.mid).toBeGreaterThan(0);
  });

  test("of nothing is nothing", () => {
    const { phases, total } = forecastOf({ rows: 0, sample: [], messages: [] });
    expect(phases).toEqual([]);
    expect(total.usd).toEqual({ low: 0, mid: 0, high: 0 });
  });
});
