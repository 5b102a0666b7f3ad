import { expect, test } from "vitest";
import { BadAnswerError, TransientError } from "../../shared/errors.ts";
import type { ModelTask } from "../../shared/contracts/model-tasks.ts";
import { billedModel } from "../helpers/billed-model.ts";
import { chatsAbout, jsonlOf, memoryRun } from "../helpers/memory-run.ts";
import { plainAnswers, scriptedModel } from "../helpers/scripted-provider.ts";

const INPUT = jsonlOf(chatsAbout(["cooking", "gardening", "taxes"], 60, 20));
const CONFIG = { min_users: 2, min_conversations: 3, privacy_sample: 20 } as const;

const isKept = (key: string): boolean => key.includes("/answers/");
const keysOf = async ({ objects }: Awaited<ReturnType<typeof memoryRun>>): Promise<string[]> =>
  (await Array.fromAsync(objects.list(""))).map(({ key }) => key);

test("a call that was paid for is not paid for again, whichever call of its batch fails, and nothing is left over", async () => {
  const whole = billedModel();
  const calm = await memoryRun(INPUT, { config: CONFIG, model: whole });

  // Every ninth thing that is asked fails at first: most batches are tried again.
  const seen = new Set<string>();
  const plain = billedModel();
  const shaky = {
    ...plain,
    ask: async (...args: Parameters<typeof plain.ask>) => {
      const asked = JSON.stringify(args.slice(0, 2));
      const isNew = !seen.has(asked);
      seen.add(asked);
      if (isNew && seen.size % 9 === 4) throw new TransientError("overloaded", { code: "provider_error" });
      return plain.ask(...args);
    },
  } as typeof plain;
  const run = await memoryRun(INPUT, { config: CONFIG, model: shaky });
  expect(run.failure).toBeNull();
  // Fewer where a batch asks the same twice: the second try has an answer.
  expect(plain.total()).toBeLessThanOrEqual(whole.total());
  expect(await run.json("labeled_clusters")).toEqual(await calm.json("labeled_clusters"));
  expect((await keysOf(run)).filter(isKept)).toEqual([]);
});

test("an answer that cannot be used was paid for too", async () => {
  const calls: Partial<Record<ModelTask, number>> = {};
  let fails = true;
  const model = billedModel({
    facets(input) {
      calls.facets = (calls.facets ?? 0) + 1;
      const text = input.messages[0]!.content;
      if (text.startsWith("taxes"))
        throw new BadAnswerError("no", {
          code: "refused",
          usage: { calls: 1, input_tokens: 7, output_tokens: 0, cost_usd: 0 },
        });
      if (text.startsWith("cooking") && fails) {
        fails = false;
        throw new TransientError("overloaded");
      }
      return plainAnswers.facets(input);
    },
  });
  const { failure, rows } = await memoryRun(INPUT, { config: CONFIG, model, only: ["ingest", "facets"] });
  expect(failure).toBeNull();
  const facets = await rows("facets");
  expect(facets.filter(({ status }) => status === "fallback")).toHaveLength(20);
  // Sixty, and the one that failed.
  expect(calls.facets).toBe(61);
});

test("a model that bills nothing is asked again, and nothing of it is kept", async () => {
  let fails = true;
  const model = scriptedModel({
    facets(input) {
      if (fails && input.messages[0]!.content.startsWith("taxes")) {
        fails = false;
        throw new TransientError("overloaded");
      }
      return plainAnswers.facets(input);
    },
  });
  await memoryRun(INPUT, { config: CONFIG, model, only: ["ingest", "facets"] });
  expect(model.calls.facets).toBeGreaterThan(60);
});
