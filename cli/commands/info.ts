import { existsSync } from "node:fs";
import { arch, platform } from "node:os";
import { join, resolve } from "node:path";
import type { Context } from "../context.ts";
import { findDefaultInput } from "../input.ts";
import { ExitCode } from "../io.ts";
import { heading } from "../render/outcome.ts";
import { pairs, table } from "../render/table.ts";
import { safe, wrap } from "../render/text.ts";
import { CONFIG_FILE, readSettingSources, resolveSettings, settings, showValue } from "../settings.ts";
import type { SettingSources } from "../settings.ts";
import { VERSION } from "../../shared/version.ts";

/** Names that stand for something secret, whoever reads them. */
const SECRET = /KEY|TOKEN|SECRET|PASSWORD/i;
/** Variables that concern this program or the providers of models. */
const CONCERNS = /^(CLIO_|OPENAI_|AZURE_OPENAI_|ANTHROPIC_|JINA_|LANGSMITH_|NO_COLOR$|FORCE_COLOR$)/;

interface ShownVariable {
  readonly name: string;
  readonly where: string;
  readonly value: string;
}

/** Variables of this program with their values; of others, and of secrets, only that they are set. */
function variablesOf({ variables }: SettingSources): ShownVariable[] {
  return [...variables]
    .filter(([name]) => CONCERNS.test(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { where, text }]) => {
      const open = !SECRET.test(name) && (name.startsWith("CLIO_") || name.endsWith("_COLOR"));
      return { name, where, value: open ? safe(text) : "(set, not shown)" };
    });
}

export async function infoCommand(context: Context): Promise<ExitCode> {
  const { io, output, runsDir, configFile } = context;
  const sources = await readSettingSources(io, configFile);
  const resolved = resolveSettings(sources, {});
  const found = findDefaultInput(io);
  const paths = {
    folder: io.cwd,
    runs: resolve(io.cwd, runsDir),
    config_file: sources.file?.path ?? null,
    dotenv_file: sources.dotenv?.path ?? null,
    default_input: found === null ? null : resolve(io.cwd, found),
  };
  const rows = settings().map((setting) => {
    const origin = resolved.origins.get(setting.key);
    return {
      key: setting.key,
      value: resolved.config[setting.key],
      source: origin?.kind ?? "default",
      label: origin?.label ?? "default",
      flag: setting.flag,
      variable: setting.variable,
    };
  });
  const variables = variablesOf(sources);

  output.answer({
    schema_version: "1.0.0",
    ok: true,
    exit_code: ExitCode.done,
    versions: { ant_clio: VERSION, node: process.version, platform: `${platform()}-${arch()}` },
    paths,
    settings: rows.map(({ key, value, source, label }) => ({ key, value, source, label })),
    variables,
    notes: resolved.notes,
  });

  output.say(
    `${output.paint("bold", "ant-clio")} ${VERSION}  ${output.paint("dim", `Node ${process.version}, ${platform()} ${arch()}`)}`,
  );
  const missing = output.paint("dim", "none");
  output.say(heading(output, "Paths"));
  output.say(
    pairs(
      [
        ["Folder", safe(paths.folder)],
        [
          "Runs",
          `${safe(paths.runs)}${existsSync(paths.runs) ? "" : output.paint("dim", " (made by the first run)")}`,
        ],
        [
          "Config file",
          paths.config_file === null ? `${missing} (${CONFIG_FILE} would be read)` : safe(paths.config_file),
        ],
        [".env", paths.dotenv_file === null ? missing : safe(paths.dotenv_file)],
        ["Default input", paths.default_input === null ? missing : safe(paths.default_input)],
        ["Program", safe(join(io.packageDir))],
      ],
      output,
    ),
  );
  output.say(heading(output, "Settings", "defaults < config file < .env < environment < flags"));
  output.say(
    table(
      [
        { title: "  Setting" },
        { title: "Value", shrinks: "cut" },
        {
          title: "From",
          paint: (cell) =>
            cell.trim() === "default" ? output.paint("dim", cell) : output.paint("green", cell),
        },
      ],
      rows.map(({ key, value, label }) => [`  ${key}`, safe(showValue(value)), label]),
      output,
    ),
  );
  if (variables.length > 0) {
    output.say(heading(output, "Variables"));
    output.say(
      table(
        [{ title: "  Name" }, { title: "Value", shrinks: "cut" }, { title: "From" }],
        variables.map(({ name, value, where }) => [`  ${safe(name)}`, value, where]),
        output,
      ),
    );
  }
  for (const note of resolved.notes)
    output.problem(wrap(`${output.paint("yellow", "!")} ${note}`, output.width, 2));
  output.note(`\n  ${output.paint("cyan", "→")} What each setting does: clio run --help`);
  return ExitCode.done;
}
