import { runConfig } from "../../shared/config.ts";
import type { RunConfig, StageProvider } from "../../shared/config.ts";
import { providerCheck } from "../../shared/contracts/aws.ts";
import type { InputLocation, LaunchEvent, ProviderCheck } from "../../shared/contracts/aws.ts";
import type { DoctorAnswer } from "../../shared/contracts/api.ts";
import type { ModelIdentity } from "../../shared/contracts/model-tasks.ts";
import { newRun, resumedRun, runIdOfRequest } from "../../shared/domain/new-run.ts";
import { launchRun } from "../../shared/engine/execution.ts";
import type { LaunchDeps } from "../../shared/engine/execution.ts";
import { createRecord, isoNow, loadRun } from "../../shared/engine/run-record.ts";
import { UsageError, tellError } from "../../shared/errors.ts";
import type { ToldError } from "../../shared/errors.ts";
import { inTableOrder, phasesOf } from "../../shared/pipeline.ts";
import { VERSION } from "../../shared/version.ts";
import { readSettings } from "../run-settings.ts";
import { objection } from "../stage-provider.ts";
import type { ApiServices } from "./services.ts";
import { checkedSettings } from "./settings.ts";
import { uploadIdOf } from "./upload-services.ts";

export interface IntakeDeps extends LaunchDeps {
  /** Whom the stage's runs ask. */
  readonly stage: StageProvider;
  /** Settings of the bucket (`config/clio.json`), which those of a request go over. */
  readonly bucketSettings: () => Promise<Uint8Array | null>;
  readonly identify: (config: RunConfig) => { model: ModelIdentity; embedder: ModelIdentity };
  /** Where a complete upload lies. */
  readonly locate: (uploadId: string) => Promise<InputLocation>;
  /** Hands a run with a record over to the function that starts runs: it alone reads inputs. */
  readonly handOver: (event: LaunchEvent) => Promise<void>;
  /** Asks the function that holds the providers' keys. */
  readonly checkProvider: () => Promise<unknown>;
}

/** What a stage does not allow is the caller's to mend. */
function refusal({ message, code, hint }: ToldError): UsageError {
  return new UsageError(message, { code, ...(hint === null ? {} : { hint }) });
}

async function settingsOf(deps: IntakeDeps, given: Readonly<Record<string, unknown>>): Promise<RunConfig> {
  const files = [
    { name: "config/clio.json", bytes: await deps.bucketSettings() },
    { name: "the request", bytes: new TextEncoder().encode(JSON.stringify(given)) },
  ];
  // First alone: of several files that do not fit together it is these that the caller can mend.
  checkedSettings(given);
  const settings = readSettings(files, deps.stage);
  if (!settings.ok) throw refusal(settings.failure);
  return settings.config;
}

/** Starts runs of uploads, and goes on with runs. */
export function launchServices(deps: IntakeDeps): Pick<ApiServices, "createRun" | "resumeRun"> {
  const { runs, clock, stage, identify } = deps;
  return {
    createRun: async ({ body: { request_id: requestId, input, stages, settings } }) => {
      const uploadId = uploadIdOf(input);
      const config = await settingsOf(deps, settings);
      const location = await deps.locate(uploadId);
      const runId = runIdOfRequest(requestId);
      const first = await createRecord(
        runs,
        newRun({
          runId,
          at: isoNow(clock),
          config,
          phases: phasesOf(stages),
          dataset: null,
          ...identify(config),
          versions: { ant_clio: VERSION, node: process.version },
        }),
      );
      // Of a request that was cut off here before: handing over twice starts one run.
      if ((await loadRun(runs, runId)).status === "pending")
        await deps.handOver({ launch: { run_id: runId, location } });
      return { run_id: runId, started: first };
    },
    resumeRun: async ({ runId, body: { stages, settings } }) => {
      const before = await loadRun(runs, runId);
      const config = checkedSettings({ ...before.config, ...settings });
      const found = objection(config, stage);
      if (found !== null) throw refusal(found);
      await launchRun(deps, runId, (held) =>
        resumedRun(held, {
          config: runConfig.parse({ ...held.config, ...settings }),
          phases: inTableOrder([...held.phases, ...phasesOf(stages)]),
          ...identify(config),
        }),
      );
      return { run_id: runId, started: true };
    },
  };
}

type Check = DoctorAnswer["checks"][number];

const told = (what: ProviderCheck["provider" | "embedding" | "question"], ok: string): Omit<Check, "name"> =>
  what === null
    ? { status: "fail", detail: "was not tried", hint: null }
    : what.ok
      ? { status: "ok", detail: ok, hint: null }
      : { status: "fail", detail: what.code, hint: what.hint };

function providerChecks({ provider, embedding, question }: ProviderCheck): Check[] {
  const names = provider.ok ? `${provider.model.model}, ${provider.embedder.model}` : "";
  const dimensions = embedding?.ok === true ? `${embedding.dimensions} dimensions` : "";
  return [
    { name: "Provider", ...told(provider, names) },
    { name: "Embeddings", ...told(embedding, dimensions) },
    { name: "Model", ...told(question, "answers a question") },
  ];
}

/** Whether everything that a run of a stage needs is there. */
export function doctorService({ runs, checkProvider }: IntakeDeps): Pick<ApiServices, "doctor"> {
  const checked = async (name: string, check: () => Promise<Check[]>): Promise<Check[]> => {
    try {
      return await check();
    } catch (error) {
      const { message, hint } = tellError(error, "the check");
      return [{ name, status: "fail", detail: message, hint }];
    }
  };
  return {
    doctor: async () => {
      const found = await Promise.all([
        checked("Run table", async () => {
          await runs.list({ limit: 1 });
          return [{ name: "Run table", status: "ok", detail: "answers", hint: null }];
        }),
        checked("Provider", async () => providerChecks(providerCheck.parse(await checkProvider()))),
      ]);
      const checks = found.flat();
      return { ok: checks.every(({ status }) => status !== "fail"), checks };
    },
  };
}
