import { constants } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { open } from "node:fs/promises";
import { randomUUID } from "node:crypto";
import { join, resolve } from "node:path";
import * as z from "zod";
import { decodeRecord } from "../../domain/jsonl.ts";
import { PermanentError } from "../../errors.ts";
import { runPrefix, RUNS_PREFIX } from "../../keys.ts";
import type { Budget } from "../../ports/budget.ts";
import { checkMoney, emptyBooks, reserveIn, settleIn, stateOf } from "../budget-books.ts";
import type { Books } from "../budget-books.ts";
import { appendLines } from "./event-log.ts";
import { isMissing, storageFault } from "./faults.ts";
import { STATE_FOLDER } from "./names.ts";

const BUDGET_FILE = "budget.jsonl";

const entry = z.union([
  z.strictObject({ reserve: z.uuid(), amount: z.int().min(0), limit: z.int().min(0) }),
  z.strictObject({ settle: z.uuid(), spent: z.int().min(0) }),
]);
type Entry = z.infer<typeof entry>;

/** How far one file was read, and what its lines up to there come to. */
interface Reading {
  /** Which file it was: another one may have its name by now, or its inode. */
  readonly file: string;
  offset: number;
  readonly books: Books;
  /** Ids of this process whose reservation its line in the file granted. */
  readonly granted: Set<string>;
}

/**
 * Budgets as logs: `<dir>/<run_id>/.state/budget.jsonl`. A request is appended in one write, which other processes of
 * this machine cannot split (O_APPEND), and is granted if it fits when all lines before it are added up. Every reader
 * adds them up alike, so the order of the lines decides, with no lock to be left behind and no race to be tried again.
 * The file goes with the run's other state when the run is deleted.
 */
export function directoryBudget({ dir }: { readonly dir: string }): Budget {
  const root = resolve(dir);
  const readings = new Map<string, Reading>();
  /** One reader at a time per budget within this process: two would add the same lines up twice. */
  const turns = new Map<string, Promise<unknown>>();

  function inTurn<T>(budgetId: string, action: () => Promise<T>): Promise<T> {
    const before = turns.get(budgetId) ?? Promise.resolve();
    const mine = before.then(action, action);
    turns.set(budgetId, mine);
    return mine;
  }

  function pathOf(budgetId: string): string {
    return join(root, runPrefix(budgetId).slice(RUNS_PREFIX.length), STATE_FOLDER, BUDGET_FILE);
  }

  /** Adds up what was appended since the last look. */
  async function catchUp(budgetId: string, handle: FileHandle): Promise<Reading> {
    const { ino, birthtimeNs, size } = await handle.stat({ bigint: true });
    const file = `${ino} ${birthtimeNs}`;
    const held = readings.get(budgetId);
    // The run was deleted and made anew under its old id.
    const fresh = held === undefined || held.file !== file || size < held.offset;
    const reading: Reading = fresh ? { file, offset: 0, books: emptyBooks(), granted: new Set() } : held;
    readings.set(budgetId, reading);
    const bytes = Buffer.alloc(Number(size) - reading.offset);
    let got = 0;
    while (got < bytes.length) {
      const { bytesRead } = await handle.read(bytes, got, bytes.length - got, reading.offset + got);
      if (bytesRead === 0) break;
      got += bytesRead;
    }
    // What follows the last line break is a line being written, or torn.
    const whole = bytes.subarray(0, got).lastIndexOf(0x0a) + 1;
    for (const line of bytes.subarray(0, whole).toString("utf8").split("\n")) {
      const made = line === "" ? null : decodeRecord(entry, line);
      if (made !== null) apply(reading, made);
    }
    reading.offset += whole;
    return reading;
  }

  function apply({ books, granted }: Reading, made: Entry): void {
    if ("settle" in made) settleIn(books, { id: made.settle, spent: made.spent });
    else if (reserveIn(books, { id: made.reserve, amount: made.amount, limit: made.limit }))
      granted.add(made.reserve);
  }

  async function onFile<T>(
    budgetId: string,
    doing: string,
    flags: number,
    action: (handle: FileHandle) => Promise<T>,
  ): Promise<T> {
    try {
      const handle = await open(pathOf(budgetId), flags | constants.O_NOFOLLOW, 0o644);
      try {
        return await action(handle);
      } finally {
        await handle.close();
      }
    } catch (error) {
      throw isMissing(error) ? error : storageFault(error, doing);
    }
  }

  /** Appends an entry and answers the books up to it at least. */
  async function append(budgetId: string, made: Entry): Promise<Reading> {
    const flags = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT;
    try {
      return await onFile(budgetId, `write the budget of run ${budgetId}`, flags, async (handle) => {
        await appendLines(handle, `${JSON.stringify(made)}\n`);
        return catchUp(budgetId, handle);
      });
    } catch (error) {
      if (isMissing(error))
        throw new PermanentError(`There is no run ${budgetId} to draw on.`, { code: "no_budget" });
      throw error;
    }
  }

  return {
    reserve: async (budgetId, amount, limit) => {
      checkMoney(amount);
      const id = randomUUID();
      return inTurn(budgetId, async () => {
        const { granted } = await append(budgetId, { reserve: id, amount, limit });
        return granted.delete(id) ? { budgetId, id, amount } : null;
      });
    },
    settle: async ({ budgetId, id }, spent) => {
      checkMoney(spent);
      await inTurn(budgetId, async () => append(budgetId, { settle: id, spent }));
    },
    read: async (budgetId) => {
      pathOf(budgetId);
      return inTurn(budgetId, async () => {
        try {
          const doing = `read the budget of run ${budgetId}`;
          return await onFile(budgetId, doing, constants.O_RDONLY, async (handle) =>
            stateOf((await catchUp(budgetId, handle)).books),
          );
        } catch (error) {
          if (isMissing(error)) return { spent: 0, reserved: 0 };
          throw error;
        }
      });
    },
  };
}
