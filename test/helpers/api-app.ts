import { manualClock } from "../../shared/adapters/memory/manual-clock.ts";
import { objectProgress } from "../../shared/adapters/object-progress.ts";
import type { Capabilities } from "../../shared/contracts/api.ts";
import { currentOwner } from "../../cli/compose.ts";
import { apiApp } from "../../lambdas/api/app.ts";
import type { ApiOptions } from "../../lambdas/api/app.ts";
import { openToAll } from "../../lambdas/api/authentication.ts";
import { removeService, stopService } from "../../lambdas/api/control-services.ts";
import { readServices } from "../../lambdas/api/read-services.ts";
import type { ApiServices } from "../../lambdas/api/services.ts";
import { trustedServices } from "../../lambdas/api/trusted-services.ts";
import type { Reveal } from "../../lambdas/api/trusted-services.ts";
import { recordingLog } from "./memory-run.ts";
import type { MemoryRun } from "./memory-run.ts";

export const CAPABILITIES: Capabilities = {
  schema_version: "1.0.0",
  version: "0.0.0",
  where: "laptop",
  stage: "test",
  tier: "aggregate",
  launch: true,
  stop: true,
  resume: true,
  remove: true,
  sample_input: true,
  log: "lines",
  artifacts: "all",
  fixed_settings: [],
  live_seconds: 2,
};

type Stores = Pick<MemoryRun, "objects" | "runs">;

/** Services over stores in memory, in the tier asked for. */
export function memoryServices(
  { objects, runs }: Stores,
  capabilities: Capabilities = CAPABILITIES,
  recordReveal: (reveal: Reveal) => Promise<void> = async () => {},
): ApiServices {
  const clock = manualClock(Date.parse("2026-11-01T12:00:00Z"));
  const life = { runs, clock, starter: null, me: currentOwner(clock), isAlive: () => true };
  const read = readServices({
    life,
    published: objects,
    records: objects,
    progress: objectProgress(objects),
    capabilities,
  });
  const stores = { objects, published: objects, runs, abortUploads: async () => {} };
  return {
    ...read,
    ...stopService(life, read.getRun!),
    ...removeService(life, stores),
    ...(capabilities.tier === "trusted"
      ? trustedServices({ runs, objects, now: () => clock.now(), recordReveal })
      : {}),
  };
}

export const ALL_RIGHTS = ["open", "read", "intake", "private", "reveal"] as const;

/** The app with nothing in its way, unless `more` says so. */
export function testApp(services: ApiServices, more: Partial<ApiOptions> = {}) {
  let requests = 0;
  return apiApp({
    stage: "test",
    version: "0.0.0",
    services,
    rights: ALL_RIGHTS,
    authenticate: openToAll,
    hosts: null,
    revealGroup: null,
    rate: { perSecond: 1e6, burst: 1e6 },
    clock: manualClock(0),
    newRequestId: () => `request-${++requests}`,
    log: recordingLog(),
    ...more,
  });
}

/** What readers without any trust get of a run in memory. */
export function aggregateApp(stores: Stores) {
  return testApp(memoryServices(stores));
}
