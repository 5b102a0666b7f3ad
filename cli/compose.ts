import { pid } from "node:process";
import { randomBytes, randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { directoryBudget } from "../shared/adapters/directory/budget.ts";
import { directoryObjectStore } from "../shared/adapters/directory/object-store.ts";
import { directoryRunStore } from "../shared/adapters/directory/run-store.ts";
import { systemClock } from "../shared/adapters/system-clock.ts";
import type { Owner } from "../shared/contracts/run.ts";
import { RUNS_PREFIX } from "../shared/keys.ts";
import type { Budget } from "../shared/ports/budget.ts";
import type { Clock } from "../shared/ports/clock.ts";
import type { Log } from "../shared/ports/log.ts";
import type { ObjectStore } from "../shared/ports/object-store.ts";
import type { RunStarter } from "../shared/ports/run-starter.ts";
import type { RunStore } from "../shared/ports/run-store.ts";

/** Where runs are: a folder, or a stage on AWS. */
export interface Stores {
  readonly objects: ObjectStore;
  /** `published/` alone; the same store on disk. */
  readonly published: ObjectStore;
  readonly runs: RunStore;
  readonly budget: Budget;
  readonly clock: Clock;
  /** What runs the runs of a stage, and where inputs are dropped; null where this process does. */
  readonly executions: { readonly starter: RunStarter; readonly dropAt: string } | null;
  /** Where a run's files are, for people. */
  folder(runId: string): string;
  /** Ends uploads that were cut off; there are none on disk. */
  abortUploads(runId: string): Promise<void>;
}

/** The stores of the embedded mode: a folder of runs. */
export function openStores(runsDir: string, log: Log): Stores {
  const objects = directoryObjectStore({ dir: runsDir, prefix: RUNS_PREFIX });
  return {
    objects,
    published: objects,
    runs: directoryRunStore({ dir: runsDir, log }),
    budget: directoryBudget({ dir: runsDir }),
    clock: systemClock,
    executions: null,
    folder: (runId) => join(runsDir, runId),
    abortUploads: async () => {},
  };
}

/** When the operating system says a process started (field 22 of /proc/<pid>/stat), or null where there is no /proc. */
function processStart(of: number): string | null {
  const path = `/proc/${of}/stat`;
  if (!existsSync(path)) return null;
  // The command name in brackets may itself hold spaces and brackets: count fields from its end.
  const stat = readFileSync(path, "utf8");
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
}

/** This process as the owner of a run. */
export function currentOwner(clock: Clock): Owner {
  return {
    id: randomUUID(),
    host: hostname(),
    pid,
    pid_started: processStart(pid),
    started_at: new Date(clock.now()).toISOString(),
  };
}

/** Whether the process that an owner on this host names still lives, and is not another one with its number. */
export function isAlive(owner: Owner): boolean {
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  return owner.pid_started === null || owner.pid_started === processStart(owner.pid);
}

/** 32 random bytes for the hashes of user ids. */
export function newUserHashKey(): Uint8Array {
  return randomBytes(32);
}

/** A run id from the time and chance: sorts by time, is unlikely to repeat. */
export function newRunId(clock: Clock): string {
  const stamp = new Date(clock.now())
    .toISOString()
    .replace(/[-:]/g, "")
    .replace(/T(\d{6}).*$/, "-$1");
  return `run-${stamp}-${randomBytes(2).toString("hex")}`;
}
