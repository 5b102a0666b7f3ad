import type { PhaseName } from "../contracts/run.ts";
import { annotatePhase } from "./annotate.ts";
import { clusterPhase } from "./cluster.ts";
import { embedPhase } from "./embed.ts";
import { evaluatePhase } from "./evaluate.ts";
import { facetsPhase } from "./facets.ts";
import { hierarchyPhase } from "./hierarchy.ts";
import { ingestPhase } from "./ingest.ts";
import { labelPhase } from "./label.ts";
import { mapPhase } from "./map.ts";
import type { Phase } from "./phase.ts";
import { privacyPhase } from "./privacy.ts";
import { publishPhase } from "./publish.ts";

/** Every phase by name; their order is the table's (`pipeline.ts`). */
export const allPhases: ReadonlyMap<PhaseName, Phase> = new Map(
  [
    ingestPhase,
    facetsPhase,
    embedPhase,
    clusterPhase,
    mapPhase,
    annotatePhase,
    labelPhase,
    hierarchyPhase,
    privacyPhase,
    publishPhase,
    evaluatePhase,
  ].map((phase) => [phase.name, phase]),
);
