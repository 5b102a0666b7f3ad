import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { settings } from "../../cli/settings.ts";
import { VERSION } from "../../shared/version.ts";
import { PermanentError } from "../../shared/errors.ts";
import { temporaryFolder } from "../helpers/temporary-folder.ts";
import type { TemporaryFolder } from "../helpers/temporary-folder.ts";
import { answerOf, clio, writeRows, conversation } from "./support.ts";

const COMMANDS = [
  "run",
  "validate-input",
  "doctor",
  "info",
  "list-runs",
  "viz",
  "inspect-run",
  "prune-runs",
  "stop",
];

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());
const at = () => ({ cwd: folder.path });

describe("help", () => {
  test("of clio lists every command, on stdout", async () => {
    const { code, stdout, stderr } = await clio(["--help"], at());
    expect([code, stderr]).toEqual([0, ""]);
    for (const command of COMMANDS) expect(stdout).toContain(`\n  ${command}`);
  });

  test.each(COMMANDS)("of %s names its options, those of every command, and examples", async (command) => {
    const { code, stdout } = await clio([command, "--help"], at());
    expect(code).toBe(0);
    for (const option of [
      "--runs-dir",
      "--json",
      "--no-color",
      "--quiet",
      "--debug",
      "--config",
      "--help",
      "--version",
    ]) {
      expect(stdout).toContain(option);
    }
    expect(stdout).toContain(`Examples:\n  # `);
    expect(stdout).toContain(`  clio ${command}`);
  });

  test.each([80, 120])(
    "of run fits %i columns and shows every setting with its default under one heading",
    async (columns) => {
      const { stdout } = await clio(["run", "--help"], {
        ...at(),
        terminal: true,
        columns,
        env: { NO_COLOR: "1" },
      });
      const section = stdout
        .slice(stdout.indexOf("Settings:"), stdout.indexOf("Global Options:"))
        .replaceAll(/\s+/g, " ");
      for (const { flag, key, shownDefault, words, description } of settings()) {
        if (flag === null) {
          expect(stdout).toContain(key);
          continue;
        }
        expect(section).toContain(
          words === "" && shownDefault === "true" ? `--no-${key.replaceAll("_", "-")} ` : `${flag} `,
        );
        if (words !== "") expect(section).toContain(`(default: ${shownDefault})`);
        expect(section).toContain(description.slice(description.indexOf(" ") + 1));
      }
      for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(columns);
    },
  );

  test("of later commands is not there, and what needs a run or a user says so", async () => {
    for (const command of ["import", "compare", "evaluate", "export", "forget"]) {
      expect((await clio([command], at())).code, command).toBe(2);
    }
  });

  test("without a command is shown, and is wrong usage", async () => {
    const { code, stdout, stderr } = await clio([], at());
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("Usage: clio");
  });
});

test.each([["--version"], ["-V"], ["run", "--version"]])("clio %s %s says the version", async (...argv) => {
  const { code, stdout } = await clio(
    argv.filter((word) => word !== undefined),
    at(),
  );
  expect([code, stdout]).toEqual([0, `${VERSION}\n`]);
});

describe("wrong usage", () => {
  test.each<[string[], string, string]>([
    [["rnu"], "Unknown command 'rnu'", "run"],
    [["list-run"], "Unknown command", "list-runs"],
    [["run", "--inptu", "x"], "Unknown option '--inptu'", "--input"],
    [["run", "--min-user", "3"], "Unknown option", "--min-users"],
    [["list-runs", "--limit"], "argument missing", "--help"],
    [["list-runs", "--limit", "many"], "--limit", ""],
    [["list-runs", "--limit", "0"], "at least 1", ""],
    [["inspect-run", "--run-id", "UPPER"], "cannot be the id", "lower-case"],
    [["inspect-run", "--run-id", "../etc"], "cannot be the id", ""],
    [["inspect-run"], "no runs", "clio run"],
    [["prune-runs"], "keep", "--keep-last"],
    [["prune-runs", "--keep-last", "-1"], "--keep-last", ""],
    [["stop"], "Which run", "--run-id"],
    [["run", "surplus"], "Too many arguments", ""],
    [["run", "--resume"], "--resume needs the run", "list-runs"],
    [["run", "--strict", "--skip-invalid"], "contradict", "leave one"],
    [["run", "--stream-chunk-size", "4", "--facet-batch-size", "5"], "same setting", "Leave one"],
    [["run", "--stream-chunk-size", "0"], "--facet-batch-size", ""],
    [["run", "--input", "nowhere.jsonl"], "There is no file", "--input"],
    [["run", "--input", "-"], "standard input", "file first"],
    [["run", "--input", "."], "folder", "--input"],
    [["run"], "no input was named", "clio-generate-mock-data"],
    [["run", "--config", "nowhere.json"], "nowhere.json", "--config"],
    [["validate-input", "--json", "--report-json", "-"], "stdout", ""],
    [["info", "--runs-dir", ""], "", ""],
  ])("%j exits with 2 and says why", async (argv, words, hint) => {
    const { code, stderr } = await clio(argv, at());
    const line = stderr.replaceAll(/\s+/g, " ");
    expect(code).toBe(2);
    expect(line.toLowerCase()).toContain(words.toLowerCase());
    expect(line.toLowerCase()).toContain(hint.toLowerCase());
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test("is one JSON object under --json, also when the arguments cannot be parsed", async () => {
    for (const argv of [
      ["rnu", "--json"],
      ["--json", "run", "--inptu"],
      ["stop", "--json"],
    ]) {
      const result = await clio(argv, at());
      const answer = answerOf(result);
      expect(answer).toMatchObject({ ok: false, exit_code: 2 });
      expect(answer.error?.code).toMatch(/^[a-z_]+$/);
      expect(answer.error?.message).not.toBe("");
    }
  });
});

test("options of every command may stand before or behind it", async () => {
  for (const argv of [
    ["--json", "list-runs"],
    ["list-runs", "--json"],
  ]) {
    expect(answerOf(await clio(argv, at()))).toMatchObject({ ok: true, runs: [] });
  }
});

test("colours are for terminals that want them", async () => {
  const coloured = (text: string): boolean => text.includes("\u001b[");
  const argv = ["inspect-run", "--run-id", "nothing-here"];
  expect(coloured((await clio(argv, { ...at(), terminal: true })).stderr)).toBe(true);
  expect(coloured((await clio(argv, at())).stderr)).toBe(false);
  expect(coloured((await clio([...argv, "--no-color"], { ...at(), terminal: true })).stderr)).toBe(false);
  expect(coloured((await clio(argv, { ...at(), terminal: true, env: { NO_COLOR: "1" } })).stderr)).toBe(
    false,
  );
});

describe("what nobody expected", () => {
  const broken = () =>
    Promise.reject(new SyntaxError('Unexpected token "my secret conversation" is not valid JSON'));

  test("is told by name, without its words and without a stack", async () => {
    const input = await writeRows(folder.path, "in.jsonl", [conversation(1)]);
    const { code, stdout, stderr } = await clio(["run", "--input", input, "--json"], {
      ...at(),
      deps: { openProvider: broken },
    });
    expect(code).toBe(1);
    expect(stderr).toContain("SyntaxError");
    expect(stderr + stdout).not.toContain("secret");
    expect(stderr).not.toMatch(/\bat .*:\d+/);
    expect(answerOf({ code, stdout, stderr }).error).toMatchObject({ code: "unexpected" });
  });

  test("shows where it was under --debug, still without its words", async () => {
    const input = await writeRows(folder.path, "in.jsonl", [conversation(1)]);
    const { stderr } = await clio(["run", "--input", input, "--debug"], {
      ...at(),
      deps: { openProvider: broken },
    });
    const line = stderr.split("\n").find((text) => text.includes("unexpected_error"));
    expect(JSON.parse(line ?? "{}")).toMatchObject({
      level: "warn",
      name: "SyntaxError",
      stack: expect.stringContaining("program.test.ts") as string,
    });
    expect(stderr).not.toContain("secret");
  });

  test("a failure that this project knows keeps its hint and ends with 1", async () => {
    const input = await writeRows(folder.path, "in.jsonl", [conversation(1)]);
    const openProvider = () =>
      Promise.reject(
        new PermanentError("the encoder is damaged", { code: "encoder", hint: "install clio again" }),
      );
    const { code, stderr } = await clio(["run", "--input", input], { ...at(), deps: { openProvider } });
    expect(code).toBe(1);
    expect(stderr).toContain("The encoder is damaged.\n  → Install clio again.");
  });
});
