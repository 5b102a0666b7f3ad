import { career } from "./domains/career.ts";
import { cooking } from "./domains/cooking.ts";
import { customerSupport } from "./domains/customer-support.ts";
import { dataAnalysis } from "./domains/data-analysis.ts";
import { education } from "./domains/education.ts";
import { healthFitness } from "./domains/health-fitness.ts";
import { homeDiy } from "./domains/home-diy.ts";
import { legalAdmin } from "./domains/legal-admin.ts";
import { leisureFamily } from "./domains/leisure-family.ts";
import { personalFinance } from "./domains/personal-finance.ts";
import { programming } from "./domains/programming.ts";
import { fewConversations, fewUsers } from "./domains/rare.ts";
import { sensitive } from "./domains/sensitive.ts";
import { travel } from "./domains/travel.ts";
import { writing } from "./domains/writing.ts";
import { english } from "./languages/en.ts";
import { dutch } from "./languages/nl.ts";
import { french } from "./languages/fr.ts";
import { german } from "./languages/de.ts";
import { italian } from "./languages/it.ts";
import { japanese } from "./languages/ja.ts";
import { portuguese } from "./languages/pt.ts";
import { spanish } from "./languages/es.ts";
import type { LanguageId, LanguagePack, Manner, Script, UseCase } from "./script.ts";

/** The first use case of the first eight domains exists in every language: small corpora consist of these. */
const byDomain: readonly (readonly UseCase[])[] = [
  writing,
  programming,
  customerSupport,
  travel,
  cooking,
  personalFinance,
  healthFitness,
  dataAnalysis,
  education,
  career,
  legalAdmin,
  homeDiy,
  leisureFamily,
];

/** Ordinary use cases, most popular first: the first of each domain, then the second of each, and so on. */
export const ordinaryUseCases: readonly UseCase[] = roundRobin(byDomain);

export { fewConversations, fewUsers, sensitive as sensitiveUseCases };

export const allUseCases: readonly UseCase[] = [
  ...ordinaryUseCases,
  ...sensitive,
  ...fewConversations,
  ...fewUsers,
];

export const languagePacks: Readonly<Record<Exclude<LanguageId, "en">, LanguagePack>> = {
  es: spanish,
  de: german,
  fr: french,
  pt: portuguese,
  it: italian,
  nl: dutch,
  ja: japanese,
};

export function mannerOf(language: LanguageId): Manner {
  return language === "en" ? english : languagePacks[language].manner;
}

/** The script of a use case in a language, or undefined when it has none. */
export function scriptOf(useCase: UseCase, language: LanguageId): Script | undefined {
  return language === "en" ? useCase.english : languagePacks[language].scripts[useCase.id];
}

function roundRobin<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(...lists.map((list) => list.length));
  const result: T[] = [];
  for (let rank = 0; rank < longest; rank++) {
    for (const list of lists) {
      const item = list[rank];
      if (item !== undefined) result.push(item);
    }
  }
  return result;
}
