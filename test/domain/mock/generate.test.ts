import * as fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { conversation as contract } from "../../../shared/contracts/conversation.ts";
import {
  allUseCases,
  fewConversations,
  fewUsers,
  ordinaryUseCases,
  sensitiveUseCases,
} from "../../../shared/domain/mock/catalogue.ts";
import { MAX_USER_TURNS } from "../../../shared/domain/mock/dialogue.ts";
import type { LabelledConversation } from "../../../shared/domain/mock/generate.ts";
import { DEFAULT_START, generateCorpus } from "../../../shared/domain/mock/generate.ts";
import { CORPUS_DAYS } from "../../../shared/domain/mock/schedule.ts";
import { detectKinds } from "./detectors.ts";

const START = Date.parse(DEFAULT_START);

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  return Map.groupBy(items, key);
}

function userText({ conversation }: LabelledConversation): string {
  return conversation.messages.find((message) => message.role === "user")?.content ?? "";
}

function usersOf(items: readonly LabelledConversation[]): Set<string | undefined> {
  return new Set(items.map(({ conversation }) => conversation.user_id));
}

function share<T>(items: readonly T[], has: (item: T) => boolean): number {
  return items.filter(has).length / items.length;
}

test("the same options give the same corpus, another seed gives another", () => {
  const make = (seed: number): string => JSON.stringify([...generateCorpus({ count: 60, seed })]);
  expect(make(5)).toBe(make(5));
  expect(make(5)).not.toBe(make(6));
});

test("any small corpus is valid and complete", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 45 }),
      fc.integer({ min: 0, max: 2 ** 32 - 1 }),
      fc.integer({ min: 1, max: 20 }),
      (count, seed, users) => {
        const corpus = [...generateCorpus({ count, seed, users })];
        expect(corpus).toHaveLength(count);
        expect(new Set(corpus.map(({ conversation }) => conversation.conversation_id)).size).toBe(count);
        expect(usersOf(corpus).size).toBeLessThanOrEqual(users);
        for (const { conversation, truth } of corpus) {
          expect(contract.safeParse(conversation).error).toBeUndefined();
          expect(truth.conversation_id).toBe(conversation.conversation_id);
        }
      },
    ),
    { numRuns: 40 },
  );
});

test("another start moves every timestamp by as much", () => {
  const times = (start: string): number[] =>
    Array.from(generateCorpus({ count: 30, seed: 1, start }), ({ conversation }) =>
      Date.parse(conversation.timestamp ?? ""),
    );
  // Four weeks, so that the weekdays are the same.
  const moved = times("2026-09-29T00:00:00Z");
  expect(moved).toEqual(times("2026-09-01T00:00:00Z").map((time) => time + 28 * 86_400_000));
});

test.each([
  { count: -1, seed: 1 },
  { count: 1.5, seed: 1 },
  { count: 1, seed: 0.5 },
  { count: 1, seed: 1, users: 0 },
  { count: 1, seed: 1, start: "soon" },
])("%o is refused", (options) => {
  expect(() => [...generateCorpus(options)]).toThrow(RangeError);
});

test("a longer corpus has more use cases: one per 30 conversations, at least three, at most all", () => {
  const ordinary = new Set(ordinaryUseCases.map((useCase) => useCase.id));
  const active = (count: number): number =>
    new Set(
      Array.from(generateCorpus({ count, seed: 1 }), ({ truth }) => truth.use_case).filter((id) =>
        ordinary.has(id),
      ),
    ).size;
  expect(active(60)).toBe(3);
  expect(active(240)).toBe(8);
  expect(active(900)).toBe(30);
  expect(active(2_400)).toBe(ordinaryUseCases.length);
});

test("rare use cases stay rare in a large corpus", () => {
  const corpus = [...generateCorpus({ count: 12_000, seed: 2 })];
  const groups = groupBy(corpus, ({ truth }) => truth.use_case);
  expect(fewConversations.map(({ id }) => groups.get(id)?.length)).toEqual([11, 11, 11, 11]);
  expect(fewUsers.map(({ id }) => usersOf(groups.get(id) ?? []).size)).toEqual([3]);
});

describe.each([7, 1, 20])("2,400 conversations with seed %i", (seed) => {
  let corpus: LabelledConversation[];
  let groups: Map<string, LabelledConversation[]>;

  beforeAll(() => {
    corpus = [...generateCorpus({ count: 2_400, seed })];
    groups = groupBy(corpus, ({ truth }) => truth.use_case);
  });

  test("satisfy the contract, with every field that a run can use", () => {
    for (const { conversation } of corpus) {
      expect(contract.parse(conversation)).toEqual(conversation);
      expect(Object.keys(conversation.metadata ?? {})).toEqual(["channel", "app_version", "plan", "country"]);
    }
    const roles = new Set(
      corpus.flatMap(({ conversation }) => conversation.messages.map(({ role }) => role)),
    );
    expect([...roles].sort()).toEqual(["assistant", "developer", "system", "tool", "user"]);
  });

  test("hold every use case, most with 20 conversations of six users, popular ones with many more", () => {
    const tooSmall = ordinaryUseCases.filter(({ id }) => {
      const members = groups.get(id) ?? [];
      return members.length < 20 || usersOf(members).size < 6;
    });
    expect(tooSmall.map(({ id }) => id)).toEqual([]);
    expect(groups.size).toBe(allUseCases.length);
    const sizes = [...groups.values()].map((members) => members.length).sort((a, b) => b - a);
    expect(sizes[0]).toBeGreaterThan(5 * (sizes[30] ?? Infinity));
  });

  test("hold a few use cases that the default minimums must withhold", () => {
    for (const { id } of fewConversations) expect(groups.get(id)?.length).toBeLessThan(15);
    for (const { id } of fewUsers) {
      expect(groups.get(id)?.length).toBeGreaterThanOrEqual(15);
      expect(usersOf(groups.get(id) ?? []).size).toBeLessThan(5);
    }
  });

  test("three in a hundred are worrying", () => {
    const worrying = share(corpus, ({ truth }) => truth.concern >= 4);
    expect(worrying).toBeGreaterThan(0.025);
    expect(worrying).toBeLessThan(0.035);
    expect(sensitiveUseCases.filter(({ id }) => !groups.has(id))).toEqual([]);
  });

  test("are in English for the most part and in seven other languages", () => {
    expect(share(corpus, ({ truth }) => truth.language === "en")).toBeGreaterThan(0.73);
    expect(share(corpus, ({ truth }) => truth.language === "en")).toBeLessThan(0.83);
    const languages = groupBy(corpus, ({ truth }) => truth.language);
    expect(languages.size).toBe(8);
    expect([...languages].filter(([, members]) => members.length < 15)).toEqual([]);
  });

  test("come from 300 users of unequal activity, each with a few favourite domains", () => {
    const users = [...groupBy(corpus, ({ conversation }) => conversation.user_id ?? "").values()].sort(
      (a, b) => b.length - a.length,
    );
    expect(users).toHaveLength(300);
    const topTenth = users.slice(0, 30).reduce((sum, own) => sum + own.length, 0) / corpus.length;
    expect(topTenth).toBeGreaterThan(0.25);
    expect(topTenth).toBeLessThan(0.45);
    expect(users[0]?.length).toBeLessThan(0.06 * corpus.length);
    for (const own of users.filter((conversations) => conversations.length >= 20)) {
      const domains = [...groupBy(own, ({ truth }) => truth.domain).values()].map((part) => part.length);
      const favourites = domains.sort((a, b) => b - a).slice(0, 4);
      expect(favourites.reduce((sum, part) => sum + part, 0) / own.length).toBeGreaterThan(0.65);
      expect(new Set(own.map(({ conversation }) => conversation.metadata?.["country"])).size).toBe(1);
    }
  });

  test("lie in one month, in order, and mostly in the daytime of those who write", () => {
    const times = corpus.map(({ conversation }) => Date.parse(conversation.timestamp ?? ""));
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times[0]).toBeGreaterThanOrEqual(START);
    expect(times.at(-1)).toBeLessThan(START + CORPUS_DAYS * 86_400_000);
    const localHours = corpus.map(({ conversation }) => Number(conversation.timestamp?.slice(11, 13)));
    expect(share(localHours, (hour) => hour < 6)).toBeLessThan(0.12);
    expect(new Set(corpus.map(({ conversation }) => conversation.timestamp?.slice(19))).size).toBeGreaterThan(
      5,
    );
  });

  test("alternate, begin with the user but for instructions, and have one to six questions", () => {
    const lengths = new Set<number>();
    for (const { conversation } of corpus) {
      const talk = conversation.messages.filter(({ role }) => role === "user" || role === "assistant");
      for (const [at, message] of talk.entries())
        expect(message.role).toBe(at % 2 === 0 ? "user" : "assistant");
      lengths.add(talk.filter(({ role }) => role === "user").length);
    }
    expect([...lengths].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(MAX_USER_TURNS).toBe(6);
  });

  test("are short and long", () => {
    const sizes = corpus.map((item) => userText(item).length).sort((a, b) => a - b);
    expect(sizes[Math.floor(0.05 * sizes.length)]).toBeLessThan(45);
    expect(sizes.at(-1)).toBeGreaterThan(900);
  });

  test("a tenth asks for two things, of which the truth names the first", () => {
    const multi = share(corpus, ({ truth }) => truth.multi_topic);
    expect(multi).toBeGreaterThan(0.07);
    expect(multi).toBeLessThan(0.12);
  });

  test("hold personal data exactly where and of the kinds that the truth says", () => {
    const wrong = corpus.filter(({ conversation, truth }) => {
      const found = detectKinds(conversation.messages.map(({ content }) => content).join("\n"));
      return found.size !== truth.planted.length || truth.planted.some((kind) => !found.has(kind));
    });
    expect(wrong).toEqual([]);
    const planted = share(corpus, ({ truth }) => truth.planted.length > 0);
    expect(planted).toBeGreaterThan(0.12);
    expect(planted).toBeLessThan(0.18);
    const kinds = new Set(corpus.flatMap(({ truth }) => truth.planted));
    expect(kinds.size).toBe(10);
  });

  test("hardly repeat themselves", () => {
    const same = groupBy(corpus, userText);
    const repeated = [...same.values()].filter((members) => members.length > 1);
    expect(repeated.reduce((sum, members) => sum + members.length, 0) / corpus.length).toBeLessThan(0.05);
    const alike = [...groups.values()].reduce((sum, members) => sum + countAlike(members, 0.8), 0);
    expect(alike / corpus.length).toBeLessThan(0.08);
  });

  test("are free of broken templates", () => {
    for (const { conversation } of corpus) {
      for (const { content } of conversation.messages) {
        expect(content).toBe(content.trim());
        expect(content.length).toBeGreaterThan(0);
        expect(content).not.toMatch(/\{[a-z^~]|\|\}| {2}\S(?<!\n {2}\S)(?<! {3}\S)/);
      }
    }
  });
});

/** How many first messages have the same runs of three words as another one, but for a part (Jaccard). */
function countAlike(members: readonly LabelledConversation[], least: number): number {
  const shingles = members.map((item) => {
    const words = userText(item).toLowerCase().split(/\s+/);
    return new Set(
      words.map((_, at) => words.slice(at, at + 3).join(" ")).slice(0, Math.max(1, words.length - 2)),
    );
  });
  return shingles.filter((own) =>
    shingles.some((other) => {
      if (other === own) return false;
      const common = own.intersection(other).size;
      return common / (own.size + other.size - common) >= least;
    }),
  ).length;
}

test("240 conversations, the smallest corpus with several clusters, give each use case its minimum", () => {
  for (const seed of [7, 1, 2, 3]) {
    const corpus = [...generateCorpus({ count: 240, seed })];
    const groups = groupBy(corpus, ({ truth }) => truth.use_case);
    for (const { id } of ordinaryUseCases.slice(0, 8)) {
      expect(groups.get(id)?.length, `${seed} ${id}`).toBeGreaterThanOrEqual(15);
      expect(usersOf(groups.get(id) ?? []).size, `${seed} ${id}`).toBeGreaterThanOrEqual(5);
    }
  }
});
