import type { ModelIdentity, ModelTask } from "../../contracts/model-tasks.ts";
import type { ProviderEnvironment } from "../../contracts/provider-environment.ts";
import { errorDetail } from "../../errors.ts";
import type { ModelReply } from "../../ports/model.ts";

/** Runs a call and tells a tracer of it; what the tracer does never changes the call. */
export type Trace = <T extends ModelTask>(
  task: T,
  input: unknown,
  call: () => Promise<ModelReply<T>>,
) => Promise<ModelReply<T>>;

const untraced: Trace = async (_task, _input, call) => call();

/**
 * LangSmith, only when LANGSMITH_TRACING and LANGSMITH_API_KEY say so. Task, model, tokens and codes are told; texts
 * only when `content` asks for them.
 */
export async function openTrace(
  environment: ProviderEnvironment,
  identity: ModelIdentity,
  content: boolean,
): Promise<Trace> {
  const {
    LANGSMITH_TRACING: on,
    LANGSMITH_API_KEY: apiKey,
    LANGSMITH_ENDPOINT,
    LANGSMITH_PROJECT,
  } = environment;
  if (!/^(true|1)$/i.test(on ?? "") || apiKey === undefined) return untraced;
  const { Client, RunTree } = await import("langsmith");
  const client = new Client({
    apiKey,
    ...(LANGSMITH_ENDPOINT === undefined ? {} : { apiUrl: LANGSMITH_ENDPOINT }),
  });
  return async (task, input, call) => {
    const run = new RunTree({
      name: `ant-clio ${task}`,
      run_type: "llm",
      client,
      project_name: LANGSMITH_PROJECT ?? "ant-clio",
      tracingEnabled: true,
      inputs: content ? { input } : {},
      extra: { metadata: { ls_provider: identity.provider, ls_model_name: identity.model } },
    });
    // A tracer that cannot be reached must not stop a run.
    const told = async (action: () => Promise<void>): Promise<void> => action().catch(() => {});
    await told(async () => run.postRun());
    try {
      const reply = await call();
      const { calls, input_tokens, output_tokens } = reply.usage;
      await told(async () =>
        run.end({
          ...(content ? { answer: reply.answer } : {}),
          usage_metadata: { input_tokens, output_tokens, total_tokens: input_tokens + output_tokens, calls },
        }),
      );
      return reply;
    } catch (error) {
      await told(async () => run.end(undefined, errorDetail(error).code ?? "failed"));
      throw error;
    } finally {
      await told(async () => run.patchRun());
    }
  };
}
