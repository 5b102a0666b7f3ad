import { describe, expect, test } from "vitest";
import { noPaint, openOutput } from "../../cli/io.ts";
import type { Sink } from "../../cli/io.ts";
import { barLine, openProgress } from "../../cli/render/progress.ts";
import { openMeter } from "../../cli/render/meter.ts";
import { widthOf } from "../../cli/render/text.ts";
import { manualClock } from "../../shared/adapters/memory/manual-clock.ts";
import { phaseName } from "../../shared/contracts/run.ts";
import { Capture } from "./support.ts";

function opened(options: { terminal?: boolean; quiet?: boolean; debug?: boolean } = {}) {
  const stderr = new Capture(options.terminal ?? false);
  const output = openOutput(
    { stdout: new Capture() as Sink, stderr: stderr as Sink, env: {} },
    { json: false, quiet: options.quiet ?? false, debug: options.debug ?? false, noColour: true },
  );
  const clock = manualClock(0);
  return {
    stderr,
    clock,
    output,
    progress: openProgress(output, stderr as Sink, clock),
  };
}

describe("lines of progress", () => {
  test("a phase says when it starts and ends, and now and then in between", () => {
    const { stderr, clock, progress } = opened();
    progress.phaseStarted("facets");
    progress.roundPlanned("facets", 0, 100);
    for (let batch = 0; batch < 60; batch++) {
      clock.advance(200);
      progress.batchFinished("facets", 0, "computed");
    }
    progress.phaseFinished("facets", 20, false);
    expect(stderr.text.split("\n")).toEqual([
      "Extract facets: started",
      "Extract facets: 25 of 100 batches, 5.0/s, 15 s left",
      "Extract facets: 50 of 100 batches, 5.0/s, 10 s left",
      "Extract facets: done in 20 s",
      "",
    ]);
  });

  test("what was paid for is told where anything is", () => {
    const { stderr, clock, progress } = opened();
    const usage = (cost_usd: number) => ({ calls: 1, input_tokens: 9, output_tokens: 9, cost_usd });
    progress.phaseStarted("facets");
    progress.roundPlanned("facets", 0, 10);
    for (const cost of [0, 0.02, 0.03]) progress.used?.(usage(cost));
    clock.advance(6000);
    progress.batchFinished("facets", 0, "computed");
    progress.child("quality (1 of 3)").phaseStarted("label");
    expect(stderr.text).toContain("1 of 10 batches, $0.050 for 3 calls");
  });

  test("what was found finished does not count for the speed", () => {
    const { stderr, clock, progress } = opened();
    progress.phaseStarted("facets");
    progress.roundPlanned("facets", 0, 20);
    for (let batch = 0; batch < 8; batch++) progress.batchFinished("facets", 0, "reused");
    clock.advance(6000);
    progress.batchFinished("facets", 0, "computed");
    clock.advance(6000);
    progress.batchFinished("facets", 0, "computed");
    expect(stderr.text).toContain("10 of 20 batches, 0.2/s, 1 min left");
  });

  test.each([
    [true, "kept from before"],
    [false, "done in 0.1 s"],
  ])("a phase of which an earlier attempt had done all was kept: %s", (reused, words) => {
    const { stderr, progress } = opened();
    progress.phaseStarted("embed");
    progress.phaseFinished("embed", 0.1, reused);
    expect(stderr.text).toContain(words);
  });

  test("a phase that did not end is said to have failed", () => {
    const { stderr, progress } = opened();
    progress.phaseStarted("embed");
    progress.end("failed");
    progress.end("failed");
    expect(stderr.text).toBe("Embed facets: started\nEmbed facets: failed\n");
  });

  test("runs that a phase starts say what they are for, phase by phase", () => {
    const { stderr, clock, progress } = opened();
    progress.phaseStarted("evaluate");
    const [first, again] = [progress.child("quality (1 of 3)"), progress.child("leaks (3 of 3)")];
    first.phaseStarted("facets");
    first.roundPlanned("facets", 0, 4);
    clock.advance(6000);
    first.batchFinished("facets", 0, "computed");
    first.phaseFinished("facets", 6, false);
    again.phaseStarted("facets");
    again.phaseFinished("facets", 0.1, true);
    progress.end("failed");
    expect(stderr.text.split("\n")).toEqual([
      "Evaluate: started",
      "  quality (1 of 3) – Extract facets: started",
      "  quality (1 of 3) – Extract facets: 1 of 4 batches",
      "  quality (1 of 3) – Extract facets: done in 6.0 s",
      "  leaks (3 of 3) – Extract facets: started",
      "  leaks (3 of 3) – Extract facets: kept from before",
      "Evaluate: failed",
      "",
    ]);
  });

  test("two phases under way tell of their own batches, and only the one that failed is said to have failed", () => {
    const { stderr, clock, progress } = opened();
    progress.phaseStarted("map");
    progress.phaseStarted("label");
    progress.roundPlanned("map", 0, 2);
    progress.roundPlanned("label", 0, 4);
    clock.advance(6000);
    progress.batchFinished("label", 0, "computed");
    progress.batchFinished("map", 0, "computed");
    progress.phaseFinished("label", 6, false);
    progress.phaseStarted("hierarchy");
    progress.end("failed", "map");
    expect(stderr.text.split("\n")).toEqual([
      "Lay out the map: started",
      "Name clusters: started",
      "Name clusters: 1 of 4 batches",
      "Lay out the map: 1 of 2 batches",
      "Name clusters: done in 6.0 s",
      "Build the hierarchy: started",
      "Lay out the map: failed",
      "Build the hierarchy: stopped",
      "",
    ]);
  });

  test("quiet is quiet", () => {
    const { stderr, progress } = opened({ quiet: true, terminal: true });
    progress.phaseStarted("embed");
    progress.child("quality (1 of 3)").phaseStarted("facets");
    progress.say("hello");
    progress.phaseFinished("embed", 1, false);
    progress.end();
    expect(stderr.text).toBe("");
  });

  test("events and bars do not mix: with --debug a terminal gets lines too", () => {
    const { stderr, progress } = opened({ debug: true, terminal: true });
    progress.phaseStarted("embed");
    progress.end();
    expect(stderr.text).toBe("Embed facets: started\n");
  });
});

describe("bars", () => {
  test("a bar is taken away at the end, and leaves the terminal as it was", () => {
    const { stderr, progress } = opened({ terminal: true });
    progress.phaseStarted("facets");
    progress.roundPlanned("facets", 0, 4);
    progress.batchFinished("facets", 0, "computed");
    progress.say("something in between");
    progress.phaseFinished("facets", 2, false);
    progress.end();
    expect(stderr.text).toContain("something in between\n");
    expect(stderr.text.endsWith("✔ Extract facets          2.0 s\n")).toBe(true);
    // Cursor shown and lines wrapped again; its place was never stored, so it cannot be restored wrongly.
    expect(stderr.text.lastIndexOf("\u001b[?25h")).toBeGreaterThan(stderr.text.lastIndexOf("\u001b[?25l"));
    expect(stderr.text.lastIndexOf("\u001b[?7h")).toBeGreaterThan(stderr.text.lastIndexOf("\u001b[?7l"));
    for (const place of ["\u001b7", "\u001b8"]) expect(stderr.text).not.toContain(place);
  });

  test("the line tells what a run that the phase started does", () => {
    const counts = { phase: "evaluate", startedMs: 0, planned: 1, finished: 1, computed: 1 } as const;
    const child = {
      ...counts,
      phase: "facets",
      planned: 250,
      finished: 16,
      title: "quality (1 of 3)",
    } as const;
    expect(barLine(counts, 72_000, 100, noPaint, child)).toMatch(
      /^. Evaluate +1 min 12 s  quality \(1 of 3\): Extract facets 16\/250$/,
    );
    expect(barLine(counts, 72_000, 100, noPaint, { ...child, planned: 1 })).toMatch(/Extract facets$/);
  });

  test("what such a run does is drawn while it does it, and no longer", () => {
    const { stderr, progress } = opened({ terminal: true });
    progress.phaseStarted("evaluate");
    const child = progress.child("quality (1 of 3)");
    child.phaseStarted("embed");
    const drawnBy = (): string => {
      const before = stderr.text.length;
      // What is said in between makes the line be drawn anew.
      progress.say("");
      return stderr.text.slice(before);
    };
    expect(drawnBy()).toContain("quality (1 of 3): Embed facets");
    child.phaseFinished("embed", 1, false);
    expect(drawnBy()).not.toContain("quality");
    progress.phaseFinished("evaluate", 2, false);
    progress.end();
  });

  test("of two phases under way the one of more batches is drawn, the other named, and drawn once it is alone", () => {
    const { stderr, progress } = opened({ terminal: true });
    progress.phaseStarted("map");
    progress.roundPlanned("map", 0, 1);
    progress.phaseStarted("label");
    progress.roundPlanned("label", 0, 20);
    const drawnBy = (act: () => void): string => {
      const before = stderr.text.length;
      act();
      return stderr.text.slice(before);
    };
    const both = drawnBy(() => progress.say(""));
    expect(both).toMatch(/Name clusters.*0\/20.*\+ Lay out the map/);
    const alone = drawnBy(() => progress.phaseFinished("label", 2, false));
    expect(alone).toMatch(/✔ Name clusters[^]*Lay out the map/);
    expect(drawnBy(() => progress.end("stopped", null))).toContain("■ Lay out the map");
  });

  test("a line fits its terminal, whatever the numbers", () => {
    for (const phase of phaseName.options) {
      for (const width of [60, 80, 120]) {
        for (const planned of [0, 1, 7, 1_000_000]) {
          const counts = {
            phase,
            startedMs: 0,
            planned,
            finished: Math.floor(planned / 3),
            computed: Math.floor(planned / 3),
          };
          expect(widthOf(barLine(counts, 123_456, width, noPaint))).toBeLessThan(width);
          const beside = barLine(counts, 123_456, width, noPaint, null, { calls: 9, usd: 1 }, [
            "map",
            "annotate",
          ]);
          expect(widthOf(beside)).toBeLessThan(width);
          const child = { ...counts, title: "stability (2 of 3)" };
          expect(widthOf(barLine(counts, 123_456, width, noPaint, child))).toBeLessThan(width);
        }
      }
    }
  });
});

test("reading a file tells how far it is every five seconds", () => {
  const { stderr, clock, output } = opened();
  const meter = openMeter(output, stderr as Sink, clock, "Reading", 1000);
  for (let read = 0; read <= 1000; read += 100) {
    meter.update(read);
    clock.advance(1000);
  }
  meter.stop();
  expect(stderr.text).toBe("Reading: 500 bytes of 1.0 kB, 5.0 s left\nReading: 1.0 kB of 1.0 kB\n");
});
