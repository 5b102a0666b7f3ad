import { sanitize } from "./text/sanitize.ts";

/** Markup that a page, a sheet or a model would obey: tags, fences, images and links, special tokens of chat formats. */
const MARKUP: readonly [RegExp, string][] = [
  [/<\|[^|<>]{0,40}\|>|<<\/?SYS>>|\[\/?INST\]/gi, " "],
  [/<!--[^]{0,600}?(?:-->|$)/g, " "],
  // What masking puts in ("<an email address>") is no tag.
  [/<(?!an? [a-z ]{2,30}>)\/?[a-z!?][^<>]{0,600}(?:>|$)/gi, " "],
  [/!?\[([^\][]{0,200})\]\(\S{0,600}/g, "$1"],
  [/\b(?:javascript|vbscript|data):\S{0,600}/gi, " "],
  [/`{1,}|~{3,}/g, " "],
  [/(^|\s)#{1,6}(?=\s)/g, "$1"],
];

/** Random-looking runs: encoded text that a model may decode and a reader of prompts would not see. */
const BLOB = /[A-Za-z0-9+/_=-]{24,}/g;
const isBlob = (run: string): boolean =>
  /\d/.test(run) && /[A-Za-z]/.test(run) && !/^[a-z]+(?:[-_/][a-z0-9]+)*$/.test(run);

/** A line that pretends to be another speaker of the chat. */
const ROLE = /(^|[.!?;:]\s+)(?:system|assistant|developer|human|instructions?|prompt)\s*:\s*/gi;

/** Whoever reads facet text to name, rename or rate. */
const NAMED = "(?:name|names|title|titles|label|labels|heading|summary|description|output|answer|response)";
const GROUP = "(?:cluster|group|category|topic|parent|collection)s?";

/**
 * What speaks to the one who names or rates instead of the assistant. The published attack writes such sentences into
 * conversations (arXiv 2603.09781). No list is complete: what bounds the attack is the support of words (domain/support.ts).
 */
const INSTRUCTIONS: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instruction|prompt|rule|guideline|above|previous|prior|earlier|message)/i,
  new RegExp(
    `\\b(?:name|call|title|label|describe|rename|summari[sz]e)\\b.{0,20}\\b(?:the|this|that|every|each|your|any)\\b.{0,20}\\b${GROUP}\\b`,
    "i",
  ),
  new RegExp(
    `\\b(?:put|include|write|insert|add|append|prepend|mention|state|reveal|copy|use)\\b.{0,120}\\b(?:in|into|to|as|at the (?:start|end) of)\\b.{0,20}\\b${NAMED}\\b`,
    "i",
  ),
  new RegExp(
    `\\b${NAMED}\\b.{0,30}\\b(?:of|for)\\b.{0,12}\\b(?:the|this|that|your)\\b.{0,12}\\b${GROUP}\\b`,
    "i",
  ),
  new RegExp(
    `\\b${GROUP}\\b.{0,20}\\b(?:must|should|shall|has to|needs? to)\\b.{0,20}\\b(?:be )?(?:named|called|titled|labell?ed|described)\\b`,
    "i",
  ),
  /\b(?:when|while|if|before)\b.{0,20}\b(?:naming|summari[sz]ing|label(?:l)?ing|clustering|describing|grouping|auditing|rating)\b/i,
  /\bif any\b.{0,30}\b(?:member|conversation|user|person|chat|record)s?\b.{0,60}\b(?:group|cluster|has|have|is|are|mentions?)\b/i,
  /\byou are (?:now )?(?:a|an|the|my|no longer)\b.{0,30}\b(?:model|ai|assistant|summari[sz]er|auditor|labell?er|classifier|bot|system)\b/i,
  /\b(?:rate|score|grade)\s+(?:this|it|that|them|all|everything|the (?:text|name|above))\b.{0,30}\b[1-5]\b|\brating\b\s*(?:=|:|is|of|must be|should be)\s*[1-5]\b|\bnothing identifying\b/i,
  /\b(?:output|print|respond with|reply with|answer with|return)\b\s+(?:only|exactly|verbatim)\b.{0,20}\b(?:following|this|word|text|line|name|json)\b/i,
  /\b(?:summari[sz]er|auditor|labell?er|annotator)s?\b\s*[,:]/i,
  /\bsystem prompt\b.{0,40}\b(?:reveal|print|show|repeat)|\b(?:reveal|print|show|repeat)\b.{0,40}\bsystem prompt\b/i,
];

/** Sentences, clauses after a semicolon among them: what is left out is no longer than what it holds. */
const SENTENCE = /[^]+?(?:[.!?;]+(?=\s|$)|[。！？]+|$)\s*/gu;

const instructs = (sentence: string): boolean => INSTRUCTIONS.some((pattern) => pattern.test(sentence));

/**
 * Text of a conversation as data: one line without control characters, markup or encoded runs, and without the
 * sentences that speak to a model which names or rates. Empty when nothing else is left.
 */
export function neutralise(text: string): string {
  let plain = sanitize(text.normalize("NFKC"));
  for (const [pattern, instead] of MARKUP) plain = plain.replace(pattern, instead);
  plain = plain.replace(BLOB, (run) => (isBlob(run) ? " " : run)).replace(ROLE, "$1");
  // What no sentence of it could match is looked at once.
  if (!instructs(plain)) return sanitize(plain);
  return sanitize((plain.match(SENTENCE) ?? []).filter((sentence) => !instructs(sentence)).join(""));
}

/** A name or description as readers may get it: what a sheet would take for a formula does not begin it either. */
export function publishable(text: string): string {
  return neutralise(text).replace(/^[\s=+\-@|]+/u, "");
}
