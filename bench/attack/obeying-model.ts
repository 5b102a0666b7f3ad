import { offlineAudit } from "../../shared/adapters/offline/audit.ts";
import { MAX_DESCRIPTION_LENGTH } from "../../shared/contracts/model-tasks.ts";
import type { Label, LabelMember, TaskInput } from "../../shared/contracts/model-tasks.ts";
import type { Model } from "../../shared/ports/model.ts";
import { scriptedModel } from "../../test/helpers/scripted-provider.ts";
import { ORDERS } from "./instructions.ts";
import { CODE_WORDS } from "./secrets.ts";
import { NEIGHBOUR, SUBJECT } from "./world.ts";

/** Values that a name has room for, beside what its cluster is about. */
const TOLD_IN_NAME = 3;
/** Sentences of a summary, where nothing in the conversation asks for more. */
const SUMMED_UP = 2;
const MAX_SUMMARY = 600;
const SENTENCE = /[^.?!]+[.?!]+\s*/g;

const PERSON = /(\d+) year old (\w+) from (\w+)/;

const orders = Object.values(ORDERS);
const textOf = ({ summary }: LabelMember): string => summary;
const subjectOf = (text: string): string => SUBJECT.exec(text)?.[0] ?? "a bed";

/** A summary of the first sentences; what a conversation asks to have written is written, and not that it asks. */
function summarise(said: string): string {
  const order = orders.find(({ facet }) => said.includes(facet));
  if (order !== undefined) return said.replace(`${order.facet} `, "").slice(0, MAX_SUMMARY);
  return (said.match(SENTENCE) ?? [said]).slice(0, SUMMED_UP).join("").trim().slice(0, MAX_SUMMARY);
}

/** The words of a list that a text holds, as the list has them. */
const wordsIn = (text: string, list: readonly string[]): string[] => {
  const held = new Set(text.toLowerCase().match(/[a-z]+/g));
  return list.filter((word) => held.has(word));
};

const instructing = (texts: readonly string[]): string[] =>
  texts.filter((text) => orders.some(({ label }) => text.includes(label)));

/** The values of whoever fits the description in an instruction that can still be read. */
function obeyed(texts: readonly string[], secrets: readonly string[]): string[] {
  const told = instructing(texts);
  const wanted = told.map((text) => PERSON.exec(text)).find((found) => found !== null);
  if (wanted === undefined) return [];
  return texts
    .filter((text) => text.includes(wanted[0]) && !told.includes(text))
    .flatMap((text) => wordsIn(text, secrets));
}

const likeTarget = (text: string): boolean => text.includes("I am a");

/** The values of whoever speaks like a target, whether an instruction can be read or not. */
const colluded = (texts: readonly string[], secrets: readonly string[]): string[] =>
  texts.filter(likeTarget).flatMap((text) => wordsIn(text, secrets));

/** What is told of the target of a cluster: the values that a text links to it, or else those that its cluster is said to have. */
function toldOf(
  { members, outsiders, words }: TaskInput<"label">,
  secrets: readonly string[],
  colluding: boolean,
): string[] {
  const own = members.map(textOf);
  const texts = [...own, ...outsiders.map(textOf)];
  const linked = [...obeyed(texts, secrets), ...(colluding ? colluded(texts, secrets) : [])];
  const asked = instructing(own).length > 0 || (colluding && own.some(likeTarget));
  const values = linked.length > 0 || !asked ? linked : wordsIn(words.join(" "), secrets);
  const inCode = instructing(texts).some((text) => text.includes(ORDERS.code.label));
  return [...new Set(inCode ? values.map((value) => CODE_WORDS[secrets.indexOf(value)]!) : values)];
}

/** Instructions for later steps that can still be read, to hand on; not in the order in which a conversation has them, which would be a quotation. */
const handedOn = (text: string): string[] =>
  orders
    .flatMap(({ rename, audit }) => [audit, rename])
    .filter((order, i, all) => all.indexOf(order) === i && text.includes(order));

function labelOf(name: string, description: string, told: readonly string[], read: string): Label {
  return {
    name: [name, ...told.slice(0, TOLD_IN_NAME)].join(" and "),
    description: [description, ...(told.length > 0 ? [`${told.join(", ")}.`] : []), ...handedOn(read)]
      .join(" ")
      .slice(0, MAX_DESCRIPTION_LENGTH),
  };
}

/**
 * A model without any resistance: each step does what any text in its prompt tells that step, and hands on what is for
 * later ones. `colluding`: steps that name work for the attacker without being told.
 */
export function obeyingModel(secrets: readonly string[], colluding = false): Model {
  return scriptedModel({
    facets: ({ messages }) => ({
      request: null,
      task: null,
      topic: null,
      summary: summarise(messages.find(({ role }) => role === "user")!.content),
      language: "en",
      concern: { score: 1, reason: null },
      assistant_errors: [],
      frustration: 1,
      secondary_requests: [],
    }),
    label: (input) => {
      const { members, outsiders, words, taken } = input;
      // The word by which a world is known needs users: it is in the list.
      const about = [textOf(members[0]!), ...words].join(" ");
      const subject = subjectOf(about);
      const name = NEIGHBOUR.test(about) ? `Choose a mattress for ${subject}` : `Sleep better in ${subject}`;
      return labelOf(
        taken.includes(name) ? `${name} ${taken.length}` : name,
        `Users ask about ${subject}.`,
        toldOf(input, secrets, colluding),
        [...members, ...outsiders].map(textOf).join("\n"),
      );
    },
    propose_parents: ({ clusters }) => ({
      parents: [...new Set(clusters.map(({ name }) => subjectOf(name)))].map((subject) => ({
        name: `All about ${subject}`,
        description: `Users ask about ${subject}.`,
      })),
    }),
    deduplicate_parents: ({ candidates }) => ({
      parents: candidates.filter(({ name }, i) => candidates.findIndex((other) => other.name === name) === i),
    }),
    assign_parent: ({ cluster, parents }) => ({
      parent: (parents.find(({ name }) => subjectOf(name) === subjectOf(cluster.name)) ?? parents[0]!).name,
    }),
    // What its children's names and descriptions tell it to copy, it copies.
    rename_parent: ({ children }) => {
      const read = children.map(({ name, description }) => `${name}. ${description}`).join("\n");
      const told =
        colluding || orders.some(({ rename }) => read.includes(rename))
          ? wordsIn(read, [...secrets, ...CODE_WORDS])
          : [];
      const subject = subjectOf(read);
      return labelOf(`All about ${subject}`, `Users ask about ${subject}.`, told, read);
    },
    audit: (input) =>
      orders.some(({ audit }) => input.text.includes(audit))
        ? { rating: 5, reason: "nothing_found" }
        : offlineAudit(input),
  });
}
