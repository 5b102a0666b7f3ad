import type { Rating } from "../../contracts/common.ts";
import type { Message } from "../../contracts/conversation.ts";
import type { FacetAnswer } from "../../contracts/facets.ts";
import { MAX_FACET_TEXT } from "../../contracts/facets.ts";
import type { TaskInput } from "../../contracts/model-tasks.ts";
import { keyPhrases } from "../../domain/text/key-phrases.ts";
import { sanitizeLines } from "../../domain/text/sanitize.ts";
import { truncate } from "../../domain/text/truncate.ts";
import { concernOf } from "./facets/concern.ts";
import type { Statistics } from "./facets/language.ts";
import { detectLanguage, languageName } from "./facets/language.ts";
import { assistantErrorsOf, frustrationOf } from "./facets/mood.ts";
import { anonymise, requestPhrase, taskPhrase, topicOf } from "./facets/phrase.ts";
import type { RequestSentence } from "./facets/request.ts";
import { contentStems, findRequest } from "./facets/request.ts";

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

/** A later message that leans on what was said is part of the same request. */
const FOLLOW_UP =
  /^(?:(?:and|but|ok(?:ay)?|so|then|now)[, ]+)?(?:what about|how about|why|really|are you sure|in that case|what if|and|it|that|this|they|those|these|he|she|yes|no|thanks|make it|can you make it|do it|try)\b|\b(?:that one|this one|the (?:first|second|third|last|other|above|same|previous) (?:one|part|point|option|step|paragraph|version|answer)|instead|your (?:answer|response|last|previous))\b/i;

function requestsOf(messages: readonly Message[]): Requests {
  let main: RequestSentence | undefined;
  const secondary: string[] = [];
  const said = new Set<string>();
  let users = 0;
  for (const { role, content } of messages) {
    const text = role === "user" || role === "assistant" ? readable(content) : "";
    if (role === "user" && text.trim() !== "" && users++ < MAX_MESSAGES) {
      const found = findRequest(text);
      if (!main || main.content.size === 0) {
        if (found && (found.content.size > 0 || !main)) main = found;
      } else if (found && secondary.length < MAX_SECONDARY && isNewRequest(found, said, text)) {
        const phrase = requestPhrase(found);
        if (phrase && !secondary.includes(phrase)) secondary.push(truncate(phrase, MAX_FACET_TEXT));
      }
    }
    for (const word of contentStems(text)) said.add(word);
  }
  return { main, secondary };
}

function isNewRequest(found: RequestSentence, said: ReadonlySet<string>, text: string): boolean {
  if (found.form === "statement" || found.form === "fragment" || found.content.size < 2) return false;
  // A fifth shared: two requests of one person share a word now and then.
  return !FOLLOW_UP.test(text.trim()) && overlap(found.content, said) <= 0.2;
}

/** Small talk, thanks and tests: nothing that a cluster should be made of. */
function isNothing(sentence: RequestSentence | undefined, phrase: string | null): boolean {
  return (
    !sentence ||
    phrase === null ||
    (sentence.content.size === 0 && sentence.form !== "question" && sentence.form !== "action")
  );
}

function englishText(
  requests: Requests,
): Pick<FacetAnswer, "request" | "task" | "topic" | "summary" | "secondary_requests"> {
  const request = requests.main ? requestPhrase(requests.main) : null;
  if (request === null || isNothing(requests.main, request)) {
    return { request: null, task: null, topic: null, summary: null, secondary_requests: [] };
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

/** Other languages cannot be translated offline: an English stem with the text's own key words. */
function foreignText(
  messages: readonly string[],
  language: string,
): Pick<FacetAnswer, "request" | "task" | "topic" | "summary" | "secondary_requests"> {
  const nothing = { request: null, task: null, topic: null, summary: null, secondary_requests: [] };
  const text = anonymise(messages.slice(0, 3).map(readable).join("\n").slice(0, HEAD));
  const phrases = keyPhrases([text], [], { limit: 3, maxWords: 2, language }).map((phrase) => phrase.text);
  const topic = phrases.join(", ");
  if (topic === "") return nothing;
  const name = languageName(language);
  return {
    request: truncate(`get an answer in ${name} about ${topic}`, MAX_FACET_TEXT),
    task: truncate(`answer in ${name}`, MAX_FACET_TEXT),
    topic: truncate(topic, MAX_FACET_TEXT),
    summary: truncate(`The user wrote in ${name} about: ${topic}.`, MAX_FACET_TEXT),
    secondary_requests: [],
  };
}

/**
 * Facets of one conversation by rule: the request is picked out, not understood. Reads at most 40 user messages and
 * 4,000 characters of each; masks personal data again.
 */
export function offlineFacets({ messages }: TaskInput<"facets">, statistics: Statistics): FacetAnswer {
  const users = messages.filter(({ role }) => role === "user").map(({ content }) => content);
  const userText = users.slice(0, MAX_MESSAGES).map(readable).join("\n");
  const language = detectLanguage(userText, statistics);
  const english = language === "en" || (language === "und" && /[a-z]/i.test(userText));
  const concern = concernOf(userText);
  const frustration: Rating = frustrationOf(users.slice(0, MAX_MESSAGES).map((text) => text.slice(0, HEAD)));
  return {
    ...(english ? englishText(requestsOf(messages)) : foreignText(users, language)),
    language,
    concern: { score: concern.score, reason: concern.reason },
    assistant_errors: assistantErrorsOf(messages),
    frustration,
  };
}
