import type { LabelMember } from "../../../contracts/model-tasks.ts";
import { stem } from "../../../domain/text/stem.ts";
import { isStopWord } from "../../../domain/text/stop-words.ts";
import { tokens } from "../../../domain/text/words.ts";

/** Words of a candidate: fewer say too little, more repeat one user's sentence. */
const MIN_WORDS = 2;
const MAX_WORDS = 8;
/**
 * Members that must share each content word of a name. A sample holds at most three conversations of one user, so four
 * members are at least two users; the privacy screen then asks for `min_users` of any word that is not common English.
 */
const MIN_SUPPORT = 4;
/** A word in fewer of the members than this does not belong in the name of them all. */
const MIN_SHARE = 0.2;
/** What each further content word costs: of two names that cover the same, the shorter is better. */
const LENGTH_COST = 0.04;
/** What a name that begins with what is to be done gains, and one that begins with "help with" and the like loses. */
const VERB_BONUS = 0.15;
const VAGUE_COST = 0.2;

const POSSESSIVE = /^(?:my|our|your|his|her|their)$/;
/** What a phrase may not end with once it is cut. */
const DANGLING =
  /^(?:a|an|the|and|or|of|to|for|in|on|at|with|by|from|about|my|our|your|is|are|was|be|i|you|it|that|which|what|how|if|so|as|than|into|please)$/;
/** Words before which a phrase may be cut: what follows adds detail, and what stands before is whole. */
const DETAIL =
  /^(?:for|to|in|on|at|with|without|from|by|about|and|or|that|who|which|when|where|while|because|before|after|as|so|than|into|via|using|of)$/;
const PERSONAL = /^(?:i|i'm|i've|i'd|i'll|me|we|we're|us|you|you're)$/;

/** A phrase that members use, as a name could read. */
interface Candidate {
  readonly text: string;
  readonly stems: readonly string[];
}

/** Stems of the words that say what a text is about. */
function contentStems(list: readonly string[]): string[] {
  return [...new Set(list.filter((token) => !isStopWord(token) && !/^\d+$/.test(token)).map(stem))];
}

/** What the facets' task opens with when the user asked a question, told something, or wanted a thing. */
const ASKING = /^find out /;
const VAGUE =
  /^(?:help with|get|have|see|learn about|answer|be|do|let|know|need|want|say|tell|think|is|are|does|can|i|it) /;

/** How a name may begin, best first: what is to be done, what is to be found out, what it is about. */
function manner(text: string): number {
  if (VAGUE.test(text)) return -VAGUE_COST;
  return ASKING.test(text) ? 0 : VERB_BONUS;
}

/** The first clause of a task without possessives, cut to the words that a name may have, at every length. */
function phrasesOf({ task }: LabelMember): Candidate[] {
  const clause = tokens((task ?? "").split(/[;:,.!?()[\]]+(?:\s|$)/u, 1)[0] ?? "").map((token) =>
    POSSESSIVE.test(token) ? "the" : token,
  );
  const asking = ASKING.test(`${clause.join(" ")} `);
  const found: Candidate[] = [];
  for (let length = Math.min(MAX_WORDS, clause.length); length >= MIN_WORDS + (asking ? 2 : 0); length--) {
    const cut = clause.slice(0, length);
    const whole = length === clause.length;
    if (!whole && !DETAIL.test(clause[length] ?? "")) continue;
    if (DANGLING.test(cut.at(-1) ?? "") && !(asking && whole)) continue;
    if (cut.slice(1).some((token) => PERSONAL.test(token))) continue;
    found.push({ text: cut.join(" "), stems: contentStems(asking ? cut.slice(2) : cut) });
  }
  return found;
}

/** How many of the texts hold each stem. */
function stemCounts(texts: readonly (readonly string[])[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const stems of texts) for (const held of new Set(stems)) counts.set(held, (counts.get(held) ?? 0) + 1);
  return counts;
}

function allStems({ task, request, summary }: LabelMember): string[] {
  return contentStems(tokens(request ?? task ?? summary));
}

/** A name in the members' own words. */
export interface Spoken {
  readonly text: string;
  /** Whether it says what is to be done, not only what is asked about. */
  readonly isAction: boolean;
  /** Share of the members that hold at least half of its content words. */
  readonly coverage: number;
}

/** A question that reads well as a task: its subject follows, not an inverted clause. */
const READABLE_QUESTION = /^find out (?:the|whether|how to|how much|how many|who|where|when|why|which) /;

/**
 * Names for a cluster in its members' own words, best first: what some member asked, if every content word of it is shared
 * by enough others and sets the members apart from the outsiders. Empty when no phrase is.
 */
export function representativePhrases(
  members: readonly LabelMember[],
  outsiders: readonly LabelMember[],
): Spoken[] {
  const texts = members.map((member) => new Set(allStems(member)));
  const inside = stemCounts(members.map(allStems));
  const outside = stemCounts(outsiders.map(allStems));
  const support = Math.max(Math.min(MIN_SUPPORT, members.length), members.length * MIN_SHARE);
  const contrast = (of: string): number =>
    (inside.get(of) ?? 0) / members.length - (outside.get(of) ?? 0) / Math.max(1, outsiders.length);
  const scores = new Map<string, { score: number; stems: readonly string[] }>();
  for (const { text, stems } of members.flatMap(phrasesOf)) {
    if (scores.has(text) || stems.length === 0 || stems.some((held) => (inside.get(held) ?? 0) < support))
      continue;
    if (ASKING.test(text) && !READABLE_QUESTION.test(text)) continue;
    const gain = stems.reduce((sum, held) => sum + contrast(held), 0);
    scores.set(text, { score: gain + manner(`${text} `) - LENGTH_COST * stems.length, stems });
  }
  const covers = (stems: readonly string[]): number =>
    texts.filter((held) => 2 * stems.filter((one) => held.has(one)).length >= stems.length).length /
    members.length;
  return [...scores]
    .filter(([, { score }]) => score > 0)
    .sort(([a, x], [b, y]) => y.score - x.score || a.length - b.length || (a < b ? -1 : 1))
    .map(([text, { stems }]) => ({
      text,
      isAction: !ASKING.test(text) && !VAGUE.test(`${text} `),
      coverage: covers(stems),
    }));
}
