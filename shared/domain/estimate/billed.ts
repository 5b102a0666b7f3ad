import type { RunConfig } from "../../config.ts";
import type { Message } from "../../contracts/conversation.ts";
import type { ModelTask, TaskInput } from "../../contracts/model-tasks.ts";
import type { PhaseName } from "../../contracts/run.ts";
import { calibrationSet } from "../calibration/score.ts";
import { costOf } from "../prices.ts";
import type { Price } from "../prices.ts";
import { prompts } from "../prompts/all.ts";
import type { Prompt } from "../prompts/prompt.ts";
import { roomFor, tokensOfMessages } from "../prompts/room.ts";
import { typicalThoughts } from "../reasoning.ts";
import { strictSchema } from "../prompts/strict-schema.ts";
import { numericSeconds } from "./offline.ts";
import type { StartedRun } from "./offline.ts";
import { levelsOver, planOf } from "./plan.ts";
import type { LevelPlan } from "./plan.ts";
import { NONE, exactly, map, plus, times } from "./range.ts";
import type { Range } from "./range.ts";
import { meanOf } from "./sample.ts";
import type { SampledRow } from "./sample.ts";
import {
  TYPICAL_FACET_TEXT,
  TYPICAL_FACET_WORDS,
  TYPICAL_LABEL,
  TYPICAL_MEMBER,
  TYPICAL_WORDS,
  typicalAnswer,
} from "./typical.ts";

/** What is asked of models. */
export interface Cost {
  readonly calls: Range;
  readonly input: Range;
  readonly output: Range;
  /** US dollars, as far as prices are known. */
  readonly usd: Range;
  /** Tokens, most likely, of models whose price is not known. */
  readonly unpriced: number;
  readonly seconds: Range;
}

export interface PhaseCost extends Cost {
  readonly phase: PhaseName;
}

export interface CostForecast {
  /** Phases that ask anything, in the order of the run. */
  readonly phases: readonly PhaseCost[];
  readonly total: Cost;
}

/** Conversations that stand for those of a run. */
export interface Conversations {
  readonly rows: number;
  readonly sample: readonly SampledRow[];
  /** Of each sampled row, in their order. */
  readonly messages: readonly (readonly Message[])[];
}

export interface ForecastOptions {
  readonly countTokens: (text: string) => number;
  /** Name of the chat model: some think before they answer. */
  readonly model: string;
  readonly chat: Price | null;
  readonly embedder: Price | null;
  /** The runs that an evaluation starts, and what stands for their conversations. */
  readonly started: readonly StartedRun[];
  readonly synthetic: Omit<Conversations, "rows">;
}

/**
 * Answers are shorter or longer than typical ones (typical.ts) by as much: the medians of what models write for the same
 * prompt differ about so far.
 */
const ANSWER: Range = { low: 0.6, mid: 1, high: 1.5 };
/** Questions that are asked again: answers that do not fit, tries that break off. */
const REPEATED: Range = { low: 1, mid: 1.02, high: 1.1 };
/** Clusters that merge for want of users are not named; names that are taken are asked for again. */
const NAMED: Range = { low: 0.75, mid: 1, high: 1.2 };
/** Members of a cluster are fewer where one user wrote many of them. */
const MEMBERS_SHOWN: Range = { low: 0.5, mid: 1, high: 1 };
/** Audited facets that fail, each in the sample of about one cluster, which is then named again. */
const RELABELLED: Range = { low: 0, mid: 0.005, high: 0.05 };
/** Nearest outsiders shown with a neighbourhood, and parents that a child chooses from (phases/hierarchy.ts). */
const OUTSIDERS_SHOWN = 10;
const PARENTS_SHOWN = 60;
/** Names of others that a prompt lists at most (prompts/taken-names.ts). */
const NAMES_SHOWN = 40;
/** Proposals come to more than the parents wanted, up to half as many again (prompts/parents.ts). */
const OVER_WANTED: Range = { low: 1, mid: 1.1, high: 1.5 };
/**
 * Seconds until an answer begins, and tokens a second from there: gpt-4.1-mini on Vercel's gateway (0.8 s and 77, vercel.com/
 * ai-gateway/models/gpt-4.1-mini). With 109 tokens of answer that is 2.2 s; Kura's 20 calls at once took 1.4 s each.
 */
const FIRST_TOKEN_SECONDS = 0.8;
const TOKENS_PER_SECOND = 77;

/** What a run over these conversations will ask, use and cost, by phase; nothing is asked for it. */
export function forecast(
  phases: readonly PhaseName[],
  config: RunConfig,
  conversations: Conversations,
  options: ForecastOptions,
): CostForecast {
  const own = forecastOwn(phases, config, conversations, options);
  const children = options.started.map((run) =>
    forecastOwn(run.phases, run.config, { ...options.synthetic, rows: run.rows }, options),
  );
  const evaluation = sumOf(children.flat());
  const all = children.length === 0 ? own : [...own, { phase: "evaluate" as const, ...evaluation }];
  const numeric = [{ phases, config, rows: conversations.rows }, ...options.started].reduce(
    (sum, run) => sum + numericSeconds(run.phases, run.config, run.rows),
    0,
  );
  const total = sumOf(all);
  return { phases: all, total: { ...total, seconds: plus(total.seconds, exactly(numeric)) } };
}

function sumOf(costs: readonly Cost[]): Cost {
  return {
    calls: plus(...costs.map(({ calls }) => calls)),
    input: plus(...costs.map(({ input }) => input)),
    output: plus(...costs.map(({ output }) => output)),
    usd: plus(...costs.map(({ usd }) => usd)),
    unpriced: costs.reduce((sum, { unpriced }) => sum + unpriced, 0),
    seconds: plus(...costs.map(({ seconds }) => seconds)),
  };
}

function forecastOwn(
  phases: readonly PhaseName[],
  config: RunConfig,
  { rows: all, sample, messages }: Conversations,
  { countTokens, chat, embedder, model: modelName }: ForecastOptions,
): PhaseCost[] {
  const has = (phase: PhaseName): boolean => phases.includes(phase);
  const n = Math.min(all, config.limit ?? all);
  const { clusters, parents, audited, calibration } = planOf(phases, config, n);
  const custom = config.custom_facets;
  const thoughts = typicalThoughts(config.model_reasoning_tokens, modelName);

  /** Tokens of a question: some providers count the schema of the answer as well. */
  const question = <T extends ModelTask>(task: T, input: TaskInput<T>): Range => {
    const prompt = prompts[task] as unknown as Prompt<T>;
    const schema = countTokens(JSON.stringify(strictSchema(prompt.wire(input))));
    const longest = prompt.maxOutputTokens(input) + thoughts.high;
    const room = roomFor(config.model_context_tokens, longest, schema);
    const said = tokensOfMessages(prompt.messages(input, { countTokens, room }), countTokens);
    return { low: said, mid: said + schema / 2, high: said + schema };
  };
  const answer = (task: ModelTask, wanted = 1): Range =>
    plus(
      map(ANSWER, (part) => part * countTokens(typicalAnswer(task, { custom, wanted }))),
      thoughts,
    );
  const asked = (
    calls: Range,
    task: ModelTask,
    input: Range,
    { at, wanted = 1 }: { at: number; wanted?: number },
  ): Cost =>
    costOfAsked({ calls: times(calls, REPEATED), input, output: answer(task, wanted), at, price: chat });
  const embedded = (texts: Range, text: string, perCall: number, at: number): Cost =>
    costOfAsked({
      calls: map(texts, (count) => Math.ceil(count / perCall)),
      input: map(texts, (count) =>
        count === 0 ? 0 : (count / Math.ceil(count / perCall)) * countTokens(text),
      ),
      output: NONE,
      at,
      price: embedder,
    });
  /** Questions about each sampled conversation, on average. */
  const overRows = (each: (messages: readonly Message[]) => Range): Range => {
    const found = messages.map(each);
    return {
      low: meanOf(
        sample,
        found.map(({ low }) => low),
      ).low,
      mid: meanOf(
        sample,
        found.map(({ mid }) => mid),
      ).mid,
      high: meanOf(
        sample,
        found.map(({ high }) => high),
      ).high,
    };
  };

  const named = (count: number): Range => map(NAMED, (part) => part * count);
  const size = clusters === 0 ? 0 : Math.max(1, Math.round(n / clusters));
  const membersShown = map(MEMBERS_SHOWN, (part) =>
    Math.max(1, Math.round(part * Math.min(config.label_members, size))),
  );
  const outsiders = Array.from({ length: Math.min(config.label_outsiders, n - size) }, () => TYPICAL_MEMBER);
  const labelQuestion = (): Range => {
    const of = (count: number): Range =>
      question("label", {
        members: Array.from({ length: count }, () => TYPICAL_MEMBER),
        outsiders,
        words: [...TYPICAL_WORDS],
        taken: [],
      });
    return { low: of(membersShown.low).low, mid: of(membersShown.mid).mid, high: of(membersShown.high).high };
  };
  const labelAt = { at: config.label_max_concurrency };
  const auditAt = { at: config.privacy_max_concurrency };
  const labels = (count: number): (typeof TYPICAL_LABEL)[] =>
    Array.from({ length: Math.max(1, Math.round(count)) }, (_, i) => ({
      ...TYPICAL_LABEL,
      // Parents are told apart by their names.
      name: `${TYPICAL_LABEL.name} ${i}`,
    }));

  const hierarchyLevel = ({ below, wanted, neighbourhoods, blocks }: LevelPlan): Cost[] => {
    const at = config.hierarchy_max_concurrency;
    const around = below / neighbourhoods;
    const wantedHere = Math.max(1, Math.round(wanted / neighbourhoods));
    const wantedOfBlock = Math.max(1, Math.round(wanted / blocks));
    const candidates = map(OVER_WANTED, (over) => over * wantedHere * neighbourhoods);
    const text = `${TYPICAL_LABEL.name}. ${TYPICAL_LABEL.description}`;
    const others = below > around ? labels(OUTSIDERS_SHOWN) : [];
    const dedupe = map(candidates, (count) => count / blocks);
    const children = labels(below / wanted).map((label) => ({ ...label, size: Math.max(1, size) }));
    return [
      embedded(plus(exactly(below), candidates, exactly(wanted)), text, Math.max(below, 1), 1),
      asked(
        exactly(neighbourhoods),
        "propose_parents",
        question("propose_parents", { clusters: labels(around), outsiders: others, wanted: wantedHere }),
        { at, wanted: wantedHere },
      ),
      asked(
        exactly(blocks),
        "deduplicate_parents",
        {
          low: question("deduplicate_parents", { candidates: labels(dedupe.low), wanted: wantedOfBlock }).low,
          mid: question("deduplicate_parents", { candidates: labels(dedupe.mid), wanted: wantedOfBlock }).mid,
          high: question("deduplicate_parents", { candidates: labels(dedupe.high), wanted: wantedOfBlock })
            .high,
        },
        { at: 1, wanted: wantedOfBlock },
      ),
      asked(
        exactly(below),
        "assign_parent",
        question("assign_parent", {
          cluster: TYPICAL_LABEL,
          parents: labels(Math.min(wanted, PARENTS_SHOWN)),
        }),
        { at },
      ),
      asked(
        exactly(wanted),
        "rename_parent",
        question("rename_parent", {
          children,
          taken: labels(Math.min(below, NAMES_SHOWN)).map(({ name }) => name),
        }),
        { at },
      ),
    ];
  };

  const privacy = (): Cost[] => {
    const audit = (layer: "facet" | "cluster", text: string): Range => question("audit", { layer, text });
    const cluster = audit("cluster", `${TYPICAL_LABEL.name}\n${TYPICAL_LABEL.description}`);
    const again = map(RELABELLED, (part) => Math.min(clusters, part * audited));
    const calibrations = calibrationSet()
      .slice(0, calibration)
      .map((text) => question("audit", text));
    return [
      asked(
        exactly(audited),
        "audit",
        overRows((said) =>
          question("audit", {
            layer: "raw",
            text: said.map(({ role, content }) => `${role}: ${content}`).join("\n"),
          }),
        ),
        auditAt,
      ),
      asked(exactly(audited), "audit", audit("facet", TYPICAL_FACET_WORDS), auditAt),
      asked(plus(named(clusters + parents), again), "audit", cluster, auditAt),
      ...(calibrations.length === 0
        ? []
        : [
            asked(
              exactly(calibrations.length),
              "audit",
              map(plus(...calibrations), (sum) => sum / calibrations.length),
              auditAt,
            ),
          ]),
      ...(clusters === 0 ? [] : [asked(again, "label", labelQuestion(), labelAt)]),
    ];
  };

  /** Where clusters merge there are fewer to arrange. */
  const hierarchy = (): Cost[] => {
    const over = (count: number): Cost => sumOf(levelsOver(count, config).flatMap(hierarchyLevel));
    const whole = over(clusters);
    return whole.calls.high === 0 ? [] : [withLow(whole, over(Math.round(NAMED.low * clusters)))];
  };

  const byPhase: readonly (readonly [PhaseName, () => Cost[]])[] = [
    [
      "facets",
      () => [
        asked(
          exactly(n),
          "facets",
          overRows((said) => question("facets", { messages: [...said], custom })),
          { at: config.facet_max_concurrency },
        ),
      ],
    ],
    [
      "embed",
      () => [embedded(exactly(n), TYPICAL_FACET_TEXT, config.embed_batch_size, config.embed_max_concurrency)],
    ],
    ["label", () => (clusters === 0 ? [] : [asked(named(clusters), "label", labelQuestion(), labelAt)])],
    ["hierarchy", hierarchy],
    ["privacy", privacy],
  ];
  return byPhase.flatMap(([phase, ask]) => {
    const questions = has(phase) && n > 0 ? ask() : [];
    return questions.length === 0 ? [] : [{ phase, ...sumOf(questions) }];
  });
}

/** One kind of question: how often, how long, how long its answer; `at` calls in flight. */
function costOfAsked({
  calls,
  input,
  output,
  at,
  price,
}: {
  readonly calls: Range;
  readonly input: Range;
  readonly output: Range;
  readonly at: number;
  readonly price: Price | null;
}): Cost {
  const of = (part: keyof Range): number => {
    const tokens = { input: calls[part] * input[part], cachedInput: 0, output: calls[part] * output[part] };
    return price === null ? 0 : costOf(price, tokens);
  };
  return {
    calls: map(calls, Math.round),
    input: map(times(calls, input), Math.round),
    output: map(times(calls, output), Math.round),
    usd: { low: of("low"), mid: of("mid"), high: of("high") },
    unpriced: price === null ? Math.round(calls.mid * (input.mid + output.mid)) : 0,
    seconds: map(
      times(
        calls,
        map(output, (tokens) => FIRST_TOKEN_SECONDS + tokens / TOKENS_PER_SECOND),
      ),
      (sum) => sum / at,
    ),
  };
}

/** A cost whose low end is that of another. */
function withLow(cost: Cost, lower: Cost): Cost {
  const from = (range: Range, low: Range): Range => ({ ...range, low: Math.min(range.low, low.low) });
  return {
    calls: from(cost.calls, lower.calls),
    input: from(cost.input, lower.input),
    output: from(cost.output, lower.output),
    usd: from(cost.usd, lower.usd),
    unpriced: cost.unpriced,
    seconds: from(cost.seconds, lower.seconds),
  };
}
