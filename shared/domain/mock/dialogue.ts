import type { Message } from "../../contracts/conversation.ts";
import type { Random } from "../random.ts";
import { sampleIndices, shuffle } from "../random.ts";
import type { Identity } from "./identity.ts";
import { pick } from "./pick.ts";
import type { PlantedSentence } from "./planting.ts";
import { plantSentences } from "./planting.ts";
import type { LanguageId, Manner, Plant, PlantedKind, UseCase } from "./script.ts";
import { plantedKinds } from "./script.ts";
import { dropLastStop, typeCasually, typeKeywords } from "./style.ts";
import type { ParsedScript, Turn, Voice } from "./voice.ts";
import { createVoice } from "./voice.ts";

/** How often things happen, as chances. Invented, so that every kind of conversation occurs in a small corpus. */
const CHANCE = {
  /** The first message is typed like a search. */
  terse: 0.14,
  /** The first message tells three details. */
  long: 0.12,
  /** It tells at least one. */
  detail: 0.5,
  opener: 0.34,
  /** Something is pasted below the request, where there is something to paste. */
  paste: 0.2,
  closer: 0.2,
  /** The user opens annoyed, where something does not work. */
  annoyed: 0.13,
  /** The assistant errs. */
  slip: 0.08,
  slipWhenAnnoyed: 0.4,
  tip: 0.4,
  thanks: 0.35,
  /** The thanks get no answer. */
  lastWord: 0.3,
  tool: 0.3,
  /** The second request comes in the first message and not later. */
  bothAtOnce: 0.6,
  /** The assistant greets by a name that it was told. */
  greetByName: 0.3,
} as const;
/** Chances of 0, 1, 2, 3 and 4 follow-up questions. */
const FOLLOW_UPS = [0.42, 0.3, 0.15, 0.08, 0.05] as const;
/** Most messages of the user in one conversation. */
export const MAX_USER_TURNS = 6;

/** What one conversation is to be. */
export interface Brief {
  readonly useCase: UseCase;
  readonly script: ParsedScript;
  readonly language: LanguageId;
  readonly manner: Manner;
  /** The script of a second request, for conversations on two topics. */
  readonly second: ParsedScript | undefined;
  /** Sentences and the identity that fills them, when personal data is to be planted. */
  readonly plants: readonly Plant[];
  readonly identity: Identity | undefined;
  readonly casual: boolean;
}

export interface Dialogue {
  readonly messages: Message[];
  /** Kinds of personal data in the text, in the order of `plantedKinds`. */
  readonly planted: PlantedKind[];
  /** The sentences that give it away. */
  readonly sentences: readonly string[];
}

/** Writes one conversation. */
export function writeDialogue(brief: Brief, random: Random): Dialogue {
  const { manner, script, useCase } = brief;
  const english = brief.language === "en";
  // No pleasantries around worries.
  const sober = useCase.domain === "sensitive";
  const happens = (chance: number): boolean => random() < chance;
  const style = (text: string): string => (brief.casual ? typeCasually(text, english, random) : text);
  const voice = createVoice(script, random);
  const second = brief.second === undefined ? undefined : createVoice(brief.second, random);
  const planted = brief.identity === undefined ? [] : plantSentences(brief.plants, brief.identity, random);
  const annoyed = useCase.trouble === true && happens(CHANCE.annoyed);
  const atOnce = second !== undefined && happens(CHANCE.bothAtOnce) ? second : undefined;
  const later = atOnce === undefined ? second : undefined;
  const askSecond = (other: Voice): string =>
    greet(pick(random, manner.switches), style(other.say(pick(random, other.script.requests))), manner);

  const said: PlantedSentence[] = [];
  const plant = (at: number): string | undefined => {
    const sentence = planted[at];
    if (sentence !== undefined) said.push(sentence);
    return sentence?.text;
  };

  const messages: Message[] = [];
  let userTurns = 0;
  const ask = (content: string): void => {
    messages.push({ role: "user", content: brief.casual ? dropLastStop(content) : content });
    userTurns++;
  };
  const answer = (content: string): void => void messages.push({ role: "assistant", content });

  const terse = planted.length === 0 && atOnce === undefined && !annoyed && happens(CHANCE.terse);
  let opening: string;
  if (terse && script.terse.length > 0) {
    opening = typeKeywords(voice.say(pick(random, script.terse)), english, random);
  } else {
    opening = joinSentences(
      {
        first: annoyed ? pick(random, manner.annoyed) : undefined,
        request: voice.say(pick(random, script.requests)),
        details: drawDetails(voice, random),
        plant: plant(0),
        last: !sober && happens(CHANCE.closer) ? pick(random, manner.closers) : undefined,
      },
      manner,
      style,
    );
    if (script.pastes.length > 0 && !opening.includes("\n") && happens(CHANCE.paste)) {
      opening += `\n\n${voice.say(pick(random, script.pastes))}`;
    }
    if (!sober && !annoyed && happens(CHANCE.opener))
      opening = greet(pick(random, manner.openers), opening, manner);
  }
  ask(atOnce === undefined ? opening : `${opening}\n\n${askSecond(atOnce)}`);

  if (script.tool !== undefined && happens(CHANCE.tool)) {
    messages.push({ role: "tool", name: script.tool.name, content: voice.say(script.tool.content) });
  }
  const knowsName = english && said.some((sentence) => sentence.kinds.includes("name"));
  const greeting =
    knowsName && happens(CHANCE.greetByName) ? `Hello ${brief.identity?.firstName ?? ""}. ` : "";
  const reply = greeting + drawReply(voice, random, manner);
  answer(atOnce === undefined ? reply : `${reply}\n\n${drawReply(atOnce, random, manner)}`);

  const slips = happens(annoyed ? CHANCE.slipWhenAnnoyed : CHANCE.slip);
  for (const { question, answer: response } of drawTurns(voice, slips, random)) {
    if (userTurns + (later === undefined ? 0 : 1) >= MAX_USER_TURNS) break;
    const extra = said.length < planted.length ? plant(said.length) : undefined;
    const asked = style(voice.say(question));
    ask(extra === undefined ? asked : `${asked}${manner.joiner}${extra}`);
    answer(voice.say(response));
  }
  if (later !== undefined) {
    ask(askSecond(later));
    answer(drawReply(later, random, manner));
  }
  if (!sober && userTurns < MAX_USER_TURNS && happens(CHANCE.thanks)) {
    const [thanks, welcome] = pick(random, manner.thanks);
    ask(style(thanks));
    if (!happens(CHANCE.lastWord)) answer(welcome);
  }
  const kinds = new Set(said.flatMap((sentence) => sentence.kinds));
  return {
    messages,
    planted: plantedKinds.filter((kind) => kinds.has(kind)),
    sentences: said.map(({ text }) => text),
  };
}

interface Opening {
  readonly first: string | undefined;
  readonly request: string;
  readonly details: readonly string[];
  readonly plant: string | undefined;
  readonly last: string | undefined;
}

/** One paragraph; what surrounds a request that ends in pasted text goes before it. Planted data is never restyled. */
function joinSentences(opening: Opening, manner: Manner, style: (text: string) => string): string {
  const { first, request, details, plant, last } = opening;
  const sentences: string[] = [];
  if (first !== undefined) sentences.push(style(first));
  const pasted = request.includes("\n");
  if (!pasted) sentences.push(style(request));
  for (const detail of details) sentences.push(style(detail));
  if (plant !== undefined) sentences.push(plant);
  if (pasted) sentences.push(style(request));
  else if (last !== undefined) sentences.push(style(last));
  return sentences.join(manner.joiner);
}

/** Puts a greeting before a sentence, which loses its capital after a comma or a colon where the language allows it. */
function greet(opener: string, text: string, manner: Manner): string {
  if (!/[,:]$/.test(opener)) return opener + manner.joiner + text;
  const space = text.search(/[\s,?]/);
  const first = space < 0 ? text : text.slice(0, space);
  if (manner.softWords.includes(first) || /^\p{Ll}/u.test(text)) {
    return opener + manner.joiner + text.charAt(0).toLowerCase() + text.slice(1);
  }
  return opener.endsWith(":") ? `${opener} ${text}` : `${opener.slice(0, -1)}. ${text}`;
}

function drawDetails(voice: Voice, random: Random): string[] {
  const { details } = voice.script;
  const draw = random();
  const wanted = draw < CHANCE.long ? 3 : draw < CHANCE.detail ? 1 : 0;
  const sentences: string[] = [];
  for (const at of shuffle(random, sampleIndices(random, details.length, wanted))) {
    const line = details[at];
    if (line !== undefined && !voice.repeats(line)) sentences.push(voice.say(line));
  }
  return sentences;
}

/** One of the replies that take nothing for granted; if there is none, one that takes the least for granted. */
function drawReply(voice: Voice, random: Random, manner: Manner): string {
  const { replies, tips } = voice.script;
  const gaps = replies.map((line) => voice.ungrounded(line));
  const fewest = Math.min(...gaps);
  let text = voice.say(
    pick(
      random,
      replies.filter((_line, at) => gaps[at] === fewest),
    ),
  );
  if (tips.length > 0 && random() < CHANCE.tip) {
    const tip = pick(random, tips);
    if (voice.ungrounded(tip) === 0) text += (text.includes("\n") ? "\n\n" : manner.joiner) + voice.say(tip);
  }
  return text;
}

/** Follow-up questions in the order of the script, where what ends a conversation comes last; a slip before them. */
function drawTurns(voice: Voice, withSlip: boolean, random: Random): Turn[] {
  const isGrounded = ({ question, answer }: Turn): boolean => voice.ungrounded(answer, question) === 0;
  const turns: Turn[] = [];
  if (withSlip) {
    const slips = voice.script.slips.filter(isGrounded);
    if (slips.length > 0) turns.push(pick(random, slips));
  }
  const wanted = drawCount(random);
  if (wanted > 0) {
    const followUps = voice.script.followUps.filter(isGrounded);
    for (const at of sampleIndices(random, followUps.length, wanted)) {
      const followUp = followUps[at];
      if (followUp !== undefined) turns.push(followUp);
    }
  }
  return turns;
}

function drawCount(random: Random): number {
  let draw = random();
  for (const [count, chance] of FOLLOW_UPS.entries()) {
    draw -= chance;
    if (draw < 0) return count;
  }
  return 0;
}
