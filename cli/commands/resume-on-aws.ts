import { providerIdentity } from "../../shared/adapters/provider-identity.ts";
import { resumedRun } from "../../shared/domain/new-run.ts";
import { launchRun } from "../../shared/engine/execution.ts";
import { loadRun } from "../../shared/engine/run-record.ts";
import { UsageError } from "../../shared/errors.ts";
import { executionName } from "../../shared/keys.ts";
import { inTableOrder, phasesOf } from "../../shared/pipeline.ts";
import type { Stage } from "../../shared/pipeline.ts";
import type { Stores } from "../compose.ts";
import { placeFlags } from "../context.ts";
import type { Context } from "../context.ts";
import { ExitCode } from "../io.ts";
import { shellWord } from "../render/text.ts";
import { resumeSettings } from "../settings.ts";
import type { SettingFlags, SettingSources } from "../settings.ts";

export interface ResumeOnAwsOptions {
  readonly runId: string | null;
  readonly resume: boolean;
  readonly input: string | null;
  readonly stages: readonly Stage[];
  readonly flags: SettingFlags;
  readonly sources: SettingSources;
}

/** Goes on with a run of a stage in a new execution. New runs of a stage start when an input is dropped. */
export async function resumeOnAws(
  { runId, resume, input, stages, flags, sources }: ResumeOnAwsOptions,
  { runs, clock }: Stores,
  { starter, dropAt }: NonNullable<Stores["executions"]>,
  context: Context,
): Promise<ExitCode> {
  const { output, log } = context;
  if (!resume || runId === null || input !== null) {
    const file = input === null ? "chats.jsonl" : shellWord(input);
    throw new UsageError(
      resume && runId !== null
        ? "A run on AWS goes on with the input it was started with."
        : "On AWS a run starts when its input is dropped into the bucket.",
      {
        code: "not_on_aws",
        hint:
          resume && runId !== null
            ? "Leave --input out; another file is another run."
            : `Drop it: aws s3 cp ${file} ${dropAt} – or go on with a run: --run-id … --resume.`,
      },
    );
  }
  const before = await loadRun(runs, runId);
  const { config, notes } = resumeSettings(sources, flags, before);
  for (const note of notes) output.note(note);
  const run = await launchRun({ runs, clock, starter, log }, runId, (held) =>
    resumedRun(held, {
      config,
      phases: inTableOrder([...held.phases, ...(stages.length === 0 ? [] : phasesOf(stages))]),
      ...providerIdentity(config),
    }),
  );
  output.answer({
    schema_version: "1.0.0",
    ok: true,
    exit_code: ExitCode.done,
    run: {
      run_id: runId,
      status: run.status,
      attempt: run.attempt,
      execution: executionName(runId, run.attempt),
    },
  });
  output.say(`${output.paint("green", "✔")} Run ${runId} goes on: attempt ${run.attempt}.`);
  output.note(
    `  ${output.paint("cyan", "→")} See how far it is:\n    clio inspect-run --run-id ${runId}${placeFlags(context, shellWord)}`,
  );
  return ExitCode.done;
}
