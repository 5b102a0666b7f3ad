import { describe, expect, test } from "vitest";
import { mannerOf } from "../../../shared/domain/mock/catalogue.ts";
import { createIdentity, exampleIbans, testCards } from "../../../shared/domain/mock/identity.ts";
import { languageIds, plantedKinds } from "../../../shared/domain/mock/script.ts";
import { seededRandom } from "../../../shared/domain/random.ts";
import { detectKinds, isIbanValid, isLuhnValid } from "./detectors.ts";

test.each(testCards)("the test card %s passes Luhn's check", (card) => {
  expect(isLuhnValid(card.replace(/\D/g, ""))).toBe(true);
});

test.each(Object.values(exampleIbans).flat())("the IBAN %s is valid", (iban) => {
  expect(isIbanValid(iban)).toBe(true);
});

describe.each(languageIds)("identities in %s", (language) => {
  const make = (seed: number) =>
    createIdentity(language, mannerOf(language), seededRandom(seed, "mock/identity/7"));

  test.each(plantedKinds)("a %s has the shape of its kind and no other", (kind) => {
    for (let seed = 0; seed < 200; seed++) {
      const value = make(seed).value(kind, seededRandom(seed, "value"));
      expect([value, ...detectKinds(`It is ${value}.`)]).toEqual([value, kind]);
    }
  });

  test("name, mail, phone, address, card and account stay the same", () => {
    for (const kind of ["name", "email", "phone", "address", "card", "iban"] as const) {
      expect(make(3).value(kind, seededRandom(1))).toBe(make(3).value(kind, seededRandom(2)));
    }
  });
});
