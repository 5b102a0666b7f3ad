import * as z from "zod";
import { MAX_SYNTHETIC_MESSAGE, modelTasks } from "../../contracts/model-tasks.ts";
import type { TaskInput } from "../../contracts/model-tasks.ts";
import { truncate } from "../text/truncate.ts";
import { chat, parseAnswer } from "./prompt.ts";
import type { Prompt } from "./prompt.ts";

type Input = TaskInput<"synthesise_conversation">;
type Answer = z.infer<typeof wire>["messages"];

const wire = z.object({
  messages: z.array(z.object({ role: z.enum(["user", "assistant"]), content: z.string() })),
});

/** One message of the user, or the answer to it. */
const TOKENS_PER_MESSAGE = 450;

const SYSTEM = `You write made-up conversations between a user and an AI assistant, to test a program that analyses such conversations. Answer with one JSON object: "messages", a list of objects with "role" ("user" or "assistant") and "content". The user speaks first; after every message of the user comes one of the assistant.

You get an outline: what the user says, turn by turn. Keep the number of turns, what is wanted in each, the language, and every sentence listed as "verbatim", character for character, in a message of the user. Change everything else: put it in other words, as a real person would type it, add or leave out circumstances, vary length and order. A casual tone has slips, lower case and few full stops.

The assistant answers as a helpful, careful assistant would, in the same language, from one sentence to a few paragraphs; it declines what is dangerous. Invent no further names, addresses, numbers or accounts of persons. Write no placeholders such as "[name]".`;

function outline({ use_case, domain, language, tone, turns, verbatim }: Input): string {
  return JSON.stringify({ subject: use_case, domain, language, tone, turns, verbatim }, null, 1);
}

/** Without what a casual writer leaves away: line breaks, and the stop at the end. */
const squeezed = (text: string): string =>
  text
    .replace(/\s+/gu, " ")
    .trim()
    .replace(/[.!?。！？]+$/u, "");

/** What is wrong with the messages for this outline, as the model is told. */
function faults(messages: Answer, { turns, verbatim }: Input): string[] {
  const users = messages.filter(({ role }) => role === "user");
  const said = users.map(({ content }) => content.replace(/\s+/gu, " ")).join("\n");
  const alternate = messages.every(({ role }, at) => role === (at % 2 === 0 ? "user" : "assistant"));
  return [
    ...(alternate ? [] : ["user and assistant must take turns, the user first"]),
    ...(users.length === turns.length
      ? []
      : [`the user must have ${turns.length} messages, not ${users.length}`]),
    ...verbatim.flatMap((sentence, at) =>
      said.includes(squeezed(sentence))
        ? []
        : [`sentence ${at + 1} of "verbatim" is not there word for word`],
    ),
  ];
}

/**
 * One synthetic conversation from a template's outline. The paper wrote its synthetic sets from use cases with random
 * length, tone and language (appendix C.2); here these, the number of turns and the personal data come from the template
 * generator, so that the labels stay true whatever the model writes.
 *
 * - Temperature 1.0: variety is what is wanted.
 * - "verbatim": the labels name the kinds of personal data in a conversation, and leaks are counted by them.
 * - "declines what is dangerous": outlines of worrying use cases are answered by models, instead of refused as a whole.
 * - No fence: the outline is the project's own text.
 */
export const synthesiseConversationPrompt: Prompt<"synthesise_conversation"> = {
  task: "synthesise_conversation",
  version: 1,
  temperature: 1,
  maxOutputTokens: ({ turns }) => 2 * turns.length * TOKENS_PER_MESSAGE,
  messages: (input) => chat(SYSTEM, outline(input)),
  wire: () => wire,

  read(json, input) {
    const checked = wire.superRefine(({ messages }, context) => {
      for (const message of faults(messages, input))
        context.addIssue({ code: "custom", path: ["messages"], message });
    });
    const { messages } = parseAnswer(checked, json);
    return modelTasks.synthesise_conversation.answer.parse({
      messages: messages.map(({ role, content }) => ({
        role,
        content: truncate(content.toWellFormed().trim(), MAX_SYNTHETIC_MESSAGE),
      })),
    });
  },
};
