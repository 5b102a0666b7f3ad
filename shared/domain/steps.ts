import { probeStep } from "./clustered-neighbours.ts";
import { quantiseStep } from "./kernel/kernel.ts";
import { assignStep } from "./kmeans/assign.ts";
import { reassignStep } from "./kmeans/group-bounds.ts";
import { splitStep } from "./kmeans/relocate.ts";
import { candidatesStep } from "./kmeans/start.ts";
import { allPairsStep, queriesStep } from "./knn.ts";
import { descentStep } from "./map/optimise.ts";
import type { Step } from "./team.ts";

/** Every step by its name: how a thread finds what it is told to run. */
export const steps: ReadonlyMap<string, Step<never>> = new Map(
  [
    quantiseStep,
    assignStep,
    reassignStep,
    splitStep,
    candidatesStep,
    allPairsStep,
    queriesStep,
    probeStep,
    descentStep,
  ].map(({ name, run }) => [name, run]),
);
