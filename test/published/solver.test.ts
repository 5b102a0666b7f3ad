import { expect, test } from "vitest";
import { crosstabPairs } from "../../shared/domain/published/cells.ts";
import { randomInt, seededRandom } from "../../shared/domain/random.ts";
import { Reader, SCALES } from "./attacker.ts";
import type { Chat, Name } from "./attacker.ts";

/** Small minimums for small worlds. Each conversation is of another user: users hide nothing beyond the count. */
const MINIMUMS = { min_users: 1, min_conversations: 5 };

/** Two clusters, of 30 to 59 conversations each; first values of a scale are the most frequent, and values go together. */
function world(seed: number): Chat[] {
  const random = seededRandom(seed, "test/published");
  const pick = (name: Name): string => SCALES[name][Math.floor(random() ** 1.5 * SCALES[name].length)]!;
  let user = 0;
  return ["a", "b"].flatMap((leaf) =>
    Array.from({ length: 30 + randomInt(random, 30) }, (): Chat => {
      const language = pick("language");
      // A language has its own ratings half of the time: tables with structure give more away than independent ones.
      const concern =
        random() < 0.5 ? SCALES.concern[SCALES.language.indexOf(language as "en")]! : pick("concern");
      return { leaf, user: user++, language, concern, frustration: pick("frustration"), week: pick("week") };
    }),
  );
}

/** Conversations that are alike, each of another user. */
function alike(n: number, chat: Pick<Chat, "leaf" | "language" | "concern" | "week">): Chat[] {
  return Array.from({ length: n }, (_, user) => ({ ...chat, frustration: "1", user }));
}

const SEEDS = Array.from({ length: Number(process.env["CLIO_SOLVER_WORLDS"] ?? 6) }, (_, i) => i + 1);

test.each(SEEDS)("world %i: no count below the minimum follows from all that is published", async (seed) => {
  const { groups, leaks } = await new Reader(world(seed), MINIMUMS).leaks();
  expect(groups).toBeGreaterThan(50);
  expect(leaks).toEqual([]);
});

test("a small cell that is published is found", async () => {
  const reader = new Reader(world(1), MINIMUMS);
  const [language, week] = ["fr", "2026-09-21"];
  const holds = (chat: { leaf: string; language: string; week: string }): boolean =>
    chat.leaf === "a" && chat.language === language && chat.week === week;
  const planted = reader.truth(holds);
  expect(planted).toBeGreaterThan(0);
  expect(planted).toBeLessThan(MINIMUMS.min_conversations);
  reader.state("planted", holds, planted);
  const { leaks } = await reader.leaks();
  expect(leaks).toContainEqual({
    about: JSON.stringify({ leaf: "a", language, week }),
    truth: planted,
    low: planted,
    high: planted,
  });
});

test("a parent's total that is the true one, not the sum of what is published, is found", async () => {
  // Cluster a hides its one French conversation with its German ones, b shows its French ones.
  const languages: [string, string, number][] = [
    ["a", "en", 12],
    ["a", "de", 6],
    ["a", "fr", 1],
    ["b", "en", 9],
    ["b", "fr", 7],
  ];
  const chats = languages.flatMap(([leaf, language, n]) =>
    alike(n, { leaf, language, concern: "1", week: "2026-09-07" }),
  );
  expect((await new Reader(chats, MINIMUMS).leaks()).leaks).toEqual([]);
  const reader = new Reader(chats, MINIMUMS);
  reader.state("true total", ({ language }) => language === "fr", 8);
  const { leaks } = await reader.leaks();
  expect(leaks.map(({ about }) => about)).toContain(JSON.stringify({ leaf: "a", language: "fr" }));
});

test("language by week would close a ring with language by concern and concern by week, and give a count away", async () => {
  // Three conversations differ from each of three groups of six in one dimension; nothing else is there. Every cell of the
  // three tables is empty or has six or nine, and together they leave nothing but three.
  const [first, second] = ["2026-09-07", "2026-09-14"];
  const chats = [
    ...alike(3, { leaf: "a", language: "en", concern: "1", week: first }),
    ...alike(6, { leaf: "a", language: "de", concern: "1", week: first }),
    ...alike(6, { leaf: "a", language: "en", concern: "2", week: first }),
    ...alike(6, { leaf: "a", language: "en", concern: "1", week: second }),
  ];
  expect((await new Reader(chats, MINIMUMS).leaks()).leaks).toEqual([]);
  const ring = [...crosstabPairs([]), { rows: "language", columns: "week" } as const];
  const { leaks } = await new Reader(chats, MINIMUMS, ring).leaks();
  const about = JSON.stringify({ leaf: "a", language: "en", concern: "1", week: first });
  expect(leaks).toContainEqual({ about, truth: 3, low: 3, high: 3 });
});
