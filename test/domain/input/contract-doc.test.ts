import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { conversation, message, ROLES } from "../../../shared/contracts/conversation.ts";
import {
  datasetStatistics,
  distribution,
  issue,
  ISSUE_CODES,
  ISSUE_HELP,
  validationReport,
} from "../../../shared/contracts/validation.ts";
import { maskText } from "../../../shared/domain/input/excerpt.ts";
import { parseLine } from "../../../shared/domain/input/parse-line.ts";
import { utf8 } from "./support.ts";

const page = readFileSync(new URL("../../../docs/input_jsonl_contract.md", import.meta.url), "utf8");

describe("docs/input_jsonl_contract.md", () => {
  it.each(ISSUE_CODES)("explains %s in the words of the program", (code) => {
    const { meaning, hint } = ISSUE_HELP[code];
    expect(page).toContain(`| \`${code}\` | ${meaning} | ${hint} |`);
  });

  it("gives examples that are valid", () => {
    const lines = [...page.matchAll(/```jsonl\n([^`]*)```/g)].flatMap(([, block]) =>
      (block ?? "").trim().split("\n"),
    );
    expect(lines).toHaveLength(3);
    expect(lines.map((line) => parseLine(utf8(line), { users: "required" }).ok)).toEqual([true, true, true]);
  });

  it.each([
    ...Object.keys(conversation.shape),
    ...Object.keys(message.shape),
    ...ROLES,
    ...Object.keys(validationReport.shape),
    ...Object.keys(validationReport.shape.input.shape),
    ...Object.keys(validationReport.shape.counts.shape),
    ...Object.keys(issue.shape),
    ...Object.keys(datasetStatistics.shape),
    ...Object.keys(distribution.shape),
  ])("names %s", (name) => {
    expect(page).toContain(`\`${name}\``);
  });

  it("shows a mask as the program makes it", () => {
    const [, text, shape] = /`(jane[^`]*)` has the shape `([^`]*)`/.exec(page) ?? [];
    expect(maskText(text ?? "?")).toBe(shape);
  });
});
