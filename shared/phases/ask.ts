import { modelTasks } from "../contracts/model-tasks.ts";
import type { ModelTask, TaskAnswer, TaskInput, Usage } from "../contracts/model-tasks.ts";
import { createMatrix, normalizeRows } from "../domain/vectors.ts";
import type { Matrix } from "../domain/vectors.ts";
import { NO_USAGE } from "../domain/usage.ts";
import { ErrorName, PermanentError, errorDetail, isKind, usageOf } from "../errors.ts";
import type { Embedder } from "../ports/embedder.ts";
import type { CallOptions } from "../ports/model.ts";
import type { PhaseContext } from "./phase.ts";

export type Asked<T extends ModelTask> =
  | { readonly answer: TaskAnswer<T>; readonly usage: Usage }
  | { readonly answer: null; readonly usage: Usage; readonly code: string };

/**
 * Asks the model one task. An answer that is no valid one, even after the provider's own repair, comes back as null with
 * a code for the ledger; every other error is thrown for the engine to retry or record.
 */
export async function askOrNull<T extends ModelTask>(
  context: PhaseContext,
  task: T,
  input: TaskInput<T>,
): Promise<Asked<T>> {
  try {
    const reply = await context.model.ask(task, input, context.call);
    const checked = modelTasks[task].answer.safeParse(reply.answer);
    if (!checked.success) return { answer: null, usage: reply.usage, code: "invalid_answer" };
    return { answer: reply.answer, usage: reply.usage };
  } catch (error) {
    if (!isKind(error, ErrorName.badAnswer)) throw error;
    return { answer: null, usage: usageOf(error) ?? NO_USAGE, code: errorDetail(error).code ?? "bad_answer" };
  }
}

/** Unit vectors of texts; a zero row where there is none. A PermanentError ("bad_embedding") tells a wrong size or number. */
export async function embedTexts(
  embedder: Embedder,
  texts: readonly string[],
  call: CallOptions,
): Promise<{ matrix: Matrix; usage: Usage }> {
  if (texts.length === 0) return { matrix: createMatrix(0, embedder.dimensions), usage: NO_USAGE };
  const { rows, cols, data, usage } = await embedder.embed(texts, call);
  if (rows !== texts.length || cols !== embedder.dimensions || data.length !== rows * cols) {
    throw new PermanentError(
      `the embedder answered ${rows} x ${cols} values for ${texts.length} texts, not ${embedder.dimensions} for each`,
      { code: "bad_embedding" },
    );
  }
  return { matrix: normalizeRows({ rows, cols, data }), usage };
}
