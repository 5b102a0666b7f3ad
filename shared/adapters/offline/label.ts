import type { Label, TaskInput } from "../../contracts/model-tasks.ts";
import { isCommonEnglish } from "../../domain/text/lexicon.ts";
import { tokens } from "../../domain/text/words.ts";
import { asDescription, firstFree } from "./naming/compose.ts";
import { fillGaps } from "./naming/gaps.ts";
import { describe } from "./naming/describe.ts";
import { namesFor } from "./naming/names.ts";
import { readMember, textOf } from "./naming/reading.ts";
import { cover, coverage } from "./naming/covering.ts";
import { subjectsOf } from "./naming/scoring.ts";
import { settled } from "./naming/settle.ts";
import type { NamingTools } from "./naming/tools.ts";
import { nearnessBy } from "./naming/tools.ts";
import { themesOf } from "./naming/themes.ts";

/**
 * A word that fewer members use, or a smaller share of them, may stand in a name only if the public lexicon knows it:
 * a given name that some users share is no subject.
 */
const MIN_MEMBERS = 3;
/** The default minimum of unique users (design section 7): the privacy screen asks the same of every word. */
const MIN_WORD_MEMBERS = 5;
const MIN_WORD_SHARE = 0.15;
/** Share of the members that a phrase must reach to describe the cluster. */
const MIN_SHARE = 0.08;

/** Which words a name of these texts may hold. */
function allowedWords(texts: readonly string[]): (text: string) => boolean {
  const users = new Map<string, number>();
  for (const text of texts)
    for (const word of new Set(tokens(text))) users.set(word, (users.get(word) ?? 0) + 1);
  const enough = Math.max(MIN_WORD_MEMBERS, texts.length * MIN_WORD_SHARE);
  return (text) => tokens(text).every((word) => (users.get(word) ?? 0) >= enough || isCommonEnglish(word));
}

/** Share of the members that the subjects must cover together; below it, what the members have in common is no word of theirs. */
const MIN_COVERED = 0.22;
const THEMES = 2;

/**
 * Names a cluster by the subjects that cover its members and set them apart from the nearest others, with what the
 * members want done with each.
 */
export function offlineLabel(input: TaskInput<"label">, tools: NamingTools): Label {
  const { outsiders, words, taken } = input;
  const { tagger, table } = tools;
  const members = fillGaps(input.members, words);
  const allowed = allowedWords(members.map(textOf));
  const all = settled([...members, ...outsiders].map((member) => readMember(member, tagger)));
  const readings = all.slice(0, members.length);
  const minMembers = Math.max(
    1,
    Math.min(MIN_MEMBERS, members.length),
    Math.ceil(members.length * MIN_SHARE),
  );
  const near = nearnessBy(table);
  const subjects = subjectsOf(readings, all.slice(members.length), minMembers, near).filter(({ text }) =>
    allowed(text),
  );
  const chosen = cover(subjects, members.length, near);
  const outside = all.slice(members.length);
  const themes =
    chosen[0]?.kind === "quality" || coverage(chosen, members.length) >= MIN_COVERED
      ? []
      : themesOf(readings, outside, tools, THEMES);
  return {
    description: asDescription(describe(readings, chosen, subjects, themes)),
    name: firstFree(namesFor({ readings, chosen, subjects, themes, allowed }), taken),
  };
}
