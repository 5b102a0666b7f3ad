import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import type { ProcessIdentity } from "./process.ts";
import { STATE } from "./paths.ts";

const FILE = join(STATE, "ministack.pid.json");

const record = z.strictObject({ pid: z.int().min(2), started: z.string().min(1), endpoint: z.url() });
export type Started = z.infer<typeof record> & ProcessIdentity;

/** The emulator that `up` started last; null when there is none, or the file says nothing. */
export async function readPidFile(): Promise<Started | null> {
  try {
    return record.parse(JSON.parse(await readFile(FILE, "utf8")));
  } catch {
    return null;
  }
}

export async function writePidFile(started: Started): Promise<void> {
  await mkdir(STATE, { recursive: true });
  await writeFile(FILE, `${JSON.stringify(started)}\n`);
}

export async function removePidFile(): Promise<void> {
  await rm(FILE, { force: true });
}
