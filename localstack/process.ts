import { existsSync, readFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { setTimeout } from "node:timers/promises";

/** A process, told apart from a later one with the same number by when the operating system says it started. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly started: string;
}

/** When a process started, or null when there is none. */
export function startOf(pid: number): string | null {
  if (existsSync("/proc/self/stat")) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      // Field 22; the command's name in brackets may itself hold spaces and brackets. "Z" waits for its parent alone.
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return fields[0] === "Z" ? null : (fields[19] ?? null);
    } catch {
      return null;
    }
  }
  try {
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim() || null;
  } catch {
    return null;
  }
}

/** Whether that very process still runs. */
export function isRunning({ pid, started }: ProcessIdentity): boolean {
  return startOf(pid) === started;
}

/** How long the emulator may take to save its state. */
const GRACE_MS = 20_000;
const POLL_MS = 100;

/**
 * Ends a process that was started as the leader of a group, with what it started. Another process that has got its number
 * is left alone. Returns whether there was anything to end.
 */
export async function stopProcess(identity: ProcessIdentity, graceMs: number = GRACE_MS): Promise<boolean> {
  if (!isRunning(identity)) return false;
  process.kill(identity.pid, "SIGTERM");
  for (let waited = 0; isRunning(identity); waited += POLL_MS) {
    if (waited >= graceMs) {
      process.kill(-identity.pid, "SIGKILL");
      break;
    }
    await setTimeout(POLL_MS);
  }
  return true;
}
