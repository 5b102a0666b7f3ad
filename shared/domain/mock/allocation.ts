import { seededRandom, shuffle } from "../random.ts";
import type { Random } from "../random.ts";
import { fewConversations, fewUsers, ordinaryUseCases, scriptOf, sensitiveUseCases } from "./catalogue.ts";
import { languageShares } from "./population.ts";
import type { LanguageId, UseCase } from "./script.ts";
import { languageIds } from "./script.ts";

/** One ordinary use case is in play per so many conversations: small corpora get few use cases with enough members each. */
export const CONVERSATIONS_PER_USE_CASE = 30;
const FEWEST_USE_CASES = 3;

/** Share of worrying conversations, and how it is divided among `sensitiveUseCases`, in their order. */
const SENSITIVE_SHARE = 0.03;
const SENSITIVE_WEIGHTS = [20, 20, 10, 6, 5, 4, 4, 3] as const;

/** This part of the ordinary conversations is divided evenly, the rest by rank (Zipf, exponent 1): all have some, few have many. */
const EVEN_PART = 0.62;

/** A use case with few conversations has one per 220 of the corpus and never more than 11: below the default minimum of 15. */
const FEW = { per: 220, most: 11 } as const;
/** The one with few users has one per 100, at most 24, all by 3 users: below the default minimum of 5. */
const OWNED = { per: 100, most: 24 } as const;
export const OWNERS = 3;

/** Cards in a deck: with 600, four decks make 2,400, and each use case gets its share of every deck to within one. */
const DECK_SIZE = 600;

/** At most this part of one use case is in languages other than English. */
const MOST_FOREIGN = 0.7;

export interface Assignment {
  readonly useCase: UseCase;
  /** Which of the few users has it; undefined for all but the use case with few users. */
  readonly owner?: number;
}

export interface Allocation {
  /** Ordinary use cases in play, most popular first. */
  readonly active: readonly UseCase[];
  /** Assignments of conversations 0, 1, 2, ...; must be called exactly `count` times, in order. */
  next(): Assignment;
  /** A language for a conversation of this use case. */
  language(useCase: UseCase, random: Random): LanguageId;
}

/** Which use case each conversation of a corpus of `count` has. */
export function createAllocation(seed: number, count: number): Allocation {
  const wanted = Math.max(FEWEST_USE_CASES, Math.round(count / CONVERSATIONS_PER_USE_CASE));
  const active = ordinaryUseCases.slice(0, wanted);
  const shares = useCaseShares(active);
  const rare = rarePositions(seed, count);
  const cards = [...shares.keys()];
  const deckSize = Math.min(DECK_SIZE, Math.max(1, count - rare.size));
  const chances = languageChances(shares);

  let position = 0;
  let decks = 0;
  let deck: number[] = [];
  return {
    active,
    next: () => {
      const special = rare.get(position++);
      if (special !== undefined) return special;
      if (deck.length === 0) {
        deck = dealDeck(seededRandom(seed, `mock/deck/${decks++}`), [...shares.values()], deckSize);
      }
      return { useCase: cards[deck.pop() ?? 0]! };
    },
    language: (useCase, random) => {
      let draw = random();
      for (const [language, chance] of chances.get(useCase.id) ?? []) {
        draw -= chance;
        if (draw < 0) return language;
      }
      return "en";
    },
  };
}

/** Expected share of each use case among the conversations that are not rare; the shares sum to 1. */
function useCaseShares(active: readonly UseCase[]): Map<UseCase, number> {
  const shares = new Map<UseCase, number>();
  const harmonic = active.reduce((sum, _useCase, rank) => sum + 1 / (rank + 1), 0);
  for (const [rank, useCase] of active.entries()) {
    const share = EVEN_PART / active.length + (1 - EVEN_PART) / (rank + 1) / harmonic;
    shares.set(useCase, share * (1 - SENSITIVE_SHARE));
  }
  const total = SENSITIVE_WEIGHTS.reduce((sum, weight) => sum + weight, 0);
  for (const [rank, useCase] of sensitiveUseCases.entries()) {
    shares.set(useCase, (SENSITIVE_SHARE * (SENSITIVE_WEIGHTS[rank] ?? 1)) / total);
  }
  return shares;
}

/** Systematic sampling: each share is met to within one card, and fractions even out over the decks. */
function dealDeck(random: Random, shares: readonly number[], size: number): number[] {
  const cards: number[] = [];
  const offset = random();
  let sum = 0;
  let index = -1;
  for (let card = 0; card < size; card++) {
    const at = (card + offset) / size;
    while (index < shares.length - 1 && (index < 0 || sum <= at)) sum += shares[++index] ?? 0;
    cards.push(index);
  }
  return shuffle(random, cards);
}

/** Where the deliberately rare use cases occur: spread over the corpus. */
function rarePositions(seed: number, count: number): Map<number, Assignment> {
  const random = seededRandom(seed, "mock/rare");
  const positions = new Map<number, Assignment>();
  const place = (times: number, assignment: (occurrence: number) => Assignment): void => {
    for (let occurrence = 0; occurrence < times; occurrence++) {
      let position = Math.min(count - 1, Math.floor(((occurrence + random()) * count) / times));
      while (positions.has(position)) position = (position + 1) % count;
      positions.set(position, assignment(occurrence));
    }
  };
  for (const useCase of fewConversations) {
    place(Math.min(FEW.most, Math.round(count / FEW.per)), () => ({ useCase }));
  }
  for (const useCase of fewUsers) {
    place(Math.min(OWNED.most, Math.round(count / OWNED.per)), (occurrence) => ({
      useCase,
      owner: occurrence % OWNERS,
    }));
  }
  return positions;
}

/**
 * Chances of the other languages per use case, such that each language gets its share of the whole corpus although it
 * has scripts for some use cases only. A use case that has many languages gives less to each.
 */
function languageChances(shares: ReadonlyMap<UseCase, number>): Map<string, [LanguageId, number][]> {
  const others = languageIds.filter((id) => id !== "en");
  const covered = new Map<UseCase, number>();
  for (const useCase of shares.keys()) {
    covered.set(useCase, others.filter((id) => scriptOf(useCase, id) !== undefined).length);
  }
  const chances = new Map<string, [LanguageId, number][]>();
  for (const language of others) {
    const useCases = [...shares.keys()].filter((useCase) => scriptOf(useCase, language) !== undefined);
    const room = useCases.reduce(
      (sum, useCase) => sum + (shares.get(useCase) ?? 0) / (covered.get(useCase) ?? 1),
      0,
    );
    for (const useCase of useCases) {
      const chance = languageShares[language] / room / (covered.get(useCase) ?? 1);
      const list = chances.get(useCase.id) ?? [];
      list.push([language, chance]);
      chances.set(useCase.id, list);
    }
  }
  for (const list of chances.values()) {
    const total = list.reduce((sum, [, chance]) => sum + chance, 0);
    if (total > MOST_FOREIGN) for (const entry of list) entry[1] *= MOST_FOREIGN / total;
  }
  return chances;
}
