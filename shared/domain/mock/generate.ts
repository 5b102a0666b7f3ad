import type { Conversation, Message } from "../../contracts/conversation.ts";
import { randomInt, seededRandom } from "../random.ts";
import type { Random } from "../random.ts";
import { createAllocation } from "./allocation.ts";
import { mannerOf, scriptOf } from "./catalogue.ts";
import { writeDialogue } from "./dialogue.ts";
import { createIdentity } from "./identity.ts";
import { createPopulation } from "./population.ts";
import type { User } from "./population.ts";
import { createSchedule, formatTimestamp } from "./schedule.ts";
import { pick } from "./pick.ts";
import type { Concern, DomainId, LanguageId, Plant, PlantedKind, UseCase } from "./script.ts";
import { createScriptParser } from "./voice.ts";

/** The month of the sample corpora; a fixed one, so that a corpus depends on its options alone. */
export const DEFAULT_START = "2026-09-01T00:00:00Z";
/** Users by default: one per so many conversations. */
const CONVERSATIONS_PER_USER = 8;

/** Share of conversations that ask for two different things. */
const MULTI_TOPIC_SHARE = 0.1;
/** Share of conversations with fake personal data. */
const PLANTED_SHARE = 0.15;
/** Part of the conversations that come with instructions of the application. */
const INSTRUCTED_SHARE = 0.06;

export interface CorpusOptions {
  /** Number of conversations, at least 0. */
  readonly count: number;
  /** Any 32-bit integer. */
  readonly seed: number;
  /** Number of users, at least 1; default one per eight conversations. */
  readonly users?: number;
  /** First moment, RFC 3339; the corpus spans the 30 days from there. Default `DEFAULT_START`. */
  readonly start?: string;
}

/** What is true of one conversation: for evaluations, never an input of a run. */
export interface Truth {
  readonly conversation_id: string;
  readonly use_case: string;
  readonly domain: DomainId;
  /** BCP 47. */
  readonly language: LanguageId;
  readonly concern: Concern;
  /** Whether it asks for two different things; use case and domain are those of the first. */
  readonly multi_topic: boolean;
  readonly planted: PlantedKind[];
}

/** What a writer who words the conversation anew has to keep, beside what the truth says. */
interface ConversationBrief {
  readonly casual: boolean;
  /** Sentences with the planted personal data, as the user says them. */
  readonly planted: readonly string[];
}

export interface LabelledConversation {
  readonly conversation: Conversation;
  readonly truth: Truth;
  readonly brief: ConversationBrief;
}

/** Users of a corpus of `count` unless stated otherwise. */
export function defaultUsers(count: number): number {
  return Math.max(1, Math.round(count / CONVERSATIONS_PER_USER));
}

/**
 * Conversations in the order of their timestamps; the same options give the same corpus. Made one by one: memory grows
 * with the number of users (16 bytes each), not of conversations.
 * @throws RangeError for a count, a number of users or a start that makes no sense.
 */
export function* generateCorpus(options: CorpusOptions): Generator<LabelledConversation, void, undefined> {
  const { count, seed } = options;
  const users = options.users ?? defaultUsers(count);
  const startMs = Date.parse(options.start ?? DEFAULT_START);
  if (!Number.isSafeInteger(count) || count < 0) throw new RangeError("count must be a whole number from 0");
  if (!Number.isSafeInteger(users) || users < 1) throw new RangeError("users must be a whole number from 1");
  if (!Number.isSafeInteger(seed)) throw new RangeError("seed must be a whole number");
  if (Number.isNaN(startMs)) throw new RangeError("start must be a timestamp");
  if (count === 0) return;

  const allocation = createAllocation(seed, count);
  const domains = [...new Set(allocation.active.map((useCase) => useCase.domain))];
  const population = createPopulation(seed, users, domains);
  const schedule = createSchedule(startMs);
  const parse = createScriptParser();
  const plantsFor = plantFinder();
  const active = allocation.active;

  for (let index = 0; index < count; index++) {
    const random = seededRandom(seed, `mock/conversation/${index}`);
    const { useCase, owner } = allocation.next();
    const timeMs = schedule((index + random()) / count);
    const language = allocation.language(useCase, random);
    const user =
      owner === undefined
        ? population.pick(random, language, useCase.domain, timeMs)
        : population.owner(owner);
    const sensitive = useCase.domain === "sensitive";
    const other =
      !sensitive && random() < MULTI_TOPIC_SHARE
        ? secondUseCase(active, useCase, language, user, random)
        : undefined;
    const second = other === undefined ? undefined : scriptOf(other, language);
    const withPlants = random() < PLANTED_SHARE;
    const manner = mannerOf(language);
    const casual = random() < user.casualness * 0.75;
    const dialogue = writeDialogue(
      {
        useCase,
        script: parse(scriptOf(useCase, language) ?? useCase.english),
        language,
        manner,
        second: second === undefined ? undefined : parse(second),
        plants: withPlants ? plantsFor(language, useCase) : [],
        identity: withPlants
          ? createIdentity(language, manner, seededRandom(seed, `mock/identity/${user.index}`))
          : undefined,
        casual,
      },
      random,
    );
    const id = `conv-${String(index + 1).padStart(6, "0")}`;
    const channel = drawChannel(useCase, random);
    const messages = instructed(channel, random)
      ? [instruction(useCase, random), ...dialogue.messages]
      : dialogue.messages;
    yield {
      conversation: {
        conversation_id: id,
        user_id: user.id,
        timestamp: formatTimestamp(timeMs, user.offsetMinutes),
        messages,
        metadata: {
          channel,
          app_version: appVersion(timeMs - startMs, random),
          plan: user.plan,
          country: user.country,
        },
      },
      truth: {
        conversation_id: id,
        use_case: useCase.id,
        domain: useCase.domain,
        language,
        concern: concernOf(useCase, other),
        multi_topic: other !== undefined,
        planted: dialogue.planted,
      },
      brief: { casual, planted: dialogue.sentences },
    };
  }
}

function concernOf(first: UseCase, second: UseCase | undefined): Concern {
  const one = first.concern ?? 1;
  const two = second?.concern ?? 1;
  return one > two ? one : two;
}

/** Another use case that this user might ask for in this language; undefined when none is found. */
function secondUseCase(
  active: readonly UseCase[],
  first: UseCase,
  language: LanguageId,
  user: User,
  random: Random,
): UseCase | undefined {
  let candidate: UseCase | undefined;
  // Among 65 use cases a user prefers some 12: twelve draws find one nine times in ten.
  for (let tries = 0; tries < 12; tries++) {
    const drawn = active[randomInt(random, active.length)];
    if (drawn === undefined || drawn.id === first.id || scriptOf(drawn, language) === undefined) continue;
    candidate = drawn;
    if (user.prefers(drawn.domain)) return drawn;
  }
  return candidate;
}

/** The sentences that fit a conversation, found once per language and use case. */
function plantFinder(): (language: LanguageId, useCase: UseCase) => readonly Plant[] {
  const found = new Map<string, readonly Plant[]>();
  return (language, useCase) => {
    const key = `${language}/${useCase.id}`;
    let plants = found.get(key);
    if (plants === undefined) {
      plants = mannerOf(language).plants.filter(
        (plant) =>
          (plant.domains === undefined && plant.useCases === undefined) ||
          plant.domains?.includes(useCase.domain) === true ||
          plant.useCases?.includes(useCase.id) === true,
      );
      found.set(key, plants);
    }
    return plants;
  };
}

function drawChannel(useCase: UseCase, random: Random): string {
  const draw = random();
  if (useCase.domain === "customer_support" && draw < 0.55) return "widget";
  if (useCase.domain === "programming" && draw < 0.35) return "api";
  return draw < 0.45 ? "web" : draw < 0.72 ? "ios" : draw < 0.95 ? "android" : "api";
}

/** A release on the 15th day that reaches everybody within four days. */
function appVersion(sinceStartMs: number, random: Random): string {
  const days = sinceStartMs / 86_400_000;
  const updated = random() < (days - 14) / 4;
  return updated ? "5.3.0" : random() < 0.15 ? "5.1.4" : "5.2.1";
}

const INSTRUCTIONS = [
  "You are a helpful assistant. Answer in the language of the user.",
  "You are a concise assistant. Keep answers under 150 words.",
  "You are a friendly assistant inside a mobile app. Use short paragraphs.",
] as const;
const SUPPORT_INSTRUCTION =
  "You are the support assistant of an online shop. Be polite, look up orders before you answer, never promise refunds that the policy does not allow.";

function instructed(channel: string, random: Random): boolean {
  const chance = channel === "widget" || channel === "api" ? INSTRUCTED_SHARE * 5 : INSTRUCTED_SHARE / 2;
  return random() < chance;
}

function instruction(useCase: UseCase, random: Random): Message {
  const role = random() < 0.25 ? "developer" : "system";
  if (useCase.domain === "customer_support") return { role, content: SUPPORT_INSTRUCTION };
  return { role, content: pick(random, INSTRUCTIONS) };
}
