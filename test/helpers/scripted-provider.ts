import type { ModelTask, TaskAnswer, TaskInput } from "../../shared/contracts/model-tasks.ts";
import { hashString } from "../../shared/domain/random.ts";
import { NO_USAGE } from "../../shared/domain/usage.ts";
import type { Embedder } from "../../shared/ports/embedder.ts";
import type { Model } from "../../shared/ports/model.ts";

const DIMENSIONS = 64;

/** Words of a text hashed into 64 numbers: texts with the same words are near each other. */
export function hashingEmbedder(): Embedder {
  return {
    identity: { provider: "scripted", model: "hashed-words", version: "1" },
    dimensions: DIMENSIONS,
    async embed(texts) {
      const data = new Float32Array(texts.length * DIMENSIONS);
      texts.forEach((text, i) => {
        for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])
          data[i * DIMENSIONS + (hashString(word) % DIMENSIONS)]! += 1;
      });
      return { rows: texts.length, cols: DIMENSIONS, data, usage: NO_USAGE };
    },
    close: async () => {},
  };
}

type Answers = { [T in ModelTask]: (input: TaskInput<T>) => TaskAnswer<T> };

/** The first user message as every facet; names from first members; parents from first children; audits pass. */
export const plainAnswers: Answers = {
  facets: ({ messages }) => {
    const text = messages.find((message) => message.role === "user")?.content.slice(0, 200) || null;
    return {
      request: text,
      task: text,
      topic: null,
      summary: text,
      language: "en",
      concern: { score: 1, reason: null },
      assistant_errors: [],
      frustration: 1,
      secondary_requests: [],
    };
  },
  label: ({ members, taken }) => {
    const words = (members[0]?.summary ?? "nothing").split(" ").slice(0, 5).join(" ");
    const name = taken.includes(words) ? `${words} again` : words;
    return { name, description: `Users ask about ${words}.` };
  },
  propose_parents: ({ clusters, wanted }) => ({
    parents: clusters.slice(0, wanted).map(({ name, description }) => ({
      name: `About ${name}`.split(" ").slice(0, 8).join(" "),
      description,
    })),
  }),
  deduplicate_parents: ({ candidates, wanted }) => ({ parents: candidates.slice(0, wanted) }),
  assign_parent: ({ parents }) => ({ parent: parents[0]!.name }),
  rename_parent: ({ children }) => ({
    name: `Group of ${children[0]!.name}`.split(" ").slice(0, 8).join(" "),
    description: children[0]!.description,
  }),
  audit: () => ({ rating: 5, reason: "nothing identifying" }),
  synthesise_conversation: ({ turns, verbatim }) => ({
    messages: turns.flatMap((turn, at) => [
      { role: "user" as const, content: [`Put otherwise: ${turn}`, ...(at === 0 ? verbatim : [])].join(" ") },
      { role: "assistant" as const, content: "Of course." },
    ]),
  }),
};

/** A model that answers by the functions given, plain answers for the rest; what they throw is thrown. */
export function scriptedModel(
  answers: Partial<Answers> = {},
): Model & { readonly calls: Record<ModelTask, number> } {
  const calls: Record<ModelTask, number> = {
    facets: 0,
    label: 0,
    propose_parents: 0,
    deduplicate_parents: 0,
    assign_parent: 0,
    rename_parent: 0,
    audit: 0,
    synthesise_conversation: 0,
  };
  return {
    identity: { provider: "scripted", model: "plain", version: "1" },
    calls,
    async ask(task, input) {
      calls[task]++;
      const answer = answers[task] ?? plainAnswers[task];
      return {
        answer: answer(input),
        usage: { calls: 1, input_tokens: 10, output_tokens: 5, cost_usd: 0.001 },
      };
    },
  };
}
