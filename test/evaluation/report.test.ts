import { describe, expect, it } from "vitest";
import { evaluationMetrics } from "../../shared/contracts/evaluation.ts";
import type { EvaluationMetrics } from "../../shared/contracts/evaluation.ts";
import { barFigure } from "../../shared/domain/evaluation/figures.ts";
import { GATE_MEASURES, checkGates, measureOf, parseGate } from "../../shared/domain/evaluation/gates.ts";
import { parseLabelLine } from "../../shared/domain/evaluation/labels.ts";
import { reportFigures, reportMarkdown } from "../../shared/domain/evaluation/report.ts";
import { evaluate } from "../../shared/domain/evaluation/score.ts";
import { rateWithInterval } from "../../shared/domain/interval.ts";

const identity = { provider: "scripted", model: "plain", version: "1" } as const;

function metrics(n: number, label: (i: number) => string): EvaluationMetrics {
  const items = Array.from({ length: n }, (_, i) => ({
    label: label(i),
    domain: null,
    language: "en",
    concern: 1 + (i % 2),
    text: "hello there",
    found: { cluster: `c${i % 3}`, language: "en", concern: 1 + (i % 2) },
  }));
  return evaluationMetrics.parse({
    schema_version: "1.0.0",
    run_id: "test-run",
    model: identity,
    embedder: identity,
    source: "labels",
    labels: { given: n, not_in_run: 0, unlabelled: 2 },
    quality: evaluate(items, [], 7),
    stability: null,
    leaks: null,
    attack: null,
  });
}

describe("a line of labels", () => {
  it.each([
    [
      { conversation_id: "a", label: "x" },
      { label: "x", domain: null },
    ],
    [
      { conversation_id: "a", use_case: "x", domain: "d", multi_topic: true },
      { label: "x", domain: "d" },
    ],
    [
      { conversation_id: "a", label: "x", parent: "d", concern: 5 },
      { domain: "d", concern: 5 },
    ],
  ])("may be %j", (line, expected) => {
    expect(parseLabelLine(JSON.stringify(line), 1)).toMatchObject({ ok: true, row: expected });
  });

  it.each([
    ["{", "is not JSON"],
    ['"text"', "is not a JSON object"],
    ['{"conversation_id":"a"}', "label: is missing"],
    ['{"conversation_id":"a","label":"secret","concern":9}', "concern: Too big: expected number to be <=5"],
  ])("is told what is wrong without what it says: %s", (text, message) => {
    expect(parseLabelLine(text, 4)).toEqual({ ok: false, problem: { line: 4, message } });
  });
});

describe("gates", () => {
  it("are a measure and its least", () => {
    expect(parseGate("nmi>=0.6")).toEqual({ measure: "nmi", least: 0.6 });
    expect(parseGate(" top_ari = .25 ")).toEqual({ measure: "top_ari", least: 0.25 });
    for (const wrong of ["nmi", "nmi>0.6", "nmi>=", "f1>=0.5", "nmi>=60", "nmi<=0.5"])
      expect(parseGate(wrong)).toBeNull();
  });

  it("can be on everything that is measured", () => {
    const { quality } = metrics(240, (i) => `topic ${i % 3}`);
    for (const measure of GATE_MEASURES) expect(measureOf(quality, measure)).toBeGreaterThan(0.99);
    expect(checkGates(quality, [{ measure: "nmi", least: 0.9 }])[0]).toMatchObject({ passed: true });
  });

  it("are missed below their least, where nothing was measured, and where there is too little to judge", () => {
    const { quality } = metrics(240, (i) => `topic ${i % 7}`);
    expect(checkGates(quality, [{ measure: "ari", least: 0.5 }])[0]).toMatchObject({ passed: false });
    const unmeasured = { ...quality, language: null };
    expect(checkGates(unmeasured, [{ measure: "language", least: 0 }])[0]).toMatchObject({
      value: null,
      passed: false,
    });
    expect(
      checkGates(metrics(30, (i) => `topic ${i % 3}`).quality, [{ measure: "nmi", least: 0.1 }])[0],
    ).toMatchObject({
      passed: false,
    });
  });
});

describe("the report", () => {
  it("says how many, how sure, and what baselines reach", () => {
    const text = reportMarkdown(metrics(240, (i) => `topic ${i % 3}`));
    expect(text).toContain("Judged on 240 labelled conversations.");
    expect(text).toContain("| clio | 3 | 1.000 (1.000 to 1.000)");
    expect(text).toContain("| TF-IDF + k-means |");
    expect(text).toContain("| topic 0 | 80 | 100.0 % (95.5 to 100.0) |");
    expect(text).toContain(
      "![Share of the conversations of each label that are among their like](topics.svg)",
    );
  });

  it("says when there is too little to judge", () => {
    expect(reportMarkdown(metrics(30, () => "x"))).toContain(
      "Too small to judge: 30 labelled conversations, and it takes 200.",
    );
  });

  it("lets no label break out of its cell or its figure", () => {
    const nasty = "a|b\n# <script>alert(1)</script> [x](y)";
    const held = metrics(30, () => nasty);
    const line = reportMarkdown(held)
      .split("\n")
      .find((row) => row.includes("alert"))!;
    expect(line.replaceAll(String.raw`\|`, "").split("|")).toHaveLength(5);
    expect(line).not.toMatch(/(?<!\\)</);
    const { topics } = reportFigures(held);
    expect(topics).not.toContain("<script>");
    expect(topics).toContain("&lt;script&gt;");
  });
});

describe("a figure", () => {
  it("draws each rate with its interval", () => {
    const svg = barFigure("Title", [{ name: "half", rate: rateWithInterval(50, 100) }]);
    expect(svg).toContain('<rect x="260" y="47" width="180.0"');
    expect(svg).toContain("n = 100");
    expect(svg.match(/<line /g)).toHaveLength(6);
  });

  it("draws the largest where there are too many, and says so", () => {
    const bars = Array.from({ length: 70 }, (_, i) => ({ name: `b${i}`, rate: rateWithInterval(1, 2) }));
    expect(barFigure("Title", bars)).toContain("Title (the 60 largest of 70)");
    expect(barFigure("Title", bars).match(/fill="#7a9cc6"/g)).toHaveLength(60);
  });

  it("stands without bars", () => {
    expect(barFigure("Title", [])).toContain("</svg>");
  });
});
