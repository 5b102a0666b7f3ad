import { conversation as conversationSchema } from "../shared/contracts/conversation.ts";
import type { Conversation } from "../shared/contracts/conversation.ts";
import type { ModelIdentity, TaskInput, Usage } from "../shared/contracts/model-tasks.ts";
import type { openProvider } from "../shared/adapters/open-provider.ts";
import type { LabelledConversation } from "../shared/domain/mock/generate.ts";
import { NO_USAGE, sumUsage } from "../shared/domain/usage.ts";
import { ErrorName, StoppedError, UsageError, isKind } from "../shared/errors.ts";
import { retryWaitMs } from "../shared/engine/retry-wait.ts";
import type { Io } from "./io.ts";
import { providerWorld } from "./provider-world.ts";
import { readSettingSources, resolveSettings } from "./settings.ts";

/** Calls in flight: few enough for the smallest quota, enough for some hundred conversations in minutes. */
const CONCURRENCY = 8;
/** Tries of one conversation before it stays the template's. */
const ATTEMPTS = 4;

/** What came of it. */
export interface Synthesis {
  readonly model: ModelIdentity;
  /** Conversations that the model wrote. */
  readonly written: number;
  /** Conversations that stayed the template's, because no valid answer came. */
  readonly from_templates: number;
  readonly usage: Usage;
}

export interface Writer {
  /**
   * The conversations in their order with messages from the model. Ids, users, times, metadata and labels stay: the same
   * options label the same corpus, whoever words it.
   */
  rewrite(corpus: Iterable<LabelledConversation>): AsyncGenerator<LabelledConversation>;
  summary(): Synthesis;
  close(): Promise<void>;
}

/** @throws UsageError when the settings name no provider with a language model. */
export async function openWriter(
  io: Pick<Io, "cwd" | "env" | "clock" | "interrupt">,
  asked: { readonly provider: string | undefined; readonly model: string | undefined },
  open: typeof openProvider,
): Promise<Writer> {
  const { provider, model: named } = asked;
  const sources = await readSettingSources(io, null);
  const { config } = resolveSettings(sources, {
    ...(provider === undefined ? {} : { provider }),
    ...(named === undefined ? {} : { model: named }),
    // Nothing is embedded here: no key of an embedder is wanted.
    embedder: "offline",
  });
  const { model, embedder } = await open(config, providerWorld(io, sources));
  if (model.identity.provider === "offline") {
    await embedder.close();
    throw new UsageError("--use-llm needs a language model; the provider is offline, which is none.", {
      code: "needs_a_model",
      hint: 'Name a provider with --provider, CLIO_PROVIDER or "provider" in clio.config.json.',
    });
  }
  let [written, fromTemplates, usage] = [0, 0, NO_USAGE];

  async function attempt(labelled: LabelledConversation, signal: AbortSignal): Promise<Conversation | null> {
    const { answer, usage: used } = await model.ask("synthesise_conversation", outlineOf(labelled), {
      signal,
    });
    usage = sumUsage([usage, used]);
    const { conversation } = labelled;
    const instructions = conversation.messages.filter(
      ({ role }) => role === "system" || role === "developer",
    );
    const made = { ...conversation, messages: [...instructions, ...answer.messages] };
    return conversationSchema.safeParse(made).success ? made : null;
  }

  /** Null when no valid answer came. */
  async function write(labelled: LabelledConversation, signal: AbortSignal): Promise<Conversation | null> {
    for (let tried = 1; ; tried++) {
      try {
        return await attempt(labelled, signal);
      } catch (error) {
        if (signal.aborted) throw new StoppedError("interrupted", { cause: error });
        if (isKind(error, ErrorName.badAnswer)) return null;
        if (!isKind(error, ErrorName.transient)) throw error;
        if (tried >= ATTEMPTS) return null;
        await io.clock.sleep(retryWaitMs(error, tried), signal);
      }
    }
  }

  async function rewritten(
    labelled: LabelledConversation,
    signal: AbortSignal,
  ): Promise<LabelledConversation> {
    const made = await write(labelled, signal);
    if (made === null) fromTemplates++;
    else written++;
    return made === null ? labelled : { ...labelled, conversation: made };
  }

  return {
    async *rewrite(corpus) {
      const ended = new AbortController();
      const signal = AbortSignal.any([io.interrupt, ended.signal]);
      const inFlight: Promise<LabelledConversation>[] = [];
      try {
        for (const labelled of corpus) {
          const next = rewritten(labelled, signal);
          // Awaited in its turn; until then a failure is nobody's unhandled rejection.
          next.catch(() => {});
          inFlight.push(next);
          if (inFlight.length >= CONCURRENCY) yield await inFlight.shift()!;
        }
        while (inFlight.length > 0) yield await inFlight.shift()!;
      } finally {
        ended.abort();
        await Promise.allSettled(inFlight);
      }
    },
    summary: () => ({ model: model.identity, written, from_templates: fromTemplates, usage }),
    close: () => embedder.close(),
  };
}

function outlineOf({
  conversation,
  truth,
  brief,
}: LabelledConversation): TaskInput<"synthesise_conversation"> {
  return {
    use_case: truth.use_case,
    domain: truth.domain,
    language: truth.language,
    tone: brief.casual ? "casual" : "plain",
    turns: conversation.messages.flatMap(({ role, content }) => (role === "user" ? [content] : [])),
    verbatim: [...brief.planted],
  };
}
