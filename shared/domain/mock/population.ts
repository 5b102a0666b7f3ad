import { randomInt, seededRandom } from "../random.ts";
import type { Random } from "../random.ts";
import { awakeness } from "./schedule.ts";
import type { DomainId, LanguageId } from "./script.ts";
import { domainIds, languageIds } from "./script.ts";

/** Shares of conversations by language; English has the rest. */
export const languageShares: Readonly<Record<LanguageId, number>> = {
  en: 0.78,
  es: 0.06,
  de: 0.045,
  fr: 0.035,
  pt: 0.03,
  it: 0.02,
  nl: 0.015,
  ja: 0.015,
};

/** Where users of a language write from: country and offset from UTC in September, in minutes. */
const places: Readonly<Record<LanguageId, readonly (readonly [country: string, offset: number])[]>> = {
  en: [
    ["US", -240],
    ["US", -300],
    ["US", -420],
    ["GB", 60],
    ["GB", 60],
    ["CA", -240],
    ["IE", 60],
    ["AU", 600],
    ["IN", 330],
  ],
  es: [
    ["ES", 120],
    ["ES", 120],
    ["MX", -360],
    ["AR", -180],
    ["CO", -300],
  ],
  de: [
    ["DE", 120],
    ["DE", 120],
    ["AT", 120],
    ["CH", 120],
  ],
  fr: [
    ["FR", 120],
    ["FR", 120],
    ["BE", 120],
    ["CA", -240],
  ],
  pt: [
    ["BR", -180],
    ["BR", -180],
    ["PT", 60],
  ],
  it: [["IT", 120]],
  nl: [
    ["NL", 120],
    ["BE", 120],
  ],
  ja: [["JP", 540]],
};

/** Zipf-Mandelbrot: the user of rank r (from 0) writes with weight (r + 2)^-0.7; the top tenth then writes about a third. */
const ZIPF_EXPONENT = 0.7;
const ZIPF_OFFSET = 2;
/** Share of conversations outside the domains that a user prefers: nearly everybody has a leaking tap some day. */
const STRAYING = 0.12;
/** Share of conversations that go to somebody new as long as there is anybody new: in the end all have written. */
const DEBUTS = 0.3;
const DEBUT_DRAWS = 12;
/** Draws until somebody fits; then the best one so far is taken, so that no corpus can make this loop for ever. */
const MAX_DRAWS = 48;

export interface User {
  /** Rank in activity among all, 0 is the most active. */
  readonly index: number;
  /** 13 characters, unique, tells nothing about the rank. */
  readonly id: string;
  readonly country: string;
  readonly offsetMinutes: number;
  readonly plan: string;
  /** How casually this user types, 0 to 1. */
  readonly casualness: number;
  /** Whether this is one of the user's domains. */
  prefers(domain: DomainId): boolean;
}

export interface Population {
  readonly size: number;
  /** A user who may have this conversation. */
  pick(random: Random, language: LanguageId, domain: DomainId, timeMs: number): User;
  /** One of the few users who own a rare use case: `owner` is 0, 1 or 2. */
  owner(owner: number): User;
}

/**
 * @param size number of users, at least 1. Memory: 16 bytes a user.
 * @param domains the domains that occur in this corpus, at least one.
 */
export function createPopulation(seed: number, size: number, domains: readonly DomainId[]): Population {
  const random = seededRandom(seed, "mock/users");
  const masks = new Uint16Array(size);
  const placeIndex = new Uint8Array(size);
  const casual = new Uint8Array(size);
  const languageIndex = new Uint8Array(size);
  const perLanguage = languageIds.map(() => 0);
  for (let user = 0; user < size; user++) {
    // Every domain is the first choice of an equal number of users; one to three further ones are drawn.
    let mask = 1 << domainIds.indexOf(domains[user % domains.length]!);
    for (let more = 1 + randomInt(random, 3); more > 0; more--) {
      mask |= 1 << domainIds.indexOf(domains[randomInt(random, domains.length)]!);
    }
    masks[user] = mask;
    // Multiples of the golden ratio fill the unit interval evenly, so that few users still cover the languages.
    const language = languageAt(((user + 0.5) * 0.6180339887498949) % 1);
    languageIndex[user] = language;
    perLanguage[language]!++;
    placeIndex[user] = randomInt(random, 256);
    casual[user] = Math.floor(256 * random() ** 2);
  }
  const byLanguage = perLanguage.map((count) => new Uint32Array(count));
  const filled = perLanguage.map(() => 0);
  for (let user = 0; user < size; user++) {
    const language = languageIndex[user]!;
    byLanguage[language]![filled[language]!++] = user;
  }

  // Users of each language who have not written yet; a list loses a member by moving its last one into the gap.
  const waiting = byLanguage.map((users) => users.slice());
  const waitingCount = [...perLanguage];
  const place = new Uint32Array(size);
  for (const users of byLanguage) for (const [at, user] of users.entries()) place[user] = at;
  const WRITTEN = 2 ** 32 - 1;
  const markWritten = (user: number): void => {
    const at = place[user]!;
    if (at === WRITTEN) return;
    const language = languageIndex[user]!;
    const list = waiting[language]!;
    const last = list[--waitingCount[language]!]!;
    list[at] = last;
    place[last] = at;
    place[user] = WRITTEN;
  };

  const salt = randomInt(random, 2 ** 32);
  const view = (index: number): User => {
    const language = languageIds[languageIndex[index]!]!;
    const options = places[language];
    const [country, offsetMinutes] = options[placeIndex[index]! % options.length]!;
    return {
      index,
      id: `user-${scramble(index ^ salt)
        .toString(16)
        .padStart(8, "0")}`,
      country,
      offsetMinutes,
      plan: (["free", "free", "free", "plus", "plus", "team"] as const)[placeIndex[index]! % 6]!,
      casualness: casual[index]! / 256,
      prefers: (domain) => (masks[index]! & (1 << domainIds.indexOf(domain))) !== 0,
    };
  };
  const offsetOf = (index: number): number => {
    const options = places[languageIds[languageIndex[index]!]!];
    return options[placeIndex[index]! % options.length]![1];
  };

  return {
    size,
    pick: (draw, language, domain, timeMs) => {
      const spoken = languageIds.indexOf(language);
      const own = byLanguage[spoken]!;
      const pool = own.length > 0 ? own : byLanguage[0]!;
      // Nobody prefers worries.
      const anybody = domain === "sensitive" || draw() < STRAYING;
      const bit = 1 << domainIds.indexOf(domain);
      if (waitingCount[spoken]! > 0 && draw() < DEBUTS) {
        let index = 0;
        for (let tries = 0; tries < DEBUT_DRAWS; tries++) {
          index = waiting[spoken]![randomInt(draw, waitingCount[spoken]!)]!;
          if (anybody || (masks[index]! & bit) !== 0) break;
        }
        markWritten(index);
        return view(index);
      }
      let best = 0;
      for (let tries = 0; tries < MAX_DRAWS; tries++) {
        const rank = zipfRank(draw, Math.max(pool.length, 1));
        const index = pool[rank] ?? 0;
        const fits = anybody || (masks[index]! & bit) !== 0;
        if (tries === 0) best = index;
        if (!fits) continue;
        best = index;
        if (draw() < awakeness(timeMs, offsetOf(index))) break;
      }
      markWritten(best);
      return view(best);
    },
    owner: (owner) => {
      // From the middle of the ranks, so that the owners are no outliers otherwise.
      const pool = byLanguage[0]!;
      const index = pool[Math.floor((pool.length * (owner + 2)) / 6)] ?? 0;
      markWritten(index);
      return view(index);
    },
  };
}

function languageAt(share: number): number {
  let sum = 0;
  for (const [index, id] of languageIds.entries()) {
    sum += languageShares[id];
    if (share < sum) return index;
  }
  return 0;
}

/** Inverse of the cumulative weight, with the sum taken as an integral. */
function zipfRank(random: Random, size: number): number {
  const power = 1 - ZIPF_EXPONENT;
  const low = ZIPF_OFFSET ** power;
  const high = (size + ZIPF_OFFSET) ** power;
  return Math.min(Math.floor((low + random() * (high - low)) ** (1 / power) - ZIPF_OFFSET), size - 1);
}

/** The 32-bit finaliser of MurmurHash3 (Appleby): one-to-one, so that ids stay unique. */
function scramble(value: number): number {
  let h = value >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
