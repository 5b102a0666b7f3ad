import { link, mkdir, mkdtemp, rm, stat, statfs, writeFile } from "node:fs/promises";
import { totalmem } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { ProviderWorld } from "../../shared/adapters/open-provider.ts";
import type { RunConfig } from "../../shared/config.ts";
import type { Context } from "../context.ts";
import { DEFAULT_INPUT, findDefaultInput } from "../input.ts";
import { ExitCode } from "../io.ts";
import { isOwnError, problemOf } from "../render/problem.ts";
import { bytes, padEnd, plural, safe, wrap } from "../render/text.ts";
import { providerWorld } from "../provider-world.ts";
import { readSettingSources, resolveSettings } from "../settings.ts";
import type { SettingFlags } from "../settings.ts";
import { fail, ok, warn } from "./check.ts";
import type { Check } from "./check.ts";
import { checkProvider } from "./doctor-provider.ts";

/** As `engines` of package.json has it. */
const LEAST_NODE = { major: 22, minor: 12 } as const;
/** Below this a run of any size fails midway; below the other a large one may. */
const LEAST_DISK_BYTES = 200e6;
const GOOD_DISK_BYTES = 2e9;
/** The encoder's two threads hold up to 0.5 GB each, the rest of a run as much again (adapters/offline/embedder.ts). */
const GOOD_MEMORY_BYTES = 2e9;

export function checkNode(version: string): Check {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  const { major: leastMajor, minor: leastMinor } = LEAST_NODE;
  const good = major > leastMajor || (major === leastMajor && minor >= leastMinor);
  return good
    ? ok("Node", version)
    : fail(
        "Node",
        `${version} is too old`,
        `Install Node ${leastMajor}.${leastMinor} or later; 24 is what clio is tested with.`,
      );
}

/** The folder itself, or the nearest above it that exists. */
async function existing(folder: string): Promise<string> {
  for (let at = folder; ; at = dirname(at)) {
    const stats = await stat(at).catch(() => null);
    if (stats !== null || at === dirname(at)) return at;
  }
}

async function checkRunsDir({ io, runsDir }: Context): Promise<Check[]> {
  const name = "Runs folder";
  const folder = await existing(resolve(io.cwd, runsDir));
  const shown = safe(runsDir);
  const stats = await stat(folder);
  if (!stats.isDirectory())
    return [
      fail(
        name,
        `${shown}: a file stands where the folder should`,
        "Move that file, or choose another folder with --runs-dir.",
      ),
    ];
  let trial: string;
  try {
    trial = await mkdtemp(join(folder, ".clio-doctor-"));
  } catch (error) {
    return [
      fail(
        name,
        `${shown} cannot be written (${codeOf(error)})`,
        "Check who may write there, or choose another folder with --runs-dir.",
      ),
    ];
  }
  try {
    await mkdir(join(trial, "a"));
    const file = join(trial, "a", "file");
    await writeFile(file, "x");
    const linked = await link(file, join(trial, "a", "link")).then(
      () => true,
      () => false,
    );
    return [
      linked
        ? ok(name, `${shown} can be written, with hard links`)
        : warn(
            name,
            `${shown} can be written, without hard links`,
            "It works, a little slower. Best is a disk of this machine: network and FAT drives lack hard links.",
          ),
    ];
  } catch (error) {
    return [
      fail(
        name,
        `${shown} cannot be written (${codeOf(error)})`,
        "Check the disk, or choose another folder with --runs-dir.",
      ),
    ];
  } finally {
    await rm(trial, { recursive: true, force: true });
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown error";
}

async function checkDisk({ io, runsDir }: Context): Promise<Check> {
  const { bavail, bsize } = await statfs(await existing(resolve(io.cwd, runsDir)));
  return judgeDisk(bavail * bsize);
}

export function judgeDisk(free: number): Check {
  const name = "Free disk space";
  const hint = "Free some, remove old runs with clio prune-runs, or choose another folder with --runs-dir.";
  if (free < LEAST_DISK_BYTES) return fail(name, bytes(free), hint);
  return free < GOOD_DISK_BYTES
    ? warn(name, `${bytes(free)}: enough for small inputs`, hint)
    : ok(name, bytes(free));
}

export function judgeMemory(free: number, total: number): Check {
  const detail = `${bytes(free)} free of ${bytes(total)}`;
  return free < GOOD_MEMORY_BYTES
    ? warn("Memory", detail, "Runs of some thousand conversations need about 2 GB: close other programs.")
    : ok("Memory", detail);
}

function checkMemory(): Check {
  // Inside a container the limit is what counts, not the machine's memory.
  const limit = process.constrainedMemory();
  const total = limit > 0 && limit < totalmem() ? limit : totalmem();
  return judgeMemory(Math.min(process.availableMemory(), total), total);
}

function checkInput({ io }: Context): Check {
  const found = findDefaultInput(io);
  return found === null
    ? warn(
        "Sample input",
        `there is no ${DEFAULT_INPUT}`,
        "Name your own file with --input, or make one with clio-generate-mock-data.",
      )
    : ok("Sample input", found === DEFAULT_INPUT ? found : "the copy that came with clio");
}

interface Configured {
  readonly check: Check;
  /** Null when the settings are wrong. */
  readonly opened: { readonly config: RunConfig; readonly world: ProviderWorld } | null;
}

async function checkConfig({ io, configFile }: Context, flags: SettingFlags): Promise<Configured> {
  const name = "Settings";
  try {
    const sources = await readSettingSources(io, configFile);
    const { config, origins, notes } = resolveSettings(sources, flags);
    const changed = [...origins.values()].filter(({ kind }) => kind !== "default").length;
    const detail =
      changed === 0 ? "all at their defaults" : `${plural(changed, "setting")} changed; clio info shows them`;
    const [note] = notes;
    return {
      check: note === undefined ? ok(name, detail) : warn(name, detail, note),
      opened: { config, world: providerWorld(io, sources) },
    };
  } catch (error) {
    if (!isOwnError(error)) throw error;
    const { message, hint } = problemOf(error);
    return { check: fail(name, message, hint ?? "clio info shows where settings come from."), opened: null };
  }
}

const MARKS = { ok: ["green", "✔"], warn: ["yellow", "!"], fail: ["red", "✖"] } as const;

/** Looks at everything that a run needs; `show` hears of each thing as it was looked at. */
export async function checkMachine(
  flags: SettingFlags,
  context: Context,
  show: (check: Check) => void = () => {},
): Promise<readonly Check[]> {
  const checks: Check[] = [];
  const tell = (check: Check): void => {
    checks.push(check);
    show(check);
  };
  tell(checkNode(process.version));
  const { check: settingsCheck, opened } = await checkConfig(context, flags);
  tell(settingsCheck);
  for (const check of await checkRunsDir(context)) tell(check);
  tell(await checkDisk(context));
  tell(checkMemory());
  tell(checkInput(context));
  if (opened !== null) await checkProvider(context, opened, tell);
  return checks;
}

export async function doctorCommand(flags: SettingFlags, context: Context): Promise<ExitCode> {
  const { output } = context;
  const show = (check: Check): void => {
    const [format, mark] = MARKS[check.status];
    const line = wrap(
      `${output.paint(format, mark)} ${output.paint("bold", padEnd(check.name, 16))}  ${check.detail}`,
      output.width,
      20,
    );
    if (check.status === "ok") output.say(line);
    else output.problem(line);
    if (check.hint !== null)
      output.problem(wrap(`${" ".repeat(20)}${output.paint("cyan", "→")} ${check.hint}`, output.width, 22));
  };
  const checks = await checkMachine(flags, context, show);

  const failed = checks.filter(({ status }) => status === "fail").length;
  const warned = checks.filter(({ status }) => status === "warn").length;
  const exitCode = failed > 0 ? ExitCode.failed : ExitCode.done;
  output.answer({ schema_version: "1.0.0", ok: failed === 0, exit_code: exitCode, checks });
  const words =
    failed > 0
      ? `${plural(failed, "problem")} to mend`
      : warned > 0
        ? `Ready, with ${plural(warned, "remark")}`
        : "All is well";
  output.say(`\n${words}.`);
  const sample = findDefaultInput(context.io) === null ? "--input <your file> " : "";
  if (failed === 0) {
    output.note(`  ${output.paint("cyan", "→")} Try it: clio run ${sample}--with-hierarchy --with-privacy`);
  }
  return exitCode;
}
