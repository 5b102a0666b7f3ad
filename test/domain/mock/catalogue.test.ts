import { describe, expect, test } from "vitest";
import {
  allUseCases,
  fewConversations,
  fewUsers,
  languagePacks,
  mannerOf,
  ordinaryUseCases,
  scriptOf,
  sensitiveUseCases,
} from "../../../shared/domain/mock/catalogue.ts";
import type { Script } from "../../../shared/domain/mock/script.ts";
import { languageIds, plantedKinds } from "../../../shared/domain/mock/script.ts";
import { fieldNames, parseTemplate } from "../../../shared/domain/mock/template.ts";
import { detectKinds } from "./detectors.ts";

const scripts: readonly [string, Script][] = allUseCases.flatMap((useCase) =>
  languageIds.flatMap((language): [string, Script][] => {
    const script = scriptOf(useCase, language);
    return script === undefined ? [] : [[`${useCase.id} ${language}`, script]];
  }),
);

function templatesOf(script: Script): string[] {
  return [
    ...script.requests,
    ...(script.terse ?? []),
    ...(script.details ?? []),
    ...(script.pastes ?? []),
    ...script.replies,
    ...(script.tips ?? []),
    ...script.followUps.flat(),
    ...(script.slips ?? []).flat(),
    ...(script.tool === undefined ? [] : [script.tool.content]),
  ];
}

describe("the catalogue", () => {
  test("has at least 60 ordinary use cases in at least 10 domains, each with an id of its own", () => {
    expect(ordinaryUseCases.length).toBeGreaterThanOrEqual(60);
    expect(new Set(ordinaryUseCases.map((useCase) => useCase.domain)).size).toBeGreaterThanOrEqual(10);
    expect(new Set(allUseCases.map((useCase) => useCase.id)).size).toBe(allUseCases.length);
  });

  test("has at least eight requests per use case in English, all different", () => {
    const poor = allUseCases.filter(({ english }) => new Set(english.requests).size < 8);
    expect(poor.map(({ id }) => id)).toEqual([]);
  });

  test("has at least 12 use cases with four requests each in every other language", () => {
    const ids = new Set(allUseCases.map((useCase) => useCase.id));
    for (const { scripts: own } of Object.values(languagePacks)) {
      expect(Object.keys(own).length).toBeGreaterThanOrEqual(12);
      expect(Object.keys(own).filter((id) => !ids.has(id))).toEqual([]);
      expect(Object.values(own).filter((script) => new Set(script.requests).size < 4)).toEqual([]);
    }
  });

  test("has the eight most popular use cases in every language and from eight domains", () => {
    const popular = ordinaryUseCases.slice(0, 8);
    expect(new Set(popular.map((useCase) => useCase.domain)).size).toBe(8);
    for (const useCase of popular) {
      for (const language of languageIds) expect(scriptOf(useCase, language)).toBeDefined();
    }
  });

  test("rates worries 4 or 5 and everything else at most 2", () => {
    for (const useCase of sensitiveUseCases) expect(useCase.concern).toBeGreaterThanOrEqual(4);
    for (const useCase of [...ordinaryUseCases, ...fewConversations, ...fewUsers]) {
      expect(useCase.concern ?? 1).toBeLessThanOrEqual(2);
    }
  });
});

describe.each(scripts)("%s", (_name, script) => {
  test("every template can be expanded with every scene", () => {
    const [first] = script.scenes;
    const fields = Object.keys(first ?? {}).sort();
    for (const scene of script.scenes) expect(Object.keys(scene).sort()).toEqual(fields);
    const known = new Set([...fields, ...Object.keys(script.slots ?? {})]);
    for (const template of templatesOf(script)) {
      const unknown = [...fieldNames(parseTemplate(template))].filter((name) => !known.has(name));
      expect([template, ...unknown]).toEqual([template]);
    }
    for (const name of script.known ?? []) expect(known).toContain(name);
  });

  test("every field is used, and no field is both of the scene and a slot", () => {
    const used = new Set(templatesOf(script).flatMap((template) => [...fieldNames(parseTemplate(template))]));
    for (const name of Object.keys(script.scenes[0] ?? {})) {
      expect(used).toContain(name);
      expect(Object.keys(script.slots ?? {})).not.toContain(name);
    }
    for (const name of Object.keys(script.slots ?? {})) expect(used).toContain(name);
  });

  test("no personal data, so that all of it is planted and in the truth", () => {
    const text = JSON.stringify(script).replaceAll("\\n", "\n");
    expect(detectKinds(text)).toEqual(new Set());
  });
});

describe.each(languageIds)("the manner of %s", (language) => {
  const manner = mannerOf(language);

  test("sentences with personal data ask for known kinds only", () => {
    for (const plant of manner.plants) {
      const names = [...fieldNames(parseTemplate(plant.text))];
      expect(names.length).toBeGreaterThan(0);
      for (const name of names) expect(plantedKinds).toContain(name);
      for (const id of plant.useCases ?? []) expect(allUseCases.map((useCase) => useCase.id)).toContain(id);
    }
    expect(manner.plants.some((plant) => plant.domains === undefined && plant.useCases === undefined)).toBe(
      true,
    );
  });

  test("addresses have a place for the number", () => {
    for (const address of manner.addresses) expect(address).toContain("{number}");
  });
});

test("every kind of personal data has an English sentence", () => {
  const asked = new Set(mannerOf("en").plants.flatMap((plant) => [...fieldNames(parseTemplate(plant.text))]));
  expect([...asked].sort()).toEqual([...plantedKinds].sort());
});
