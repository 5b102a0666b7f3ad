import { sentences } from "../../../domain/text/sentences.ts";
import { stem } from "../../../domain/text/stem.ts";
import { GENERIC_WORDS, STOP_WORDS } from "../../../domain/text/stop-words.ts";
import { tokens } from "../../../domain/text/words.ts";
import { isAside } from "./aside.ts";
import { AUXILIARIES, OBJECT_STARTS, QUESTION_WORDS, REQUEST_VERBS } from "./verbs.ts";

/** How a sentence asks: what follows decides how it is put after "The user asked to". */
export type RequestForm = "action" | "question" | "wish" | "statement" | "fragment";

export interface RequestSentence {
  readonly form: RequestForm;
  /** The sentence without greeting and politeness. */
  readonly asked: string;
  /** As `asked`, also without the words that ask: "how do I", "I would like to". */
  readonly core: string;
  /** Stems of its words that carry meaning. */
  readonly content: ReadonlySet<string>;
  /** What else was said about it, when the request itself says little; empty otherwise. */
  readonly context: string;
  /** How much it looks like the request of its message; comparable within a message. */
  readonly score: number;
}

const NAMES_OF_ASSISTANTS =
  "there|all|everyone|team|claude|chatgpt|gpt|assistant|siri|alexa|google|bot|ai|friend|buddy|again|\\[name\\]";
/** What people say before they ask. Taken off again and again, so order does not matter. */
const OPENERS: readonly RegExp[] = [
  new RegExp(
    `^(?:hi|hello|hey|hiya|howdy|yo|greetings|dear|good (?:morning|afternoon|evening|day))(?:,? (?:${NAMES_OF_ASSISTANTS}))*\\b[\\s,.:;!-]*`,
    "i",
  ),
  /^(?:ok(?:ay)?|so|well|u[mh]+|hmm+|oh|alright|right|yeah|yes|yep|actually|basically|anyway|also|and|but|then|now|first(?:ly)?|next|finally|just|kindly|please|pls|plz|sorry|excuse me|pardon me|thanks(?: in advance)?|thank you|sure|great|perfect|cool|awesome|hopefully|maybe|honestly|seriously|btw|by the way)\b[\s,.:;!-]+/i,
  /^(?:quick question|one (?:more |last )?(?:question|thing)|(?:i have|i've got|got) (?:a |an |another )?(?:quick |small |simple )?question(?: for you)?|question|task|prompt|instructions?)\b\s*[,.:;!-]\s*/i,
  /^(?:i (?:was|am|'m) )?(?:just )?(?:wondering|curious|wonder)\b(?: (?=if|whether|what|how|why|when|where|who|which|about))?\s*/i,
  /^i(?:'d| would) (?:really )?(?:appreciate|be grateful)(?: it)? if (?:you|someone) (?:could|can|would)\s+/i,
  /^(?:it would be (?:great|nice|helpful)|that would be great) if (?:you|someone) (?:could|can|would)\s+/i,
  /^(?:your (?:task|job) is to|i (?:want|need|would like|'d like) you to|you (?:need|have|are) to|you (?:should|must)|go ahead and|be sure to|make sure (?:to|you)|remember to|don't forget to|let's|lets)\s+/i,
];

/** Asking words, and what they turn the rest into. */
const ASKING: readonly [RegExp, RequestForm][] = [
  [
    /^(?:do you know |can you (?:tell|show|teach|explain)(?: to)?(?: me)? |please (?:tell|show|explain)(?: to)?(?: me)? |(?:tell|show|teach) me |explain(?: to me)? |i (?:want|need|would like|'d like) (?:you to tell me |to (?:know|learn|understand) )|any (?:idea|tips|advice|suggestions)(?: on)? |i(?:'m| am) needing you to tell me )?how (?:do|can|could|would|should|might|must|to) (?:(?:i|we|you|one|someone|people) (?:go about |best )?|)(?=\S)/i,
    "action",
  ],
  [
    /^(?:do you know|i(?:'d| would)? (?:want|like|need|love) to (?:know|find out)|let me know|find out|do you have any idea|any idea|i don't know|i do not know|not sure|i(?:'m| am)? need(?:ing)? (?:you )?to (?:know|tell me)) (?=\S)/i,
    "question",
  ],
  [
    /^(?:can|could|would|will|may|might) (?:you|u|ya|someone|anyone|anybody|we)(?: (?:please|kindly|possibly|maybe|also|just|perhaps))*(?: be able to| mind)? (?=\S)/i,
    "action",
  ],
  [
    /^(?:do you think you (?:can|could)|are you able to|is it possible (?:for you )?to|would it be possible (?:for you )?to|any chance you (?:can|could)) (?=\S)/i,
    "action",
  ],
  [
    /^(?:can|could|may|might) (?:i|we) (?:please |also |just |maybe )*(?:have you |ask you to |get you to )?(?=\S)/i,
    "action",
  ],
  [
    /^(?:is|are) there (?:a|an|any|some) (?:good |easy |quick |simple |better )?ways? (?:for me |that i can |i can |of |to )*(?:to )?(?=\S)/i,
    "action",
  ],
  [
    /^what(?:'s|s| is| are| would be) (?:the |a |some )?(?:best |easiest |right |correct |fastest |proper |good |quickest )*(?:ways?|steps|procedure|process)(?: for me)? (?:to|of|for) (?=\S)/i,
    "action",
  ],
  [
    /^(?:please )?(?:can you |could you |would you )?help(?: me| us)?(?: out)?(?: to| in)? (?!with\b|on\b|for\b|me\b)(?=[a-z])/i,
    "action",
  ],
  [
    /^(?:i|we)(?:'m| am|'re| are|'ve| have)? ?(?:really |just |also |currently )?(?:(?:need|want|wish|like|have|trying|try|hoping|hope|looking|going|planning|plan|love|wanted|needed|hoped) to|wanna|gotta|gonna) (?:be able to )?(?=\S)/i,
    "action",
  ],
  [
    /^(?:i|we)(?:'d| would| will|'ll)? (?:really |just |also )?(?:like|love|prefer|need|want) to (?=\S)/i,
    "action",
  ],
  [
    /^(?:i|we) (?:can't|cannot|can not|couldn't|am unable to|'m unable to|am not able to|don't know how to|do not know how to|forgot how to|have trouble|am having trouble|'m having trouble|struggle to) (?=\S)/i,
    "statement",
  ],
  [
    /^(?:(?:i|we)(?:'m| am|'re| are)? ?(?:really |just |also )?(?:need|needing|want|would like|'d like|looking for|searching for|require|in need of)(?: to have| to get)?|(?:looking|searching) for) (?=\S)/i,
    "wish",
  ],
  [
    /^(?:(?:(?:i|we) )?(?:need|want|could use|require) )?(?:some |your |a bit of |a little )?(?:help|assistance|advice|guidance|support|info|information)(?: (?:with|on|about|for|regarding|in))+ (?=\S)/i,
    "wish",
  ],
  [/^(?:please )?(?:tell|show|give|inform) (?:me|us)(?: about| of)? (?=\S)/i, "question"],
  [/^(?:do you have|have you got) (?:any |some |a |an )?(?=\S)/i, "wish"],
];

/** Politeness and haste at the end. */
const CLOSERS =
  /[\s,.;:!?-]*(?:\b(?:please|pls|plz|thanks(?: (?:so much|a lot|in advance|again))?|thank you(?: (?:so|very) much| in advance)?|thx|asap|as soon as possible|for me|if possible|if you (?:can|could|don't mind)|right now|or something|will you|would you|can you|could you|ok(?:ay)?|right|you know|lol|haha|help)\b)?[\s,.;:!?)\]}"'-]*$/i;

/** Meeting and parting: says nothing about a subject, whatever its words. */
const SMALL_TALK =
  /^(?:(?:(?:it(?:'s| was| is) )?(?:nice|good|great|lovely|pleasure) (?:talking|chatting|speaking|meeting|to (?:meet|see|talk|chat))|good ?bye|bye|see (?:you|ya)|talk to you (?:later|soon)|later|take care|have a (?:nice|good|great)|how are you|how(?:'s| is) it going|what'?s up|that(?:'s| is) (?:all|it|great|good|perfect)|much appreciated|i appreciate|you(?:'re| are) (?:the best|welcome|great|awesome)|test(?:ing)?|are you there|kindly|very much|so much|a lot)\b[\s,.!?]*)(?:[a-z]+[\s,.!?]*){0,4}$/i;

const MAX_SENTENCES = 16;
const MAX_SENTENCE = 600;

/** Words that carry meaning: no function words, no generic verbs, no bare numbers. Stems. */
export function contentStems(text: string): Set<string> {
  const found = new Set<string>();
  for (const token of tokens(text)) {
    if (!STOP_WORDS.has(token) && !GENERIC_WORDS.has(token) && !/^\d+$/.test(token) && token.length > 1)
      found.add(stem(token));
  }
  return found;
}

function strip(sentence: string): string {
  let core = sentence.replace(/^[\s\-–—*•>#\d.,:;!?)("'“]+(?=\p{L})/u, "");
  for (let round = 0, before = ""; round < 6 && before !== core; round++) {
    before = core;
    for (const opener of OPENERS) core = core.replace(opener, "");
  }
  for (let round = 0, before = ""; round < 4 && before !== core; round++) {
    before = core;
    core = core.replace(CLOSERS, "");
  }
  return core;
}

/** "can you book" -> "book"; other asking words belong to what is asked. */
function politeless(text: string): string {
  const rest = text.replace(
    /^(?:can|could|would|will) (?:you|u|ya) (?:(?:please|kindly|possibly|maybe|also|just|perhaps) )*(?:help me (?:to )?)?(?=\S)/i,
    "",
  );
  return strip(rest);
}

const firstWord = (text: string): string =>
  /^[\p{L}'’]+/u.exec(text)?.[0].toLowerCase().replaceAll("’", "'") ?? "";
const secondWord = (text: string): string =>
  /^[\p{L}'’]+[ ,]+([\p{L}'’]+)/u.exec(text)?.[1]?.toLowerCase() ?? "";

/** Whether a text opens with a verb in its base form. */
export function opensWithVerb(text: string): boolean {
  const first = firstWord(text);
  if (REQUEST_VERBS.has(first)) return true;
  // "reorder my checks": an unknown word with an object after it, but no noun before a verb ("rent is due").
  return (
    /^[a-z]{3,}$/.test(first) &&
    !STOP_WORDS.has(first) &&
    !first.endsWith("s") &&
    OBJECT_STARTS.has(secondWord(text))
  );
}

const SCORES: Readonly<Record<RequestForm, number>> = {
  action: 4,
  wish: 3.5,
  question: 3,
  statement: 1.2,
  fragment: 1,
};
/** What asking words add: "please find ..." is the request, "order number ..." beside it is not. */
const EXPLICIT = 1;
/** What a text that the request is about costs: it is not the user who asks there. */
const QUOTED = 4;

const SAYS =
  /\b(?:i|i'm|i've|my|we|our|it|it's|is|are|was|were|has|have|had|does|doesn't|don't|isn't|won't|can't|got|keeps?|this|there|someone)\b/i;
const NOUN_START = /^(?:a|an|the|my|some|any|this|that|it|me)$/;

/** Takes off up to two layers of asking words: "can you tell me how to x" -> "x". */
function unask(stripped: string): { core: string; form: RequestForm | undefined } {
  let core = stripped;
  let form: RequestForm | undefined;
  for (let round = 0; round < 2; round++) {
    for (const [pattern, result] of ASKING) {
      const match = pattern.exec(core);
      if (!match || match[0] === "") continue;
      const rest = strip(core.slice(match[0].length));
      if (rest === "") continue;
      form = result;
      if (result !== "statement") core = rest;
      break;
    }
    if (form !== "action" && form !== "question") break;
  }
  return { core, form };
}

/** The form of what is left, given what the asking words promised. */
function formOf(core: string, promised: RequestForm | undefined, asks: boolean): RequestForm {
  const first = firstWord(core);
  const questions = QUESTION_WORDS.has(first);
  if (promised === "action") {
    if (questions || /^(?:if|whether|about)$/.test(first)) return "question";
    return NOUN_START.test(first) && !opensWithVerb(core) ? "wish" : "action";
  }
  if (promised === "question") return opensWithVerb(core) && !questions ? "action" : "question";
  if (promised !== undefined) return promised;
  const doQuestion = first !== "do" || /^do (?:i|we|you|they|people|most|all)\b/i.test(core);
  if (questions || (AUXILIARIES.has(first) && (asks || doQuestion))) return "question";
  if (opensWithVerb(core)) return "action";
  return SAYS.test(core) ? "statement" : "fragment";
}

/** Reads one sentence as a request; undefined when nothing but politeness is in it. */
export function readSentence(sentence: string): RequestSentence | undefined {
  const text = sentence.slice(0, MAX_SENTENCE).replaceAll("’", "'");
  const asks = text.trimEnd().endsWith("?");
  const stripped = strip(text);
  const { core, form: promised } = unask(stripped);
  if (core === "") return undefined;
  const form = formOf(core, promised, asks);
  const content = SMALL_TALK.test(core) ? new Set<string>() : contentStems(core);
  const explicit =
    (promised !== undefined && promised !== "statement") || /\b(?:please|pls|plz)\b/i.test(text);
  const score =
    SCORES[form] +
    (asks ? 0.5 : 0) +
    (explicit ? EXPLICIT : 0) +
    Math.min(2, content.size * 0.5) -
    (content.size === 0 ? 3 : 0) -
    (core.split(/\s+/).length > 60 ? 1 : 0);
  return { form, asked: politeless(stripped), core, content, context: "", score };
}

/** The sentences that are read: the first and the last ones, where people put what they ask. */
function readable(message: string): string[] {
  const list = sentences(message);
  if (list.length <= MAX_SENTENCES) return list;
  return [...list.slice(0, MAX_SENTENCES * 0.75), ...list.slice(-MAX_SENTENCES * 0.25)];
}

/** The paragraph after a colon is what the request is about: "make this polite:" and a blank line, or a quote. */
function splitQuoted(message: string): { own: string; quoted: string } {
  const match = /:[ \t]*\n\s*\n?|:\s*(?=["“«„])/u.exec(message);
  if (!match) return { own: message, quoted: "" };
  const start = match.index + match[0].length;
  const end = message.indexOf("\n\n", start);
  const quoted = end < 0 ? message.slice(start) : message.slice(start, end);
  // A list of requests after a colon is the user's own: only longer text is taken for pasted.
  if (quoted.trim().split(/\s+/).length < 6) return { own: message, quoted: "" };
  return { own: `${message.slice(0, match.index)}.\n${end < 0 ? "" : message.slice(end)}`, quoted };
}

/** Sentences beside the request that are told with it: the circumstances often name the subject better. */
const MAX_CONTEXT = 3;

/** The sentences of a text that ask or tell of something; of one that only is polite, all. */
function telling(text: string): string[] {
  const all = readable(text);
  const kept = all.filter((sentence) => !isAside(sentence, "en"));
  return kept.length === 0 ? all : kept;
}

/**
 * The sentence of a message that asks for something, with others that say what about. A vague one ("can you help
 * me?") gives way to the sentence that says most.
 */
export function findRequest(message: string): RequestSentence | undefined {
  const { own, quoted } = splitQuoted(message);
  const read = (text: string): RequestSentence[] =>
    telling(text)
      .map(readSentence)
      .filter((sentence) => sentence !== undefined);
  const said = read(own);
  const pasted = read(quoted).map((sentence) => ({ ...sentence, score: sentence.score - QUOTED }));
  const [best] = [...said, ...pasted].toSorted((a, b) => b.score - a.score);
  if (!best) return undefined;
  const besides = (list: readonly RequestSentence[]): RequestSentence[] =>
    list.filter((sentence) => sentence !== best && sentence.content.size >= 2);
  const ownDetails = besides(said);
  // What is pasted has subjects of its own: it is told only where the user says nothing else.
  const others = ownDetails.length > 0 ? ownDetails : besides(pasted);
  const [richest] = others.toSorted((a, b) => b.content.size - a.content.size);
  if (best.content.size < 1 && richest) return richest;
  const told = others.slice(0, MAX_CONTEXT);
  const content = new Set([best, ...told.slice(0, 1)].flatMap((sentence) => [...sentence.content]));
  return { ...best, context: told.map(({ asked }) => asked).join("; "), content };
}
