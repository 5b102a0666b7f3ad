import * as fc from "fast-check";
import { expect, test } from "vitest";
import { offlineCustomFacets } from "../../shared/adapters/offline/custom-facets.ts";
import type { Message } from "../../shared/contracts/conversation.ts";
import { customAnswerOf, customFacet } from "../../shared/contracts/facets.ts";
import type { CustomFacet } from "../../shared/contracts/facets.ts";

const AREA: CustomFacet = {
  id: "area",
  question: "Which part of the shop?",
  type: "category",
  values: ["delivery", "payment", "account"],
  patterns: {
    payment: ["refund", "credit card"],
    account: ["password", "c++", "Straße", "e-mail", "email", "退款"],
    delivery: ["parcel"],
  },
};
const REFUND: CustomFacet = {
  id: "refund",
  question: "Money back?",
  type: "boolean",
  patterns: ["money back"],
};

const user = (content: string): Message => ({ role: "user", content });
const answers = (custom: CustomFacet[], ...messages: Message[]) => offlineCustomFacets({ messages, custom });
const area = (text: string) => answers([AREA], user(text))["area"];

test.each<[string, string | null]>([
  ["I want a refund.", "payment"],
  ["REFUND!!!", "payment"],
  ["my “Credit\n Card” was charged", "payment"],
  ["ｒｅｆｕｎｄ please", "payment"],
  ["refunds are slow", null],
  ["prerefund", null],
  ["credit for a card", null],
  ["I write c++ all day", "account"],
  ["I write C all day", null],
  ["in der STRASSE, nein: Straße", "account"],
  ["我要退款", "account"],
  ["my parcel and my refund", "delivery"],
  ["write to [email] now", null],
  ["your e-mail never came", "account"],
  ["credit [name] card", null],
  ["", null],
])("%j is about %s", (text, value) => {
  expect(area(text)).toBe(value);
});

test("only the user's messages count, each by itself", () => {
  const said: Message[] = [
    { role: "assistant", content: "A refund?" },
    user("my credit"),
    user("card is lost"),
  ];
  expect(answers([AREA], ...said)).toEqual({ area: null });
});

test("a boolean with patterns is yes or no, and what has no patterns is null", () => {
  const none = { ...REFUND, patterns: [] };
  const number: CustomFacet = { id: "n", question: "How many?", type: "number", min: 0, max: 9 };
  const text: CustomFacet = { id: "t", question: "What?", type: "text" };
  expect(answers([REFUND], user("I want my money back"))).toEqual({ refund: true });
  expect(answers([REFUND], user("I want my back"))).toEqual({ refund: false });
  expect(answers([none, number, text, { ...AREA, patterns: {} }], user("7 refunds, money back"))).toEqual({
    refund: null,
    n: null,
    t: null,
    area: null,
  });
});

test("every answer fits its definition, whatever the words", () => {
  const word = fc.constantFrom("refund", "money", "back", "credit", "card", "a", "\u0000", "(", ".*");
  const phrase = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => `x${words.join(" ")}`);
  const facet = fc.record({ yes: fc.array(phrase), first: fc.array(phrase) }).map(({ yes, first }) => [
    customFacet.parse({ id: "b", question: "?", type: "boolean", patterns: yes }),
    customFacet.parse({
      id: "c",
      question: "?",
      type: "category",
      values: ["u", "v"],
      patterns: { u: first },
    }),
  ]);
  fc.assert(
    fc.property(facet, fc.array(fc.oneof(word, phrase)), (custom, words) => {
      const given = answers(custom, user(words.join(" ")));
      for (const one of custom) expect(customAnswerOf(one).parse(given[one.id])).toBe(given[one.id]);
      for (const said of words)
        if (custom[0]!.type === "boolean" && custom[0]!.patterns.includes(said))
          expect(given["b"]).toBe(true);
    }),
  );
});

test("patterns are words, never expressions", () => {
  expect(
    answers([{ ...REFUND, patterns: ["(a+)+$", "r.fund"] }], user(`refund ${"a".repeat(50_000)}!`)),
  ).toEqual({
    refund: false,
  });
});
