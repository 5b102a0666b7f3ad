import { execFile } from "node:child_process";
import { chmod, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { openStores } from "../../../cli/compose.ts";
import type { Stores } from "../../../cli/compose.ts";
import { storageFault } from "../../../shared/adapters/directory/faults.ts";
import { defaultConfig } from "../../../shared/config.ts";
import type { RunManifest } from "../../../shared/contracts/run.ts";
import { sampleManifest } from "../../contracts/sample-run.ts";
import { faultyObjectStore } from "../../helpers/faulty-object-store.ts";
import { putRun } from "../support.ts";
import { all, chats, file, jsonl, runOf } from "./kind.ts";
import type { Kind } from "./kind.ts";

const CHATS = file("chats.jsonl", jsonl(chats(20)));
const REFUSED = { exit: 2, leaves: "nothing" } as const;
const FAILED = { exit: 1, leaves: "nothing" } as const;

const folderAt =
  (name: string): Kind["make"] & {} =>
  async (folder) => {
    await mkdir(join(folder, name), { recursive: true });
  };

/** A run that ended well, made from a file that is gone. */
function finishedRun(changes: Partial<RunManifest> = {}): Kind["make"] & {} {
  const at = "2026-11-01T10:00:00.000Z";
  return (folder) =>
    putRun(
      folder,
      sampleManifest("taken", {
        status: "done",
        attempt: 1,
        finished_at: at,
        dataset: { name: "chats.jsonl", bytes: 12, sha256: "0".repeat(64) },
        config: { ...defaultConfig() },
        ...changes,
      }),
    );
}

/** The same, its record overwritten. */
const damagedRun = (record: string): Kind["make"] & {} =>
  all(finishedRun(), (folder) => writeFile(join(folder, "runs/taken/.state/manifest-00000001.json"), record));

/** The record as a later version may write it. */
async function recordOfLaterVersion(folder: string): Promise<void> {
  const path = join(folder, "runs/taken/.state/manifest-00000001.json");
  const record: unknown = JSON.parse(await readFile(path, "utf8"));
  await writeFile(path, JSON.stringify({ ...(record as object), schema_version: "2.0.0" }));
}

/** Stores whose every write of an object, or of the record too, meets a fault of the disk. */
const broken =
  (errno: string, what: "objects" | "everything") =>
  (runsDir: string, ...rest: [Parameters<typeof openStores>[1]]): Stores => {
    const stores = openStores(runsDir, ...rest);
    const objects = faultyObjectStore(stores.objects, () => ({ errno }));
    if (what === "objects") return { ...stores, objects };
    const create = (): Promise<void> =>
      Promise.reject(storageFault(Object.assign(new Error(errno), { code: errno }), "create the run"));
    return { ...stores, objects, runs: { ...stores.runs, create } };
  };

const unknownRun = (command: readonly string[]): Kind => ({
  name: `an unknown run for ${command[0] ?? ""}`,
  make: all(CHATS, finishedRun()),
  command,
  ...FAILED,
  code: "unknown_run",
  cause: /There is no run other/,
  advice: /clio list-runs shows the runs/,
});

const corruptRecord = (command: readonly string[]): Kind => ({
  name: `a damaged record for ${command[0] ?? ""}`,
  make: all(CHATS, damagedRun('{"run_id": "taken", "stat')),
  command,
  ...FAILED,
  code: "corrupt_record",
  cause: /The record of run taken cannot be read/,
  advice: /damaged or written by another version.*restore it, or delete the run/,
});

/** Where runs and reports are to go, and the runs that are there. */
export const badPlaces: readonly Kind[] = [
  {
    name: "no folder of runs yet, which is made",
    make: CHATS,
    command: runOf("chats.jsonl"),
    exit: 0,
    code: null,
    cause: /Done/,
    advice: /Everything is in runs\/bad/,
    leaves: "finished run",
  },
  {
    name: "a file where the folder of runs should be",
    make: all(CHATS, file("runs", "mine")),
    command: runOf("chats.jsonl"),
    ...REFUSED,
    code: "bad_path",
    cause: /runs folder runs cannot be one: there is a file in its place/,
    advice: /another folder with --runs-dir/,
    process: "own",
  },
  {
    name: "the same for a list",
    make: file("mine", "mine"),
    command: ["list-runs", "--runs-dir", "mine"],
    ...REFUSED,
    code: "bad_path",
    cause: /runs folder mine cannot be one/,
    advice: /another folder with --runs-dir/,
  },
  {
    name: "a file in the middle of the way to the folder of runs",
    make: all(CHATS, file("mine", "mine")),
    command: [...runOf("chats.jsonl"), "--runs-dir", "mine/runs"],
    ...REFUSED,
    code: "bad_path",
    cause: /runs folder mine\/runs cannot be one: there is a file/,
    advice: /--runs-dir/,
  },
  {
    name: "an empty name for the folder of runs",
    command: ["list-runs", "--runs-dir", ""],
    ...REFUSED,
    code: "bad_path",
    cause: /name of the runs folder is empty/,
    advice: /Name a folder with --runs-dir/,
  },
  {
    name: "a folder of runs that may not be written",
    make: all(CHATS, folderAt("runs"), (folder) => chmod(join(folder, "runs"), 0o555)),
    command: runOf("chats.jsonl"),
    ...FAILED,
    code: "no_permission",
    cause: /Could not create run bad: permission denied/,
    advice: /choose another with --runs-dir/,
    process: "unprivileged",
  },
  {
    name: "a file system that is read-only",
    make: CHATS,
    command: runOf("chats.jsonl"),
    deps: { openStores: broken("EROFS", "everything") },
    ...FAILED,
    code: "read_only",
    cause: /the file system is read-only/,
    advice: /Choose a folder that can be written with --runs-dir/,
  },
  {
    name: "a disk that is full",
    make: CHATS,
    command: runOf("chats.jsonl"),
    deps: { openStores: broken("ENOSPC", "objects") },
    exit: 1,
    code: "no_space",
    cause: /no space left/,
    advice: /Free some space.*Go on from there: clio run --input chats\.jsonl --run-id bad --resume/,
    leaves: "failed run",
  },
  unknownRun(["inspect-run", "--run-id", "other"]),
  unknownRun(["stop", "--run-id", "other"]),
  unknownRun(["run", "--input", "chats.jsonl", "--run-id", "other", "--resume"]),
  {
    name: "no run to look at",
    command: ["inspect-run"],
    ...REFUSED,
    code: "no_runs",
    cause: /There are no runs to look at/,
    advice: /Make one with clio run/,
  },
  {
    name: "no run named to stop",
    command: ["stop"],
    ...REFUSED,
    code: "no_run_id",
    cause: /Which run is to stop was not said/,
    advice: /Say it with --run-id/,
  },
  {
    name: "a run id that is taken",
    make: all(CHATS, finishedRun()),
    command: ["run", "--input", "chats.jsonl", "--run-id", "taken"],
    ...REFUSED,
    code: "run_exists",
    cause: /There is already a run taken/,
    advice: /--run-id taken --resume, or choose another/,
  },
  {
    name: "another input than the run was made from",
    make: all(CHATS, finishedRun()),
    command: ["run", "--input", "chats.jsonl", "--run-id", "taken", "--resume"],
    ...REFUSED,
    code: "input_changed",
    cause: /made from another input: it had 12 bytes and now has \d+/,
    advice: /Give it the same file, or start a new run: another --run-id, without --resume/,
  },
  {
    name: "a resume without the input, which is nowhere to be found",
    make: finishedRun(),
    command: ["run", "--run-id", "taken", "--resume"],
    ...REFUSED,
    code: "input_needed",
    cause: /was made from chats\.jsonl; where that file is, it does not know/,
    advice: /--input chats\.jsonl/,
  },
  {
    name: "a run whose settings are of a later version",
    make: all(CHATS, finishedRun({ config: { ...defaultConfig(), time_travel: true } })),
    command: ["run", "--input", "chats.jsonl", "--run-id", "taken", "--resume"],
    ...FAILED,
    code: "other_version",
    cause: /settings of run taken are those of another version/,
    advice: /Go on with that version, or start a new run/,
  },
  {
    name: "a record of a later version",
    make: all(finishedRun(), recordOfLaterVersion),
    command: ["inspect-run", "--run-id", "taken"],
    ...FAILED,
    code: "corrupt_record",
    cause: /The record of run taken cannot be read/,
    advice: /written by another version of ant-clio/,
  },
  corruptRecord(["inspect-run", "--run-id", "taken"]),
  corruptRecord(["stop", "--run-id", "taken"]),
  corruptRecord(["run", "--input", "chats.jsonl", "--run-id", "taken", "--resume"]),
  {
    name: "a damaged record among the runs",
    make: damagedRun(""),
    command: ["list-runs"],
    exit: 0,
    code: null,
    leaves: "nothing",
    cause: /The record of taken cannot be read/,
    advice: /clio inspect-run --run-id taken/,
  },
  {
    name: "a damaged record when runs are removed",
    make: damagedRun("\u0000\u0000"),
    command: ["prune-runs", "--keep-last", "0", "--yes"],
    exit: 0,
    code: null,
    leaves: "nothing",
    cause: /The record of taken cannot be read; it stays/,
    advice: /Remove its folder by hand/,
  },
  {
    name: "a damaged copy of the record, which nothing relies on",
    make: all(finishedRun(), file("runs/taken/run_manifest.json", "\u0000")),
    command: ["inspect-run", "--run-id", "taken"],
    exit: 0,
    code: null,
    leaves: "nothing",
    cause: /Status done/,
    advice: /run_metrics\.json is missing or cannot be read/,
  },
  {
    name: "a report in a missing folder, which is made",
    make: CHATS,
    command: ["validate-input", "--input", "chats.jsonl", "--report-json", "deep/down/report.json"],
    exit: 0,
    code: null,
    cause: /Valid/,
    advice: /The whole report is in deep\/down\/report\.json/,
    leaves: "report",
  },
  {
    name: "a report where a folder is",
    make: all(CHATS, folderAt("report.json")),
    command: ["validate-input", "--input", "chats.jsonl", "--report-json", "report.json"],
    ...REFUSED,
    code: "bad_path",
    cause: /report\.json is a folder/,
    advice: /Name a file with --report-json/,
  },
  {
    name: "a report below a file",
    make: CHATS,
    command: ["validate-input", "--input", "chats.jsonl", "--report-json", "chats.jsonl/report.json"],
    ...FAILED,
    code: "key_conflict",
    cause: /a file stands where a folder should/,
    advice: /--report-json/,
  },
  {
    name: "a report over the input",
    make: CHATS,
    command: ["validate-input", "--input", "chats.jsonl", "--report-json", "./chats.jsonl"],
    ...REFUSED,
    code: "bad_path",
    cause: /report would replace the input/,
    advice: /Name another file with --report-json/,
  },
  {
    name: "a report over the input, through a link",
    make: all(CHATS, (folder) => symlink("chats.jsonl", join(folder, "link.json"))),
    command: ["validate-input", "--input", "chats.jsonl", "--report-json", "link.json"],
    ...REFUSED,
    code: "bad_path",
    cause: /report would replace the input/,
    advice: /Name another file/,
  },
  {
    name: "a report to a device or pipe, which a file would replace for everybody",
    make: all(CHATS, async (folder) => {
      await promisify(execFile)("mkfifo", [join(folder, "pipe")]);
    }),
    command: ["validate-input", "--input", "chats.jsonl", "--report-json", "pipe"],
    ...REFUSED,
    code: "bad_path",
    cause: /pipe is not a regular file/,
    advice: /- is stdout/,
  },
  {
    name: "a report where nothing may be written",
    make: all(CHATS, folderAt("closed"), (folder) => chmod(join(folder, "closed"), 0o555)),
    command: ["validate-input", "--input", "chats.jsonl", "--report-json", "closed/report.json"],
    ...FAILED,
    code: "no_permission",
    cause: /Could not write the report closed\/report\.json: permission denied/,
    advice: /--report-json/,
    process: "unprivileged",
  },
];
