import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ledgerEntry, partHeader } from "../../shared/contracts/wire.ts";
import type { LedgerEntry } from "../../shared/contracts/wire.ts";
import type { PhaseName } from "../../shared/contracts/run.ts";
import { filesBelow } from "../helpers/run-folder.ts";

/** What a phase says about answers that were usable but did not fit what they were about; no call failed. */
const NO_FAILED_CALL = new Set(["invalid_custom_facet", "instructing_name", "unmatched_parent"]);

export interface Entry extends LedgerEntry {
  readonly phase: PhaseName;
}

/** Every ledger entry of a run, from the parts of its phases. */
export async function readLedger(runFolder: string): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (const path of await filesBelow(runFolder)) {
    if (!/\/parts\/.*\/\d+\.jsonl$/.test(path)) continue;
    const [first = "", ...lines] = (await readFile(join(runFolder, path), "utf8")).split("\n");
    const { phase, ledger } = partHeader.parse(JSON.parse(first));
    for (const line of lines.slice(0, ledger))
      entries.push({ phase, ...ledgerEntry.parse(JSON.parse(line)) });
  }
  return entries;
}

/** Entries that stand for a question without a usable answer. */
export const badAnswers = (entries: readonly Entry[]): Entry[] =>
  entries.filter(({ code }) => !NO_FAILED_CALL.has(code));
