import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { offlineLabel } from "../../shared/adapters/offline/label.ts";
import { parentNames } from "../../shared/adapters/offline/naming/parents.ts";
import { namingTools } from "../../shared/adapters/offline/naming/tools.ts";
import { offlineFacets } from "../../shared/adapters/offline/facets.ts";
import { MAX_NAME_WORDS } from "../../shared/contracts/model-tasks.ts";
import type { LabelMember } from "../../shared/contracts/model-tasks.ts";
import { isCommonEnglish } from "../../shared/domain/text/lexicon.ts";
import { sentences } from "../../shared/domain/text/sentences.ts";
import { tokens } from "../../shared/domain/text/words.ts";

const tools = await namingTools();
const { eld } = await import("eld/extrasmall");

/** A member as the facets phase makes it of a user's message. */
function member(content: string): LabelMember {
  const { summary, request, task, topic } = offlineFacets({ messages: [{ role: "user", content }] }, eld);
  return { summary: summary ?? "Nothing notable was asked.", request, task, topic };
}
const members = (...texts: string[]): LabelMember[] => texts.map(member);
const name = (inside: readonly LabelMember[], outsiders: readonly LabelMember[] = [], taken: string[] = []) =>
  offlineLabel({ members: [...inside], outsiders: [...outsiders], words: [], taken }, tools).name;

const flights = members(
  "book a flight from denver to austin",
  "book me a flight to rome",
  "i need to book a flight for monday",
  "please book a flight to oslo",
);
const hotels = members(
  "book a hotel in paris",
  "i want to book a hotel near the station",
  "book me a hotel for two nights",
  "can you book a hotel in lyon",
);

describe("the name of a cluster", () => {
  it("covers both parts of a mixed cluster", () => {
    expect(name([...flights, ...hotels])).toMatch(/^Book a (?:flight|hotel) and a (?:flight|hotel)$/);
  });

  it("says where things are put, not what one member puts there", () => {
    const texts = [
      "wonder by hillsong",
      "hero by skillet",
      "someday by the strokes",
      "broken by sade",
      "hurt by cash",
    ];
    expect(name(members(...texts.map((song) => `add ${song} to my playlist`)))).toBe(
      "Add something to the playlist",
    );
  });

  it("tells a thing from others of its kind by what is said of it", () => {
    const inside = members(
      "my card was declined yesterday",
      "why was my card declined at the shop",
      "my card got declined again",
      "report a damaged card",
      "my card is damaged",
      "my card got damaged",
      "the card was declined in rome",
      "i need to report my card, it was damaged",
    );
    const outsiders = members(
      "what is the limit of my card",
      "order a new card",
      "when does my card expire",
      "rewards of my card",
    );
    expect(name(inside, outsiders)).toMatch(/\b(?:declined or damaged|damaged or declined) card$/);
  });

  it("says that the assistant is asked about itself", () => {
    const inside = members(
      "do you have any pets",
      "what pets do you own",
      "tell me about your pets",
      "are your pets dogs",
    );
    expect(name(inside)).toMatch(/^Ask the assistant about pets/);
  });

  it("speaks of a verb alone where things differ", () => {
    const inside = members(
      "repeat that",
      "please repeat it",
      "can you repeat that",
      "repeat that again please",
    );
    expect(name(inside, flights)).toBe("Repeat that");
  });

  it("names replies and politeness", () => {
    expect(
      name(members("that is true", "i think it is false", "it is true", "this is false", "not true")),
    ).toMatch(/^(?:Say that something is|Exchange) /);
    const polite = [
      "thanks for your help",
      "i am grateful for this",
      "see you later my friend",
      "goodbye and take care",
    ];
    expect(name(polite.map((text) => ({ request: text, task: text, topic: text, summary: text })))).toBe(
      "Exchange thanks and goodbyes",
    );
  });

  it("finds a word for what members mean who share none", () => {
    const inside = members(
      "how long is someone with shingles contagious",
      "numb fingers every morning, carpal tunnel or worse",
      "what does a low ferritin level mean",
      "is ibuprofen safe with an ulcer",
      "why does my rash itch at night",
    );
    const label = offlineLabel(
      { members: inside, outsiders: [...flights, ...hotels], words: [], taken: [] },
      tools,
    );
    expect(label.name).not.toMatch(/various|other/i);
    expect(label.name).toMatch(/^(?:Ask about|Get help with) [a-z]+/);
  });

  it("names the language of requests that no glossary knows", () => {
    const inside = ["uno", "dos", "tres"].map((word) => ({
      request: `${word} (Spanish)`,
      task: "answer in Spanish",
      topic: word,
      summary: `The user wrote in Spanish about: ${word}.`,
    }));
    expect(name(inside)).toMatch(/in Spanish/);
  });

  it("drops a second verb before a second subject when ten words are not enough", () => {
    const inside = members(
      "i lost my luggage on the flight",
      "my luggage is lost",
      "my luggage did not arrive",
      "where is my luggage",
      "find my package",
      "track my package",
      "find my package please",
      "track my package now",
    );
    const found = name(inside);
    expect(found).toMatch(/luggage/);
    expect(found).toMatch(/package/);
  });
});

describe("any cluster", () => {
  const word = fc.constantFrom(
    ..."book flight hotel my the a card declined is was zyxqua brontek set alarm for to in please why how what you pets true thanks recipe and of with".split(
      " ",
    ),
  );
  const sentence = fc.array(word, { maxLength: 9 }).map((list) => list.join(" "));
  const hostile = fc.string({ unit: "binary", maxLength: 30 });
  const text = fc.oneof({ weight: 4, arbitrary: sentence }, { weight: 1, arbitrary: hostile });
  const nullable = fc.option(text, { nil: null, freq: 8 });
  const anyMember = fc.record({ request: nullable, task: nullable, topic: nullable, summary: text });
  const cluster = fc.array(anyMember, { minLength: 1, maxLength: 16 });

  it("gets a name of at most ten words that is not taken, of words that may be shown, and two sentences", () => {
    fc.assert(
      fc.property(cluster, cluster, fc.nat({ max: 3 }), (inside, outsiders, repeats) => {
        const taken: string[] = [];
        const texts = inside.map(
          ({ request, task, topic, summary }) => request ?? task ?? (topic === null ? "" : summary),
        );
        const users = (token: string): number => texts.filter((own) => tokens(own).includes(token)).length;
        for (let i = 0; i <= repeats; i++) {
          const label = offlineLabel({ members: inside, outsiders, words: [], taken }, tools);
          expect(label.name.split(/\s+/u).length).toBeLessThanOrEqual(MAX_NAME_WORDS);
          expect(taken).not.toContain(label.name);
          expect(`${label.name}${label.description}`).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
          expect(sentences(label.description)).toHaveLength(2);
          // Numbers only tell equal names apart.
          for (const token of tokens(`${label.name} ${label.description}`))
            expect(isCommonEnglish(token) || /^\d+$/.test(token) || users(token) >= 5, token).toBe(true);
          taken.push(label.name);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("the name of a parent", () => {
  const child = (childName: string, size: number) => ({ name: childName, description: "Users write.", size });

  it("joins what its children are about, in the plural where one of many is meant", () => {
    const [first] = parentNames(
      [child("Book a flight", 50), child("Ask about a hotel", 40), child("Check the visa", 30)],
      tools,
    );
    expect(first).toBe("flights, hotels and visa");
  });

  it("never takes what is done for what it is done to", () => {
    const names = parentNames(
      [child("Check the bill", 9), child("Increase the limit", 8), child("Report a card", 7)],
      tools,
    );
    expect(names.join(" ")).not.toMatch(/check|increase|report/);
  });
});
