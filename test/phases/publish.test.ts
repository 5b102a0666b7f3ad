import { expect, test } from "vitest";
import { publishedKey, publishedLatestKey, publishedPrefix } from "../../shared/keys.ts";
import { readGeneration } from "../../shared/engine/published.ts";
import type { PublishedGeneration } from "../../shared/contracts/published.ts";
import type { RunConfig } from "../../shared/config.ts";
import { chatsAbout, jsonlOf, memoryRun } from "../helpers/memory-run.ts";
import type { MemoryRun } from "../helpers/memory-run.ts";
import { plainAnswers, scriptedModel } from "../helpers/scripted-provider.ts";

const CHATS = chatsAbout(["bake bread", "fix python test"], 120, 40);
const INPUT = jsonlOf(CHATS);
const NUMBER_OF = /^(?<topic>.*) please number (?<n>\d)/;

/** A provider of its own model name, so that facets are asked anew: German for what `isGerman` says. */
const speaking = (model: string, isGerman: (n: number, at: number) => boolean) => {
  const seen = new Map<string, number>();
  const provider = scriptedModel({
    facets: (input) => {
      const text = input.messages[0]!.content;
      const at = seen.get(text) ?? 0;
      seen.set(text, at + 1);
      return {
        ...plainAnswers.facets(input),
        language: isGerman(Number(NUMBER_OF.exec(text)!.groups!["n"]), at) ? "de" : "en",
      };
    },
  });
  return { ...provider, identity: { ...provider.identity, model } };
};

async function generation(run: MemoryRun): Promise<PublishedGeneration> {
  expect(run.failure).toBeNull();
  return (await readGeneration(run.objects, run.run.run_id))!.files;
}

const CONFIG: Partial<RunConfig> = { k: 1, min_conversations: 15, min_users: 5 };
/** 52 of 120 are German, then two more, then most. */
const before = () => speaking("one", (n) => n < 3);
const alike = () => speaking("two", (n, at) => n < 3 || (n === 3 && at === 0));
const different = () => speaking("three", (n) => n >= 1);

test("a number that moved by less than the minimum keeps its old value, and sums still fit", async () => {
  const first = await memoryRun(INPUT, { model: before(), config: CONFIG });
  const old = await generation(first);
  const second = await memoryRun(INPUT, { model: alike(), config: CONFIG, earlier: first });
  const now = await generation(second);
  // What it would have been alone: other numbers by a little.
  const alone = await generation(await memoryRun(INPUT, { model: alike(), config: CONFIG }));
  expect(alone["breakdowns.json"]).not.toEqual(old["breakdowns.json"]);
  expect(now["index.json"].generation).not.toBe(old["index.json"].generation);
  expect(now["breakdowns.json"]).toEqual(old["breakdowns.json"]);
  expect(now["crosstabs.json"]).toEqual(old["crosstabs.json"]);
});

test("numbers that moved by the minimum or more are new", async () => {
  const first = await memoryRun(INPUT, { model: before(), config: CONFIG });
  const old = await generation(first);
  const third = await memoryRun(INPUT, { model: different(), config: CONFIG, earlier: first });
  const now = await generation(third);
  const alone = await generation(await memoryRun(INPUT, { model: different(), config: CONFIG }));
  const language = (files: PublishedGeneration) =>
    files["breakdowns.json"].clusters.map(({ cells }) => cells.language);
  expect(language(now)).not.toEqual(language(old));
  expect(now["breakdowns.json"]).toEqual(alone["breakdowns.json"]);
});

test("publishing again after a crash that had moved the pointer gives the same generation", async () => {
  const first = await memoryRun(INPUT, { model: before(), config: CONFIG });
  const second = await memoryRun(INPUT, { model: alike(), config: CONFIG, earlier: first });
  const now = await generation(second);
  const parts = `runs/${second.run.run_id}/publish/parts/${second.run.phase_states.publish!.fingerprint!}/`;
  await second.objects.delete([
    `${parts}r0000.reduce.json`,
    `runs/${second.run.run_id}/publish/parts/current.json`,
  ]);
  const again = await memoryRun(INPUT, { model: alike(), config: CONFIG, earlier: second });
  expect(await generation(again)).toEqual(now);
});

test("under higher minimums old numbers do not stay, and one generation is left", async () => {
  const first = await memoryRun(INPUT, { model: before(), config: CONFIG });
  const raised = { ...CONFIG, min_conversations: 20 };
  const second = await memoryRun(INPUT, { model: alike(), config: raised, earlier: first });
  const now = await generation(second);
  const alone = await generation(await memoryRun(INPUT, { model: alike(), config: raised }));
  expect(now["breakdowns.json"]).toEqual(alone["breakdowns.json"]);
  const keys: string[] = [];
  for await (const { key } of second.objects.list(publishedPrefix(second.run.run_id))) keys.push(key);
  const fileOf = (file: string) => publishedKey(second.run.run_id, now["index.json"].generation, file);
  expect(keys.sort()).toEqual(
    [...Object.keys(now).map(fileOf), publishedLatestKey(second.run.run_id)].sort(),
  );
});

test("an old generation that cannot be read is no reason to fail", async () => {
  const first = await memoryRun(INPUT, { model: before(), config: CONFIG });
  const { generation: id } = (await readGeneration(first.objects, first.run.run_id))!;
  await first.objects.put(publishedKey(first.run.run_id, id, "map.json"), new TextEncoder().encode("{"));
  const second = await memoryRun(INPUT, { model: alike(), config: CONFIG, earlier: first });
  const alone = await generation(await memoryRun(INPUT, { model: alike(), config: CONFIG }));
  expect((await generation(second))["breakdowns.json"]).toEqual(alone["breakdowns.json"]);
});
