import type { LabelMember } from "../../../contracts/model-tasks.ts";
import { stem } from "../../../domain/text/stem.ts";
import { isStopWord } from "../../../domain/text/stop-words.ts";
import { STANDS_FOR } from "../facets/stands-for.ts";
import { REQUEST_VERBS } from "../facets/verbs.ts";
import type { TaggedWord, Tagger } from "./tagger.ts";

/** Verbs that carry so little that the subject alone reads better. */
export const WEAK_VERBS: ReadonlySet<string> = new Set(
  "be do have help tell say want think know give let go come get use need make sure keep see like look".split(
    " ",
  ),
);

export type Part =
  | "noun"
  | "name"
  | "adjective"
  | "participle"
  | "verb"
  | "preposition"
  | "determiner"
  | "possessive"
  | "border"
  | "other";

export interface Word {
  readonly text: string;
  /** Lower case. */
  readonly low: string;
  readonly stem: string;
  readonly lemma: string;
  readonly part: Part;
  /** Carries meaning: no function word, no number. */
  readonly content: boolean;
}

/** How a request is put: an order, a wish to have something, a question, or a situation told. */
export type Manner = "do" | "get" | "ask" | "help";

/** Social obligations and bare replies, as dialogue acts are usually told apart (ISO 24617-2). */
export type Social = "greetings" | "thanks" | "goodbyes" | "short answers";

const SOCIAL: readonly [Social, RegExp][] = [
  ["thanks", /\b(?:thank(?:s|ful)?|grateful|appreciate[ds]?|gratitude)\b/],
  [
    "goodbyes",
    /\b(?:good ?bye|bye|see you|see ya|farewell|take care|have to go|good ?night|(?:nice|good|great|pleasure|enjoyed) (?:talking|chatting|speaking|seeing)|talk(?:ing)? (?:to|with) you)\b/,
  ],
  [
    "greetings",
    /^(?:hi|hello|hey|greetings|howdy)\b|\bhow (?:are|is|'s|have) (?:you|it|everything|things|life|your)\b|\bgood (?:morning|afternoon|evening)\b|\bmeet(?:ing)? you\b|\bwhat'?s (?:up|new)\b/,
  ],
  [
    "short answers",
    /^(?:yes|yeah|yep|no|nope|nay|maybe|perhaps|sure|okay|ok|correct|right|wrong|true|false|fine|agreed)\b|\b(?:do ?n[o']?t know|not sure|no idea)\b/,
  ],
];

/** Longest social formula, in words: in a longer text it is an opening. */
const MAX_SOCIAL = 10;

function socialAct(low: string): Social | null {
  if (low.split(" ").length > MAX_SOCIAL) return null;
  return SOCIAL.find(([, pattern]) => pattern.test(low))?.[0] ?? null;
}

/** A member of a cluster, read. */
export interface Reading {
  readonly words: readonly Word[];
  /** Number of the first word of what is told beside the request. */
  readonly context: number;
  readonly manner: Manner;
  /** The verb of an order with its particle: "turn off"; else empty. */
  readonly verb: string;
  /** The language the request was translated from by glossary, else empty. */
  readonly language: string;
  /** Whether the assistant itself is asked about: "do you have pets". */
  readonly toAssistant: boolean;
  /** Whether it is asked what the assistant can do. */
  readonly capability: boolean;
  /** What is said out of politeness, where that is all there is. */
  readonly social: Social | null;
  /** Whether something of the user's own is to be looked up: "when is my bill due", not "should I pay my bill". */
  readonly own: boolean;
  /** Whether a question only names what is wanted: "tell me a joke". */
  readonly names: boolean;
}

/** Empty when nothing notable was asked: the summary then only says so. */
export const textOf = ({ request, task, topic, summary }: LabelMember): string =>
  request ?? task ?? (topic === null ? "" : summary);

const POSSESSIVE = /^(?:my|our|your|his|her|its|their)$/;
const DETERMINER = /^(?:a|an|the|this|that|these|those|some|any|no|every|each|another)$/;

/** Opens a clause, whatever the tagger says. */
const CLAUSE = /^(?:whether|if|because|that|than|as|while|since|when|where|who|what|which|why|how)$/;
const PARTS: Partial<Record<TaggedWord["pos"], Part>> = {
  CCONJ: "border",
  SCONJ: "border",
  NOUN: "noun",
  PROPN: "name",
  ADJ: "adjective",
  ADP: "preposition",
};

function partOf({ text, pos, lemma }: TaggedWord, low: string): Part {
  if (POSSESSIVE.test(low)) return "possessive";
  if (DETERMINER.test(low)) return "determiner";
  if (CLAUSE.test(low)) return "border";
  if (pos === "PUNCT") return /^['’"“”]$/.test(text) ? "other" : "border";
  // A past form says what a thing is as often as what was done: "a lost card".
  if (pos === "VERB") return lemma.toLowerCase() !== low && !/(?:ing|s)$/.test(low) ? "participle" : "verb";
  return PARTS[pos] ?? "other";
}

/** Dates, times and amounts: "16th", "7pm", "5kg". */
const COUNTED = /^\d+(?:[.,:]\d+)*(?:st|nd|rd|th|am|pm|h|min|km|kg|g|ml|l|cm|mm|m|x|%)?$/;

/** Flight and order numbers: "dl123"; not "401k" and "mp3". */
const CODE = /\p{L}-?\d{2,}/u;

/** What the tokenizer cuts off a contraction. */
const CLITIC = /^(?:n't|nt|ca|wo|'\p{L}+)$/u;

export function readWord(tagged: TaggedWord): Word {
  const low = tagged.text.toLowerCase().replaceAll("’", "'");
  const content =
    /\p{L}/u.test(low) &&
    low.length > 1 &&
    !COUNTED.test(low) &&
    !CLITIC.test(low) &&
    !CODE.test(low) &&
    !isStopWord(low);
  return {
    text: tagged.text,
    low,
    stem: stem(low),
    lemma: tagged.lemma.toLowerCase(),
    part: partOf(tagged, low),
    content,
  };
}

const PARTICLE = /^(?:off|on|up|down|out|over|back|in)$/;
const ASKING = /^(?:find out|learn about|answer about|answer in)\b/;
const TO_ASSISTANT = /\byou(?:r|rs|rself|'re|'ve|'d)?\b/;

function mannerOf(task: string): Manner {
  if (task === "" || ASKING.test(task) || /^know\b/.test(task)) return "ask";
  if (/^help with\b/.test(task)) return "help";
  return /^(?:get|have|see) (?!to\b)/.test(task) ? "get" : "do";
}

/** One word, however it is spelled. */
const TO_DO = /\bto ?do(?= (?:list|lists|item|items)\b)/gi;
const POLITE =
  /\b(?:can|could|would|will|should|might|if|do) you\b(?! (?:do|know about|like|have)\b)|\b(?:do|would|can|could|what|which|that) you (?:please |kindly |happen to )*(?:know|recommend|suggest|think|advise|need)\b/g;
/** A question whose answer is written down somewhere. */
const LOOKED_UP =
  /^(?:i (?:need|want|would like) to know )?(?:what|what's|whats|when|where|how (?:much|many|long|high|far|is|are|old)|is|are|has|have|did|was|which|who|tell|show|give|let me|do i have|check|see)\b/;
/** A question for advice or reasons. */
const ADVICE =
  /^(?:should|can|could|may|must|would|do i (?:have|need)|how (?:do|can|should|could|would|to)|why)\b|\b(?:should|can|could) i\b|\bwhy\b/;
const QUESTION_WORD = /\b(?:how|what|when|where|why|who|which|whether|if)\b/;
/** A question that is answered by yes or no. */
const INVERTED = /^(?:is|are|am|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might)\b/;
/** A question behind what it is about: "in Chile, what plugs are used". */
const LATE_QUESTION = /(?:^|, ?)(?:what|when|where|why|how|who|which|is|are|do|does|did|can|should)\b(?!.*,)/;
/** Asking what the assistant is able to do. */
const CAPABILITY =
  /\b(?:what|which)\b.*\b(?:you (?:can|could|are able to)|can (?:you|i ask)|(?:do|are) you (?:well )?(?:know|do|good at|able to|versed|capable))\b/;

/** What stands for personal data that was masked; never what a request is about. */
const MASKED = new RegExp(`\\b(?:${Object.values(STANDS_FOR).join("|")})\\b`, "g");

/** Whether a verb stands where one does that says what is to be done: after "to", "can't" and the like, or as "finding". */
export const wantsToBeDone = (words: readonly Word[], i: number): boolean =>
  i === 0 || words[i - 1]!.part === "other" || words[i]!.low.endsWith("ing");

/** Reads what a member wants and how it is put. */
export function readMember(member: LabelMember, tagger: Tagger): Reading {
  const text = textOf(member).replace(TO_DO, "to-do").replace(MASKED, "it");
  const [request = "", ...told] = text.split(/;\s/u);
  const head = tagger(request).map(readWord);
  const words = [...head, ...told.flatMap((part) => tagger(`; ${part}`)).map(readWord)];
  const task = (member.task ?? "").toLowerCase();
  const said = request.toLowerCase();
  const manner = mannerOf(task) === "help" && LATE_QUESTION.test(said) ? "ask" : mannerOf(task);
  const [, first = "", second = ""] = /^([\p{L}-]+)(?: ([\p{L}-]+))?/u.exec(task) ?? [];
  const verb = manner !== "do" ? "" : PARTICLE.test(second) ? `${first} ${second}` : first;
  const verbAt = verb === "" ? -1 : head.findIndex(({ low }) => low === first);
  const asked = said.replace(POLITE, "");
  return {
    words: words.map((word, i) => (i === verbAt ? { ...word, part: "verb" } : word)),
    context: head.length,
    manner,
    verb: REQUEST_VERBS.has(first) || (verbAt === 0 && !first.endsWith("ing")) ? verb : "",
    language: /^answer in (\p{L}+)/u.exec(task)?.[1] ?? "",
    toAssistant: manner === "ask" && TO_ASSISTANT.test(asked),
    own:
      manner === "ask" && /\b(?:my|our)\b/.test(said) && LOOKED_UP.test(asked.trim()) && !ADVICE.test(asked),
    social: socialAct(said),
    capability: manner === "ask" && CAPABILITY.test(said),
    names: manner === "ask" && !INVERTED.test(asked) && !QUESTION_WORD.test(said),
  };
}
