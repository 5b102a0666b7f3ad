import { inputLocation } from "../../shared/contracts/aws.ts";
import type { InputLocation } from "../../shared/contracts/aws.ts";
import { decodeJson } from "../../shared/domain/jsonl.ts";
import { estimateOf } from "../../shared/engine/estimate/estimate-run.ts";
import type { EstimateTools } from "../../shared/engine/estimate/forecast.ts";
import { removeBelow } from "../../shared/engine/remove-run.ts";
import type { RemovalStores } from "../../shared/engine/remove-run.ts";
import type { LifeDeps } from "../../shared/engine/run-life.ts";
import { validateInput } from "../../shared/engine/run-input.ts";
import { ConflictError } from "../../shared/errors.ts";
import { inputLocationKey, uploadIdOfKey, uploadPrefix } from "../../shared/keys.ts";
import { phasesOf } from "../../shared/pipeline.ts";
import type { InputSource } from "../../shared/ports/input-source.ts";
import { removeService } from "./control-services.ts";
import type { ApiServices } from "./services.ts";
import { checkedSettings } from "./settings.ts";
import { uploadIdOf } from "./upload-services.ts";

export interface PrivateDeps {
  readonly life: LifeDeps;
  readonly stores: RemovalStores;
  readonly locate: (uploadId: string) => Promise<InputLocation>;
  readonly openInput: (location: InputLocation) => Promise<InputSource>;
  readonly tools: EstimateTools;
  /** Settings that the stage fixes; an estimate is of a run of this stage. */
  readonly stage: Readonly<Record<string, unknown>>;
  /** Aborted when an answer would come too late for who waits for it. */
  readonly deadline: () => AbortSignal;
}

/** What takes raw data and says nothing of it: checks, estimates and deletes. */
export function privateServices(
  deps: PrivateDeps,
): Pick<ApiServices, "validation" | "estimate" | "deleteRun"> {
  const { life, stores, stage } = deps;
  const sourceOf = async (uploadId: string): Promise<InputSource> =>
    deps.openInput(await deps.locate(uploadId));
  const { deleteRun } = removeService(life, stores);
  return {
    validation: async ({ uploadId, body: { users } }) => {
      const signal = deps.deadline();
      try {
        return await validateInput(await sourceOf(uploadId), { users, signal });
      } catch (error) {
        if (!signal.aborted) throw error;
        throw new ConflictError("the file is too long to be checked while somebody waits", {
          code: "too_long_to_check",
          hint: "A run checks its input first, and says which lines are wrong before it asks any model.",
        });
      }
    },
    estimate: async ({ body: { input, stages, settings } }) => {
      const uploadId = uploadIdOf(input);
      const config = checkedSettings({ ...stage, ...settings });
      const source = await sourceOf(uploadId);
      return (await estimateOf(source, phasesOf(stages), config, deps.tools)).answer;
    },
    deleteRun: async (asked, caller) => {
      const kept = await stores.objects.get(inputLocationKey(asked.runId));
      const removed = await deleteRun!(asked, caller);
      // What was uploaded for this run goes with it; what was dropped is whose drop it was.
      const uploadId = kept === null ? null : uploadIdOfKey(inputLocation.parse(decodeJson(kept)).key);
      if (!asked.dry_run && uploadId !== null) await removeBelow(stores.objects, uploadPrefix(uploadId));
      return removed;
    },
  };
}
