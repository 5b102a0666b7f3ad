import { expect, test } from "vitest";
import { keptProvider } from "../../lambdas/kept-provider.ts";
import { manualClock } from "../../shared/adapters/memory/manual-clock.ts";
import { openProvider } from "../../shared/adapters/open-provider.ts";
import { runConfig } from "../../shared/config.ts";
import type { RunConfig } from "../../shared/config.ts";
import { hashingEmbedder, scriptedModel } from "../helpers/scripted-provider.ts";

const { signal } = new AbortController();
const clock = manualClock(0);
const world = {
  environment: async () => ({}),
  clock,
  random: () => 0.5,
  signal,
  share: 1,
};

/** What was opened and closed, in order. */
function counting() {
  const events: string[] = [];
  const open = async ({ provider, seed }: RunConfig) => {
    events.push(`open ${provider} ${seed}`);
    const embedder = { ...hashingEmbedder(), close: async () => void events.push("close") };
    return { model: scriptedModel(), embedder };
  };
  return { events, open: open as typeof openProvider };
}

const asks = runConfig.parse({ provider: "openai", seed: 1 });
const offline = runConfig.parse({ seed: 1 });

test("events of the same settings share a provider; others replace it", async () => {
  const { events, open } = counting();
  const provider = keptProvider(() => world, clock, open);
  const first = await provider(asks, signal);
  expect(await provider(asks, signal)).toBe(first);
  await provider(runConfig.parse({ provider: "openai", seed: 2 }), signal);
  expect(events).toEqual(["open openai 1", "open openai 2", "close"]);
});

test("one that has keys is opened anew after ten minutes, so that a rotated key is read; the offline one is not", async () => {
  const moving = manualClock(0);
  const { events, open } = counting();
  const keyed = keptProvider(() => world, moving, open);
  const keyless = keptProvider(() => world, moving, open);
  await keyed(asks, signal);
  await keyless(offline, signal);
  await moving.sleep(599_999, signal);
  await keyed(asks, signal);
  expect(events).toEqual(["open openai 1", "open offline 1"]);
  await moving.sleep(1, signal);
  await keyed(asks, signal);
  await keyless(offline, signal);
  expect(events).toEqual(["open openai 1", "open offline 1", "open openai 1", "close"]);
});

test("one that could not be opened is tried again, and the hint speaks of the stage's secret", async () => {
  const keys: Record<string, string>[] = [
    {},
    { JINA_API_KEY: "k" },
    { JINA_API_KEY: "k", OPENAI_API_KEY: "k" },
  ];
  const provider = keptProvider(
    () => {
      const environment = keys.shift()!;
      return { ...world, environment: async () => environment };
    },
    clock,
    openProvider,
  );
  const missing = { name: "ClioUsageError", code: "no_key", hint: expect.stringContaining("secret") };
  await expect(provider(asks, signal)).rejects.toMatchObject({
    ...missing,
    message: expect.stringContaining("JINA_API_KEY"),
  });
  await expect(provider(asks, signal)).rejects.toMatchObject({
    ...missing,
    message: expect.stringContaining("OPENAI_API_KEY"),
  });
});
