import { hashString, seededRandom } from "../../shared/domain/random.ts";
import { completionOf } from "../../test/helpers/openai-server.ts";
import type { Asked, Reply } from "../../test/helpers/openai-server.ts";

/**
 * Answers to every question of a run, ours or Kura's, made of the words of what is asked, so that topics stay apart: what
 * a model would say costs nothing here but its time.
 */

const DIMENSIONS = 512;
/** Values of a vector in text, in steps of 0.0001: written once, since a real service's time is not the server's. */
const STEPS = 4096;
const TEXTS = Array.from({ length: 2 * STEPS + 1 }, (_, i) => ((i - STEPS) / 10_000).toFixed(4));

const wordVectors = new Map<string, Int16Array>();
/** A random direction for each word: texts with words in common are near. */
function wordVector(word: string): Int16Array {
  const held = wordVectors.get(word);
  if (held !== undefined) return held;
  const random = seededRandom(hashString(word), "word");
  const vector = Int16Array.from({ length: DIMENSIONS }, () => Math.round((random() - 0.5) * 400));
  wordVectors.set(word, vector);
  return vector;
}

const COMMON = new Set(
  "about after also and any are asked asks assistant been but can could did does for from get give had has have help her him his how into its just know like make more need not now one our out please should some than that the their them then there these they this was want wanted wants was what when where which while who why will with would you your user users none null true false en".split(
    " ",
  ),
);
const wordsOf = (text: string): string[] =>
  (text.toLowerCase().match(/\p{L}{3,}/gu) ?? []).filter((word) => !COMMON.has(word));

function vectorText(text: string): string {
  const sum = new Int32Array(DIMENSIONS);
  for (const word of wordsOf(text)) {
    const vector = wordVector(word);
    for (let d = 0; d < DIMENSIONS; d++) sum[d]! += vector[d]!;
  }
  return `[${Array.from(sum, (value) => TEXTS[Math.max(-STEPS, Math.min(STEPS, value)) + STEPS]!).join(",")}]`;
}

/** The most frequent words of a text, each once. */
function topWords(text: string, most: number): string[] {
  const counts = Map.groupBy(wordsOf(text), (word) => word);
  return [...counts]
    .sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1))
    .slice(0, most)
    .map(([word]) => word);
}

const lines = (text: string): string[] => text.match(/^- .+$/gm) ?? [];

function labelOf(text: string): { name: string; description: string } {
  const words = topWords(text, 4);
  return {
    name: `Help with ${words.slice(0, 3).join(" ")}`,
    description: `Users asked for help with ${words.join(", ")}. The assistant answered their questions step by step.`,
  };
}

/** Whichever choice has the most words in common with a text. */
function nearest(choices: readonly string[], text: string): string {
  const words = new Set(wordsOf(text));
  const common = (choice: string): number => wordsOf(choice).filter((word) => words.has(word)).length;
  return choices.reduce((best, choice) => (common(choice) > common(best) ? choice : best), choices[0]!);
}

function spread<T>(items: readonly T[], wanted: number): T[] {
  const count = Math.max(1, Math.min(wanted, items.length));
  return Array.from({ length: count }, (_, i) => items[Math.floor((i * items.length) / count)]!);
}

const labelIn = (line: string): { name: string; description: string } => {
  const [name = "", ...rest] = line.replace(/^- /, "").split(": ");
  return { name, description: rest.join(": ") || name };
};

function summaryOf(said: string): Record<string, unknown> {
  const words = topWords(said, 3);
  return {
    summary: `The user asked about ${said.slice(0, 160)}. The assistant explained it.`,
    request: `get an answer about ${words.join(" ")}`,
    task: `Explain ${words.slice(0, 2).join(" ")}`,
    topic: words.slice(0, 2).join(" ") || "nothing",
  };
}

const number = (pattern: RegExp, text: string): number => Number(pattern.exec(text)?.[1] ?? 1);

/** By the name of the schema: ours is that of the task, Kura's that of its response model. */
const ANSWERS: Readonly<Record<string, (user: string, asked: Asked) => unknown>> = {
  facets: (user) => ({
    ...summaryOf((/<user-\w+>\n([^]*?)\n<\/user/.exec(user)?.[1] ?? user).replace(/\s+/g, " ")),
    language: "en",
    secondary_requests: [],
    assistant_errors: [],
    frustration: 1,
    concern_reason: null,
    concern_score: 1,
  }),
  label: (user) => labelOf(/<members-\w+>\n([^]*?)\n<\/members/.exec(user)?.[1] ?? user),
  propose_parents: (user) => ({
    parents: spread(
      lines(/<groups-\w+>\n([^]*?)\n<\/groups/.exec(user)?.[1] ?? user),
      number(/Propose about (\d+)/, user),
    ).map((line) => {
      const { name, description } = labelIn(line);
      return { name: name.replace("Help with", "Handle"), description };
    }),
  }),
  deduplicate_parents: (user) => ({
    parents: spread([...new Set(lines(user))], number(/Return about (\d+)/, user)).map(labelIn),
  }),
  assign_parent: (user, { body }) => {
    const schema = body.response_format?.json_schema?.schema.properties?.["parent"];
    return {
      parent: nearest(
        (schema?.enum ?? []) as string[],
        /<group-\w+>\n([^]*?)\n<\/group/.exec(user)?.[1] ?? user,
      ),
    };
  },
  rename_parent: (user) =>
    labelOf(user.replace(/\d+ conversations: Help with|Users asked for help with/g, "")),
  audit: () => ({ reason: "nothing personal", rating: 5 }),

  GeneratedSummary: (user) => ({
    ...summaryOf((/<message>user: ([^]*?)<\/message>/.exec(user)?.[1] ?? user).replace(/\s+/g, " ")),
    languages: ["english"],
    concerning_score: 1,
    user_frustration: 1,
    assistant_errors: [],
  }),
  GeneratedCluster: (user) => {
    const shown =
      /<positive_examples>([^]*?)<\/positive_examples>/.exec(user)?.[1] ??
      /<clusters>([^]*?)<\/clusters>/.exec(user)?.[1] ??
      user;
    const { name, description } = labelOf(shown.replace(/<[^>]+>/g, " "));
    return { name, summary: description, slug: topWords(shown, 3).join("_") };
  },
  CandidateClusters: (user) => {
    const names = [...user.matchAll(/<cluster>([^]*?): /g)].map(([, name]) => name!);
    return {
      candidate_cluster_names: spread([...new Set(names)], number(/create at most (\d+)/, user)).map((name) =>
        name.replace("Help with", "Handle"),
      ),
    };
  },
  ClusterLabel: (user) => ({
    higher_level_cluster: nearest(
      [...user.matchAll(/<higher_level_cluster>([^]*?)<\/higher_level_cluster>/g)].map(([, name]) => name!),
      /<specific_cluster>([^]*?)<\/specific_cluster>/.exec(user)?.[1] ?? user,
    ),
  }),
};

interface Tool {
  readonly function: { readonly name: string };
}

/** What is asked for: the task of ours, the response model of Kura's. */
export function taskOf({ path, body }: Asked): string {
  if (path.endsWith("/embeddings")) return "embeddings";
  const [tool] = (body["tools"] as readonly Tool[] | undefined) ?? [];
  return tool?.function.name ?? body.response_format?.json_schema?.name ?? "";
}

export function topicalReply(asked: Asked): Reply {
  const { body } = asked;
  if (asked.path.endsWith("/embeddings")) {
    const input = [body.input].flat();
    const data = input.map((text, index) => `{"index":${index},"embedding":${vectorText(text)}}`).join(",");
    const tokens = Math.ceil(input.join(" ").length / 4);
    return {
      status: 200,
      body: `{"object":"list","model":"vectors-1","data":[${data}],"usage":{"prompt_tokens":${tokens},"total_tokens":${tokens}}}`,
    };
  }
  const task = taskOf(asked);
  const answer = ANSWERS[task];
  if (answer === undefined) throw new RangeError(`no answer to ${task}`);
  const user = body.messages
    .filter(({ role }) => body["tools"] !== undefined || role === "user")
    .map(({ content }) => content)
    .join("\n");
  const json = JSON.stringify(answer(user, asked));
  if (body["tools"] === undefined) return completionOf(asked, json);
  const call = { id: `call-${asked.index}`, type: "function", function: { name: task, arguments: json } };
  return completionOf(asked, null, {
    finish_reason: "tool_calls",
    message: { role: "assistant", content: null, tool_calls: [call] },
  });
}
