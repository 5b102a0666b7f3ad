import type { LabelMember, TaskInput } from "../../contracts/model-tasks.ts";
import { MAX_NAME_WORDS } from "../../contracts/model-tasks.ts";
import { sanitize } from "../text/sanitize.ts";
import { readLabel, wireLabel } from "./answer-text.ts";
import { DATA_RULE, fenceFor } from "./fence.ts";
import { PRIVACY_RULE } from "./privacy-rule.ts";
import { beside, chat, linesThatFit, parseAnswer } from "./prompt.ts";
import type { Fit, Prompt } from "./prompt.ts";
import { likelyRepeats } from "./taken-names.ts";

/** A name and a description with what JSON puts around them, and room for a language that takes more tokens. */
export const LABEL_TOKENS = 300;

/** Part of the room that listed words may take. */
const WORDS_SHARE = 0.2;
/** Part of the rest that members get; outsiders take what they leave. */
const MEMBERS_SHARE = 0.6;

const SYSTEM = `You name a group of conversations between users and an AI assistant. Answer with one JSON object with two keys, in this order:
- "description": at most two sentences in the past tense: what the users of this group asked for, and what sets it apart from the neighbouring conversations.
- "name": at most ${MAX_NAME_WORDS} words that begin with a verb, as an order to the assistant, such as "Debug Python web applications".

You get notes on members of the group, and notes on neighbours that do not belong to it. Describe what most members share and most neighbours do not; leave out what only one or two members say. Be as specific as the members allow: not "Help with various tasks". Use plain English words, preferably words that many members use. "…" stands for words left out. Of these, the words that many members use are listed apart, in alphabetical order: use those that fit the group, but say of no member which of them it used. Never guess any other word for a gap. Say what is asked even when it is harmful or unpleasant, without judging it.

${DATA_RULE}

${PRIVACY_RULE}`;

const CLOSING = "Write the description, then the name, of the group whose members are shown above.";

function noteOf({ summary, topic, request, task }: LabelMember): string {
  const said = sanitize(summary || request || task || "");
  return sanitize(`- ${said}${topic === null ? "" : ` (${topic})`}`);
}

function listsOf({ members, outsiders, words, taken }: TaskInput<"label">, fit: Fit): string {
  const notes = members.map(noteOf);
  const others = outsiders.map(noteOf);
  const names = likelyRepeats(taken, notes).map((name) => `- ${sanitize(name)}`);
  const listed = words.map((word) => sanitize(word));
  const fence = fenceFor([...notes, ...others, ...listed, ...names]);
  const section = (tag: string, lines: readonly string[]): string =>
    lines.length === 0 ? "" : `${fence(tag, lines.join("\n"))}\n`;
  const takenSection =
    names.length === 0
      ? ""
      : `Names of other groups; yours must differ from all:\n${section("taken", names)}`;
  const left = beside(fit, takenSection, fence("members", ""), fence("neighbours", ""), fence("words", ""));
  const shownWords = linesThatFit(listed, { ...left, room: left.room * WORDS_SHARE });
  const wordsSection = section("words", shownWords.length === 0 ? [] : [shownWords.join(", ")]);
  const room = beside(left, ...shownWords);
  // Members come in an order that is fair to all users: the first of them are a fair sample too.
  const shown = linesThatFit(notes, {
    ...room,
    room: Math.max(room.room * MEMBERS_SHARE, room.room - tokensOf(others, fit)),
  });
  const shownOthers = linesThatFit(others, beside(room, ...shown));
  return `${section("members", shown)}${wordsSection}${section("neighbours", shownOthers)}${takenSection}`;
}

const tokensOf = (lines: readonly string[], { countTokens }: Fit): number =>
  lines.reduce((sum, line) => sum + countTokens(line) + 1, 0);

/**
 * Name and description of a base cluster from members against the nearest others (appendix G.5: contrast, two sentences in
 * the past tense first, then at most ten words).
 *
 * - Temperature 0.3, not the paper's 1.0: names of the same members should be much the same in the next run, and a
 *   cluster whose name is taken is told so rather than left to chance.
 * - "words that many members use": the privacy screen withholds a name with a word that few users wrote.
 * - "listed apart": words that tell something of whoever says them are gaps in all notes; no prompt says which member
 *   says which, so that no answer can (domain/cluster-words.ts).
 * - "never guess": what few users wrote is not listed either; a model that fills the gap would put it back.
 * - "what only one or two members say": who plants text in a few conversations does not reach the name.
 * - "without judging": G.5 names harmful groups as plainly as others; a euphemism hides them from those who look.
 */
export const labelPrompt: Prompt<"label"> = {
  task: "label",
  version: 2,
  temperature: 0.3,
  maxOutputTokens: () => LABEL_TOKENS,
  messages: (input, fit) => chat(SYSTEM, listsOf(input, beside(fit, SYSTEM, CLOSING)) + CLOSING),
  wire: () => wireLabel,
  read: (json) => readLabel(parseAnswer(wireLabel, json)),
};
