import type { RunConfig } from "../../shared/config.ts";
import type { PhaseName } from "../../shared/contracts/run.ts";
import { allPhases } from "../../shared/phases/all.ts";
import { ALL_DEFENCES } from "../../shared/phases/defences.ts";
import type { Defences } from "../../shared/phases/defences.ts";
import { hierarchyPhaseWith } from "../../shared/phases/hierarchy.ts";
import { labelPhaseWith } from "../../shared/phases/label.ts";
import type { Phase } from "../../shared/phases/phase.ts";
import { privacyPhaseWith } from "../../shared/phases/privacy.ts";

/** All phases, with some of the defences that no setting reaches switched off. */
export function defendedPhases(changed: Partial<Defences> = {}): ReadonlyMap<PhaseName, Phase> {
  const defences = { ...ALL_DEFENCES, ...changed };
  return new Map([
    ...allPhases,
    ["label", labelPhaseWith(defences)],
    ["hierarchy", hierarchyPhaseWith(defences)],
    ["privacy", privacyPhaseWith(defences)],
  ]);
}

/** What a run is made with, so far as it is a defence. */
export interface Setting {
  readonly defences?: Partial<Defences>;
  readonly config?: Partial<RunConfig>;
}

/** Each defence, and how a run is made without it. Layers 6 and 8 count with the minimums: without them they hide nothing. */
export const WITHOUT: Readonly<Record<string, Setting>> = {
  masking: { config: { mask_pii: false } },
  caps: { config: { label_max_per_user: 200 } },
  minimums: { config: { min_users: 1, min_conversations: 1 } },
  neutralising: { defences: { neutralise: false } },
  "supported prompts": { defences: { supportedPrompts: false } },
  unlinking: { defences: { unlinking: false } },
  audit: { config: { privacy_pass_rating: 1 } },
  "the screen": { defences: { screen: false } },
};

/** A run without some of the defences, or without any. */
export function without(names: readonly string[] = Object.keys(WITHOUT)): Required<Setting> {
  const settings = names.map((name) => WITHOUT[name]!);
  return {
    defences: Object.assign({}, ...settings.map(({ defences }) => defences)) as Partial<Defences>,
    config: Object.assign({}, ...settings.map(({ config }) => config)) as Partial<RunConfig>,
  };
}

/** A run with no defence but some. */
export const withOnly = (...names: readonly string[]): Required<Setting> =>
  without(Object.keys(WITHOUT).filter((name) => !names.includes(name)));
