import type { FacetAnswer } from "../../contracts/facets.ts";
import { MAX_FACET_TEXT } from "../../contracts/facets.ts";
import type { TaskInput } from "../../contracts/model-tasks.ts";
import { glosses } from "../../domain/text/glossary.ts";
import { sanitizeLines } from "../../domain/text/sanitize.ts";
import { sentences } from "../../domain/text/sentences.ts";
import { isStopWord } from "../../domain/text/stop-words.ts";
import { truncate } from "../../domain/text/truncate.ts";
import { words } from "../../domain/text/words.ts";
import { isAside } from "./facets/aside.ts";
import { concernOf } from "./facets/concern.ts";
import type { Statistics } from "./facets/language.ts";
import { detectLanguage, languageName } from "./facets/language.ts";
import { assistantErrorsOf, frustrationOf } from "./facets/mood.ts";
import { anonymise, requestPhrase, taskPhrase, topicOf } from "./facets/phrase.ts";
import type { RequestSentence } from "./facets/request.ts";
import { findRequest } from "./facets/request.ts";

/** User messages that are read for requests, and characters of each; what people ask stands at the start or the end. */
const MAX_MESSAGES = 40;
const HEAD = 3000;
const TAIL = 1000;
const MAX_SECONDARY = 5;

const CODE_BLOCK = /```[\s\S]*?(?:```|$)/g;
const QUOTED_LINE = /^\s*>.*$/gm;
/** Markup and pasted code say little about the request, and much about nothing else. */
const CODE_LINE =
  /^(?:[ \t]{4,}\S.*|.*[;{}]\s*|\s*(?:import|from|def|class|function|const|let|var|return|#include)\b.*[({=:;].*|<\/?[a-z][^>]*>.*)$/gm;

function readable(content: string): string {
  const long = content.length > HEAD + TAIL;
  const text = long ? `${content.slice(0, HEAD)}\n${content.slice(-TAIL)}` : content;
  const prose = text.replace(CODE_BLOCK, "\n").replace(QUOTED_LINE, "").replace(CODE_LINE, "");
  return sanitizeLines(/\p{L}{2}/u.test(prose) ? prose : text);
}

/** Overlap of two sets of stems, as a share of the smaller. */
function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0;
  let shared = 0;
  for (const item of a) if (b.has(item)) shared++;
  return shared / Math.min(a.size, b.size);
}

interface Requests {
  readonly main: RequestSentence | undefined;
  readonly secondary: string[];
}

/** Where a sentence or a line begins. */
const SENTENCE_START = /(?<=^|[.!?…]["”')]? |\n)\S/gu;
/** How people say that what follows is about something else; at the start of a sentence. */
const NEW_SUBJECT =
  /^(?:(?:and|also|ok(?:ay)?|oh|so)[, ]+)*(?:by the way|btw\b|before i forget|one more (?:thing|question)|(?:another|a (?:second|further|different|separate|completely different)) (?:question|thing|topic|matter)|(?:something|topic) (?:completely |totally )?(?:different|else|unrelated)|(?:different|new|other) (?:topic|question|subject)|on (?:a different|another|an unrelated) (?:note|topic|subject)|(?:that's )?(?:unrelated|not related)|(?:next|new) (?:one|topic|question)|nothing to do with (?:that|this)|change of (?:topic|subject)|switching (?:topics?|gears)|second(?:ly| question)|i (?:also )?have (?:another|a second|one more)|while (?:i'm|we're|i am) (?:here|at it)|cambio de tema|otra (?:pregunta|cosa|duda)|por cierto|ander(?:es|e) (?:thema|frage)|noch (?:eine (?:andere )?frage|etwas anderes|was anderes)|übrigens|autre (?:question|sujet|chose)|(?:j'ai )?une autre question|au fait|changement de sujet|outra (?:pergunta|coisa)|mudando de assunto|altra (?:domanda|cosa)|un'altra (?:domanda|cosa)|cambiando argomento|cambio argomento|(?:een )?andere vraag|(?:iets|heel iets) anders|ander onderwerp|trouwens|別の質問|もう一つ|話は変わ|ところで)/iu;

interface Subject {
  readonly messages: string[];
}

/** The user's messages, cut where they turn to something else; a message with two subjects is cut in two. */
function subjectsOf(messages: readonly string[]): Subject[] {
  const found: Subject[] = [{ messages: [] }];
  for (const message of messages) {
    let start = 0;
    for (const { index } of message.matchAll(SENTENCE_START)) {
      if (index < start || !NEW_SUBJECT.test(message.slice(index, index + 80))) continue;
      const before = message.slice(start, index).trim();
      if (before !== "") found.at(-1)?.messages.push(before);
      if (found.length > 1 || found[0]?.messages.length !== 0) found.push({ messages: [] });
      start = index;
    }
    const rest = message.slice(start).trim();
    if (rest !== "") found.at(-1)?.messages.push(rest);
  }
  return found;
}

/** Words that lean on what was said: a message with them goes on about it. */
const LEANS = /\b(?:it|that|this|they|them|those|these|he|she|one|ones|instead|same|again|there)\b/i;
/** Below this a message says no more than "help" or "thanks". */
const CLEAR_SCORE = 2.5;

function requestsOf(users: readonly string[]): Requests {
  const [first, ...others] = subjectsOf(users);
  const main = requestOf(first?.messages ?? []);
  const later = (first?.messages ?? []).slice(1).map((text) => (main ? newRequest(text, main) : undefined));
  const announced = others.map(({ messages: [head = "", ...rest] }) =>
    requestOf([head.replace(NEW_SUBJECT, ""), ...rest]),
  );
  const phrases = [...announced, ...later].map((found) =>
    found && found.content.size > 1 ? requestPhrase(found) : null,
  );
  return {
    main,
    secondary: [...new Set(phrases.filter((phrase) => phrase !== null))].slice(0, MAX_SECONDARY),
  };
}

/** The request of the first message that clearly makes one; failing that, the best there is. */
function requestOf(messages: readonly string[]): RequestSentence | undefined {
  let best: RequestSentence | undefined;
  for (const text of messages) {
    const found = findRequest(text);
    if (!found || (best && found.score <= best.score)) continue;
    best = found;
    if (best.score >= CLEAR_SCORE && best.content.size > 0) break;
  }
  return best;
}

/** An unannounced change of subject: an order or a wish of its own, with no word of the main request. */
function newRequest(text: string, main: RequestSentence): RequestSentence | undefined {
  if (text.length < 20 || LEANS.test(text)) return undefined;
  const found = findRequest(text);
  if (!found || (found.form !== "action" && found.form !== "wish")) return undefined;
  return found.content.size >= 4 && overlap(found.content, main.content) === 0 ? found : undefined;
}

/** Small talk, thanks and tests: nothing that a cluster should be made of. */
function isNothing(sentence: RequestSentence | undefined, phrase: string | null): boolean {
  return (
    !sentence ||
    phrase === null ||
    (sentence.content.size === 0 && sentence.form !== "question" && sentence.form !== "action")
  );
}

type Texts = Pick<FacetAnswer, "request" | "task" | "topic" | "summary" | "secondary_requests">;
const NOTHING: Texts = { request: null, task: null, topic: null, summary: null, secondary_requests: [] };

function englishText(requests: Requests): Texts {
  const request = requests.main ? requestPhrase(requests.main) : null;
  if (request === null || isNothing(requests.main, request)) {
    return NOTHING;
  }
  const { main } = requests;
  const told = main?.form === "statement" || main?.form === "fragment" ? "said" : "asked";
  const also = requests.secondary[0];
  const topic = topicOf(main?.core ?? request, "en");
  return {
    request,
    task: main ? taskPhrase(main, topic) : null,
    topic,
    summary: truncate(`The user ${told}: ${request}.${also ? ` Then: ${also}.` : ""}`, MAX_FACET_TEXT),
    secondary_requests: requests.secondary,
  };
}

/** Sentences and words of a text in another language that are told of its subject. */
const FOREIGN_SENTENCES = 6;
const FOREIGN_WORDS = 5;
const MAX_TOPIC_WORDS = 4;

/** The first sentences that tell of something. */
const foreignSentences = (message: string, language: string): string[] =>
  sentences(message)
    .filter((sentence) => !isAside(sentence, language))
    .slice(0, FOREIGN_SENTENCES);

/** Words that name the subject of a text in another language: the longest of the first message, in their order. */
function foreignTopic(messages: readonly string[], language: string): string {
  for (const message of messages) {
    const content = foreignSentences(message, language)
      .flatMap((sentence) => words(sentence))
      .filter((word) => {
        const token = word.toLowerCase();
        const shortest = /\p{Script=Latin}/u.test(token) ? 4 : 2;
        return token.length >= shortest && !isStopWord(token, language) && !/\d/.test(token);
      });
    const distinct = [...new Set(content)];
    // Where the dictionary is missing, long words say more than short ones.
    const longest = new Set(distinct.toSorted((a, b) => b.length - a.length).slice(0, FOREIGN_WORDS));
    if (longest.size > 0) return distinct.filter((word) => longest.has(word)).join(" ");
  }
  return "";
}

/** One known word alone is told with words of the text beside it. */
const ENOUGH_GLOSSES = 2;
const MAX_GLOSSES = 8;

/** English words for the first messages of a text in another language, as far as the glossary goes. */
function glossed(messages: readonly string[], language: string): string {
  for (const message of messages) {
    const read = foreignSentences(message, language).join(" ");
    const found = glosses(words(read), language).slice(0, MAX_GLOSSES);
    if (found.length >= ENOUGH_GLOSSES) return found.join(" ");
    if (found.length > 0)
      return [...found, ...foreignTopic([message], language).split(" ").slice(0, 2)].join(" ");
  }
  return "";
}

/** Other languages cannot be translated offline: an English stem with glosses, or with the text's own key words. */
function foreignText(messages: readonly string[], language: string): Texts {
  const gloss = glossed(messages, language);
  const topic = gloss === "" ? foreignTopic(messages, language) : gloss;
  if (topic === "") return NOTHING;
  const name = languageName(language);
  return {
    request: truncate(gloss === "" ? `${topic} (${name})` : gloss, MAX_FACET_TEXT),
    task: `answer in ${name}`,
    topic: truncate(topic.split(" ").slice(0, MAX_TOPIC_WORDS).join(" "), MAX_FACET_TEXT),
    summary: truncate(`The user wrote in ${name} about: ${topic}.`, MAX_FACET_TEXT),
    secondary_requests: [],
  };
}

/**
 * The built-in facets of one conversation by rule: the request is picked out, not understood. Reads at most 40 user messages and
 * 4,000 characters of each; masks personal data again.
 */
export function offlineFacets(
  { messages }: Pick<TaskInput<"facets">, "messages">,
  statistics: Statistics,
): FacetAnswer {
  const users = messages
    .filter(({ role, content }) => role === "user" && content.trim() !== "")
    .slice(0, MAX_MESSAGES)
    .map(({ content }) => anonymise(readable(content)));
  const text = users.join("\n");
  const language = detectLanguage(text, statistics);
  const english = language === "en" || (language === "und" && /[a-z]/i.test(text));
  return {
    ...(english ? englishText(requestsOf(users)) : foreignText(users, language)),
    language,
    concern: concernOf(text),
    assistant_errors: assistantErrorsOf(messages),
    frustration: frustrationOf(users),
  };
}
