import { readlinkSync } from "node:fs";
import { setPriority } from "node:os";

/** Niceness of a thread that computes: beside one of 0 it gets a tenth of a core that both want. */
const NICE = 10;

/**
 * Lets other threads go first, where the system can tell threads apart (Linux): the one that serves stores and models has little to do and
 * must do it at once, this one has seconds of work and takes what is left.
 */
export function giveWay(): void {
  try {
    const thread = Number(readlinkSync("/proc/thread-self").split("/").at(-1));
    if (Number.isSafeInteger(thread) && thread > 0) setPriority(thread, NICE);
  } catch {
    // It runs all the same.
  }
}
