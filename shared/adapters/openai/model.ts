import type { OpenAI } from "openai";
import * as z from "zod";
import type { ModelIdentity, ModelTask, TaskAnswer, TaskInput, Usage } from "../../contracts/model-tasks.ts";
import { prompts } from "../../domain/prompts/all.ts";
import type { Prompt } from "../../domain/prompts/prompt.ts";
import { strictSchema } from "../../domain/prompts/strict-schema.ts";
import { costOf } from "../../domain/prices.ts";
import type { Price } from "../../domain/prices.ts";
import { CONTEXT_MARGIN, LEAST_ROOM, roomFor, tokensOfMessages } from "../../domain/prompts/room.ts";
import { reasoningOf, thoughtTokens } from "../../domain/reasoning.ts";
import { NO_USAGE, sumUsage } from "../../domain/usage.ts";
import { BadAnswerError } from "../../errors.ts";
import type { Learned } from "../open-provider.ts";
import type { CallOptions, Model, ModelReply } from "../../ports/model.ts";
import { completion, readCompletion } from "./answer.ts";
import type { Completion } from "./answer.ts";
import { MAX_LOST } from "./calls.ts";
import type { Calls } from "./calls.ts";
import { requestIn, schemaRule, without } from "./form.ts";
import type { Form, Format, LengthField, Message } from "./form.ts";
import type { CountTokens } from "./tokenizer.ts";
import type { Trace } from "./tracing.ts";

export interface ChatModelOptions {
  readonly identity: ModelIdentity;
  readonly client: Pick<OpenAI, "chat">;
  readonly calls: Calls;
  readonly countTokens: CountTokens;
  /** Tokens of a question and its answer together. */
  readonly contextTokens: number;
  readonly lengthField: LengthField;
  /** Tokens that the model may think in before an answer; null for what models of its name are known to need. */
  readonly reasoningTokens: number | null;
  /** Forms to ask an answer in, best first. */
  readonly formats: readonly Format[];
  /** Null when it is not known: calls then count and cost nothing. */
  readonly price: Price | null;
  readonly trace: Trace;
}

/** How much of the room is left before a question that is still too long is given up: the context may be far smaller than said. */
const LEAST_SHARE = 1 / 8;
/** What asks for a better answer. */
const REPAIR_TOKENS = 250;

const MAX_ISSUES = 8;

/** What was wrong with an answer, for the one that gave it. */
function issuesOf(error: unknown): string {
  if (!(error instanceof z.ZodError)) return "it does not fit the schema";
  return error.issues
    .slice(0, MAX_ISSUES)
    .map(({ path, message }) => `${path.join(".") || "the object"}: ${message}`)
    .join("; ");
}

const WRONG: Readonly<Record<string, string>> = {
  cut_off: "it was too long and is cut off: be shorter",
  empty: "it was empty",
  not_json: "it is not one JSON object",
};

/**
 * A language model behind the chat completions API. Asks for a strict JSON schema; where an endpoint refuses one, and from
 * then on, for any JSON object; then for plain text. A wrong answer is sent back once with what is wrong with it.
 * Throws BadAnswerError for the item when the second is wrong too, with what both cost.
 */
export function chatModel(options: ChatModelOptions): {
  model: Model;
  accepted: () => Pick<Learned, "format" | "leftOut">;
} {
  const { identity, client, calls, countTokens, contextTokens, formats, price, trace } = options;
  const reasoning = reasoningOf(identity.model);
  const hasEffort = reasoning?.effort !== null && reasoning?.effort !== undefined;
  let form: Form = {
    format: formats[0]!,
    hasTemperature: true,
    hasEffort,
    lengthField: options.lengthField,
  };
  /** Tokens that an answer may take, thoughts before it included. */
  const mostTokens = <T extends ModelTask>(prompt: Prompt<T>, input: TaskInput<T>): number =>
    prompt.maxOutputTokens(input) + thoughtTokens(options.reasoningTokens, identity.model);

  const usageOf = (usage: Completion["usage"], sent: number): Usage => {
    const input = usage?.prompt_tokens ?? sent;
    const output = usage?.completion_tokens ?? 0;
    const cached = usage?.prompt_tokens_details?.cached_tokens ?? 0;
    const cost = price === null ? 0 : costOf(price, { input, cachedInput: cached, output });
    return { ...NO_USAGE, calls: 1, input_tokens: input, output_tokens: output, cost_usd: cost };
  };

  /** One answer, asked again without what the endpoint does not know. */
  async function complete<T extends ModelTask>(
    prompt: Prompt<T>,
    input: TaskInput<T>,
    messages: readonly Message[],
    { signal }: CallOptions,
    usages: Usage[],
  ): Promise<Completion | { code: "context_overflow" | "content_filter" }> {
    const sent = tokensOfMessages(messages, countTokens);
    for (;;) {
      const tried = form;
      const body = requestIn(tried, {
        name: prompt.task,
        model: identity.model,
        messages,
        schema: strictSchema(prompt.wire(input)),
        temperature: prompt.temperature,
        effort: reasoning?.effort ?? null,
        longest: mostTokens(prompt, input),
      });
      const outcome = await calls.make(
        sent + mostTokens(prompt, input),
        signal,
        async () => client.chat.completions.create(body, { signal }).withResponse(),
        () =>
          usages.push(usageOf({ prompt_tokens: sent, completion_tokens: mostTokens(prompt, input) }, sent)),
      );
      if ("fault" in outcome) {
        const { fault } = outcome;
        if (fault.kind === "item") return { code: fault.code };
        // A call that was under way beside this one may have found out already.
        if (form === tried) form = without(fault.what, tried, formats);
        continue;
      }
      const answer = completion.safeParse(outcome.data);
      // No choices at all: as good as an empty answer.
      const given = answer.success ? answer.data : { choices: [{ message: {} }], usage: null };
      usages.push(usageOf(given.usage, sent));
      return given;
    }
  }

  function roomOf<T extends ModelTask>(prompt: Prompt<T>, input: TaskInput<T>, share: number): number {
    const schema = countTokens(schemaRule(strictSchema(prompt.wire(input))));
    const room = roomFor(contextTokens, mostTokens(prompt, input), schema);
    return Math.max(LEAST_ROOM, Math.floor(room * share));
  }

  /** Tokens that a wrong answer may take in the question that asks for a better one. */
  function roomForRepair<T extends ModelTask>(
    prompt: Prompt<T>,
    input: TaskInput<T>,
    messages: readonly Message[],
  ): number {
    const taken = messages.reduce((sum, { content }) => sum + countTokens(content), REPAIR_TOKENS);
    return roomOf(prompt, input, 1) - taken;
  }

  async function asked<T extends ModelTask>(
    task: T,
    input: TaskInput<T>,
    call: CallOptions,
    share: number,
    usages: Usage[],
  ): Promise<ModelReply<T>> {
    const prompt = prompts[task] as unknown as Prompt<T>;
    const fit = { countTokens, room: roomOf(prompt, input, share) };
    let messages: readonly Message[] = prompt.messages(input, fit);
    let code = "";
    for (const isRepair of [false, true]) {
      const outcome = await complete(prompt, input, messages, call, usages);
      if ("code" in outcome) {
        // The question fitted, its repair does not: what was wrong with the answer stays the reason.
        if (isRepair) break;
        // A refusal costs nothing.
        if (outcome.code === "context_overflow" && share > LEAST_SHARE)
          return asked(task, input, call, share / 2, usages);
        throw new BadAnswerError(`${task}: ${outcome.code}`, { code: outcome.code });
      }
      const read = readCompletion(outcome);
      let wrong: string;
      if ("json" in read) {
        try {
          const answer: TaskAnswer<T> = prompt.read(read.json, input);
          return { answer, usage: sumUsage(usages) };
        } catch (error) {
          if (!(error instanceof z.ZodError)) throw error;
          code = "invalid_answer";
          wrong = issuesOf(error);
        }
      } else {
        ({ code } = read);
        // Asked again, it would refuse again.
        if (code === "refused" || code === "content_filter") break;
        wrong = WRONG[code]!;
      }
      if (isRepair) break;
      const said = outcome.choices[0]!.message.content ?? "";
      const ask = `Your answer cannot be used: ${wrong}. Answer again with one JSON object as described.`;
      const isShown =
        said !== "" && code !== "cut_off" && countTokens(said) <= roomForRepair(prompt, input, messages);
      const before = messages.slice(0, -1);
      const question = messages.at(-1)!;
      messages = isShown
        ? [...messages, { role: "assistant", content: said }, { role: "user", content: ask }]
        : // Templates of many models refuse two messages of one role in a row.
          [...before, { role: "user", content: `${question.content}\n\n${ask}` }];
    }
    throw new BadAnswerError(`${task}: ${code}`, { code });
  }

  const model: Model = {
    identity,
    async ask(task, input, call) {
      const usages: Usage[] = [];
      try {
        return await trace(task, input, async () => asked(task, input, call, 1, usages));
      } catch (error) {
        // What was paid before it failed: an answer that could not be used, a try that broke off.
        if (error instanceof Error && usages.length > 0) Object.assign(error, { usage: sumUsage(usages) });
        throw error;
      }
    },
    worstCase: (task, input) => worstCase(task, input),
  };
  return {
    model,
    accepted: () => ({
      format: form.format,
      leftOut: [
        ...(form.hasTemperature ? [] : ["temperature"]),
        ...(hasEffort && !form.hasEffort ? ["reasoning effort"] : []),
      ],
    }),
  };

  /** Two answers of full length, the second to a question that holds the first; and the tries that may be lost. */
  function worstCase<T extends ModelTask>(task: T, input: TaskInput<T>): Usage {
    const prompt = prompts[task] as unknown as Prompt<T>;
    const most = mostTokens(prompt, input);
    const messages = prompt.messages(input, { countTokens, room: roomOf(prompt, input, 1) });
    const sent = tokensOfMessages(messages, countTokens);
    const schema = countTokens(JSON.stringify(strictSchema(prompt.wire(input))));
    const answers = 2 + 2 * MAX_LOST;
    const inputTokens = Math.ceil((answers * (sent + schema + most)) / CONTEXT_MARGIN);
    const used = usageOf({ prompt_tokens: inputTokens, completion_tokens: answers * most }, inputTokens);
    return { ...used, calls: answers };
  }
}
