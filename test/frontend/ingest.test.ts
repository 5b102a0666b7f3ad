import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runConfig } from "../../shared/config.ts";
import { UPLOAD_PART_BYTES } from "../../shared/contracts/api.ts";
import { commandOf, leanStages, quoted } from "../../frontend/pages/ingest/command.ts";
import type { Stage } from "../../frontend/pages/ingest/command.ts";
import { objectionTo, readField, settingFields } from "../../frontend/pages/ingest/settings-fields.ts";
import { missingParts, partRange } from "../../frontend/pages/ingest/upload.ts";
import { EMPTY_LOG, withBytes } from "../../frontend/pages/progress/log-lines.ts";
import { phaseBars, spanOf, timeLeft } from "../../frontend/pages/progress/timeline.ts";
import { visible } from "../../frontend/model/visible.ts";
import { previewOf } from "../../frontend/pages/artifacts/preview.ts";

describe("the form of settings", () => {
  test("has every setting of the schema once, and its default fits it", () => {
    const fields = settingFields();
    expect(fields.map(({ key }) => key).sort()).toEqual(Object.keys(runConfig.shape).sort());
    for (const { key, preset, description } of fields) {
      expect(objectionTo(key, preset), key).toBeNull();
      expect(description).not.toBe("");
    }
  });
  test("reads what is typed as the schema wants it, and says what does not fit", () => {
    const field = (key: string) => settingFields().find((each) => each.key === key)!;
    expect(readField(field("min_users"), " 7 ")).toBe(7);
    expect(readField(field("limit"), "")).toBeNull();
    expect(readField(field("k"), "auto")).toBe("auto");
    expect(readField(field("k"), "12")).toBe(12);
    expect(objectionTo("min_users", readField(field("min_users"), "many"))).not.toBeNull();
    expect(objectionTo("min_users", readField(field("min_users"), ""))).not.toBeNull();
    expect(field("mask_pii").kind).toBe("switch");
    expect(field("provider").choices).toContain("bedrock");
  });
});

describe("the command that does the same", () => {
  const stages = (...some: Stage[]): ReadonlySet<Stage> => new Set(some);
  test("names what is not implied, and what is not by default", () => {
    expect(leanStages(stages("facets", "clustering", "labeling", "privacy"))).toEqual(["privacy"]);
    expect(leanStages(stages("facets", "clustering"))).toEqual(["clustering"]);
    expect(
      commandOf("my file.jsonl", stages("facets", "clustering", "labeling", "hierarchy"), {
        min_users: 9,
        mask_pii: false,
      }),
    ).toBe("clio run --input 'my file.jsonl' --with-hierarchy --no-mask-pii --min-users 9");
  });
  test("is one word for a shell, whatever a name is", () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        const word = quoted(name);
        // What a POSIX shell makes of it: quotes open and close, \' is a quote.
        const meant = /^[\w./:@,=+-]+$/.test(word) ? word : word.slice(1, -1).replaceAll(`'\\''`, "'");
        expect(meant).toBe(name);
      }),
    );
  });
});

describe("parts of an upload", () => {
  test("cover the file once, in order, and none is empty", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 * UPLOAD_PART_BYTES }), (bytes) => {
        const upload = {
          bytes,
          part_bytes: UPLOAD_PART_BYTES,
          parts: Math.ceil(bytes / UPLOAD_PART_BYTES),
          received: [],
        };
        let at = 0;
        for (const part of missingParts(upload)) {
          const [from, to] = partRange(upload, part);
          expect(from).toBe(at);
          expect(to).toBeGreaterThan(from);
          at = to;
        }
        expect(at).toBe(bytes);
      }),
    );
    expect(missingParts({ parts: 4, received: [3, 1] })).toEqual([2, 4]);
  });
});

describe("a log", () => {
  const lines = [
    '{"at":"2026-01-01T10:00:00.000Z","level":"warn","event":"batch_failed","batch":3}',
    "plain ünïcödé 🎈",
    "",
  ];
  test("is the same in whatever pieces it comes", () => {
    const bytes = new TextEncoder().encode(`${lines.join("\n")}\n`);
    const whole = withBytes(EMPTY_LOG, bytes);
    expect(whole.lines.map(({ number, level, text }) => [number, level, text])).toEqual([
      [1, "warn", "batch_failed batch=3"],
      [2, "text", "plain ünïcödé 🎈"],
      [3, "text", ""],
    ]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: bytes.length }), { maxLength: 8 }), (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        let log = EMPTY_LOG;
        for (let i = 1; i < places.length; i++)
          log = withBytes(log, bytes.subarray(places[i - 1], places[i]));
        expect(log.lines).toEqual(whole.lines);
        expect(log.offset).toBe(bytes.length);
      }),
    );
  });
  test("acts on nobody: control characters are signs", () => {
    expect(visible("\u001b[2Ja\u0007\u007f\tb\n")).toBe("␛[2Ja␇␡\tb\n");
  });
});

describe("the phases of a run", () => {
  const run = {
    phases: ["ingest", "facets", "embed"] as const,
    phase_states: {
      ingest: {
        status: "done" as const,
        fingerprint: null,
        started_at: "2026-01-01T10:00:00Z",
        finished_at: "2026-01-01T10:00:10Z",
      },
      facets: {
        status: "running" as const,
        fingerprint: null,
        started_at: "2026-01-01T10:00:10Z",
        finished_at: null,
      },
    },
  };
  const now = Date.parse("2026-01-01T10:00:30Z");
  test("have their times, what is under way until now, what is to come none", () => {
    const bars = phaseBars({ ...run, phases: [...run.phases] }, now);
    expect(bars.map(({ status, from, to }) => [status, from !== null, to])).toEqual([
      ["done", true, Date.parse("2026-01-01T10:00:10Z")],
      ["running", true, now],
      ["pending", false, null],
    ]);
    expect(spanOf(bars)).toEqual({ from: Date.parse("2026-01-01T10:00:00Z"), to: now });
    expect(spanOf([])).toBeNull();
  });
  test("say how long a round may still take, once enough of it is done", () => {
    const progress = { phase: "facets" as const, round: 0, batches: 10, finished: 5 };
    expect(timeLeft(progress, now - 20_000, now)).toEqual({ low: 10, high: 40 });
    expect(timeLeft({ ...progress, finished: 1 }, now - 20_000, now)).toBeNull();
    expect(timeLeft(null, now, now)).toBeNull();
  });
});

describe("previews", () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  test("show the beginning of anything as text", () => {
    expect(previewOf({ format: "json" }, bytes('{"a":1}'), 7).text).toBe('{\n  "a": 1\n}');
    expect(previewOf({ format: "json" }, bytes("{"), 1).words).toBe("not valid JSON");
    expect(previewOf({ format: "jsonl" }, bytes('{"a":1}\n{"b"'), 100).text).toBe('{"a":1}');
    const npy = bytes(
      "\u0093NUMPY\u0001\u0000v\u0000{'descr': '<f4', 'fortran_order': False, 'shape': (2400, 64), }",
    );
    expect(previewOf({ format: "npy" }, npy, 1_000).words).toContain("2400 × 64");
  });
});
