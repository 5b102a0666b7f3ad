import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { generateCorpus } from "../../shared/domain/mock/generate.ts";
import { artifacts } from "../../shared/contracts/artifacts.ts";
import { phaseRow } from "../../shared/pipeline.ts";
import {
  publishedBreakdowns,
  publishedClusters,
  publishedFiles,
  publishedMap,
} from "../../shared/contracts/published.ts";
import type { PublishedFile } from "../../shared/contracts/published.ts";
import { runEvent, runManifest, runMetrics } from "../../shared/contracts/run.ts";
import { decodeNpy } from "../../shared/domain/npy.ts";
import { clio } from "../helpers/clio.ts";
import type { ClioResult } from "../helpers/clio.ts";
import { filesBelow } from "../helpers/run-folder.ts";

/** Personal data and rare words, each in the conversations of one user. */
const CANARIES = {
  name: "Zebulon Quackenbush",
  email: "zebulon.quackenbush@canary-mail.example",
  card: "4539 1488 0343 6467",
  iban: "GB82 WEST 1234 5698 7654 32",
  phone: "+44 20 7946 0321",
  key: "sk-canary9f8e7d6c5b4a39281706f5e4d3c2b1a0",
  secret: "hydroxyflumethiazide cardiomyopathy of Little Snoring",
  word: "flumadiddlewort",
} as const;

const fullWidth = (text: string): string =>
  [...text].map((c) => (/[!-~]/.test(c) ? String.fromCodePoint(c.codePointAt(0)! + 0xfee0) : c)).join("");
const spaced = (text: string): string => [...text.replaceAll(" ", "")].join(" ");
const reversed = (text: string): string => [...text].reverse().join("");
const base64 = (text: string): string => Buffer.from(text).toString("base64");

/** Every form in which a canary is planted. */
const FORMS = [(text: string) => text, fullWidth, spaced, reversed, base64];

/** A text as a search sees it: compatibility form, lower case, nothing but letters and digits. */
const squeezed = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");

/** What must not be found: each canary as it is, reversed, and in base64 at any of its three offsets. */
function needles(canary: string): string[] {
  const offsets = ["", "x", "xy"].map((before) => base64(before + canary).slice(before === "" ? 0 : 4, -4));
  return [canary, reversed(canary), ...offsets].map(squeezed).filter((needle) => needle.length >= 6);
}

function hits(text: string): string[] {
  const haystack = squeezed(text);
  return Object.entries(CANARIES).flatMap(([kind, canary]) =>
    needles(canary).some((needle) => haystack.includes(needle)) ? [kind] : [],
  );
}

let folder: string;
let run: string;
let result: ClioResult;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "clio-canaries-"));
  const lines: string[] = [];
  let at = 0;
  for (const { conversation } of generateCorpus({ count: 600, seed: 3 })) {
    lines.push(JSON.stringify(conversation));
    if (at++ % 8 !== 0) continue;
    const planted = Object.values(CANARIES);
    const form = FORMS[(at >> 3) % FORMS.length]!;
    const canary = planted[(at >> 3) % planted.length]!;
    lines.push(
      JSON.stringify({
        conversation_id: `planted-${at}-${CANARIES.word}`,
        user_id: "canary-user-flumadiddlewort",
        messages: [
          {
            role: "user",
            content: `Please help me with ${form(canary)}. Track the ${CANARIES.word} parcel of ${form(CANARIES.name)}, it is about ${form(canary)}.`,
          },
        ],
        metadata: { note: canary },
      }),
    );
  }
  const input = join(folder, "input.jsonl");
  await writeFile(input, `${lines.join("\n")}\n`);
  const args = [
    "run",
    "--input",
    input,
    "--with-hierarchy",
    "--with-privacy",
    "--runs-dir",
    join(folder, "runs"),
    "--run-id",
    "canaries",
    "--debug",
  ];
  result = await clio(args);
  run = join(folder, "runs", "canaries");
}, 180_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

function contentOfFile(path: string): Promise<string> {
  return readFile(join(run, path), "utf8");
}

async function contentOf(path: string): Promise<string> {
  const bytes = await readFile(join(run, path));
  return path.endsWith(".gz")
    ? gunzipSync(bytes).toString("latin1")
    : `${bytes.toString()} ${bytes.toString("latin1")}`;
}

test("the canaries are on the private side: the search finds what is there", async () => {
  expect(result.code, result.stderr).toBe(0);
  expect(hits(await contentOf("conversation.jsonl")).sort()).toEqual(Object.keys(CANARIES).sort());
});

test("none is in published/, file names included", async () => {
  const files = (await filesBelow(run)).filter((path) => path.startsWith("published/"));
  expect(files.length).toBeGreaterThan(5);
  for (const path of files) {
    expect(hits(path), path).toEqual([]);
    expect(hits(await contentOf(path)), path).toEqual([]);
  }
});

test("none is in the record, events, metrics, warnings, audit, report, or in anything printed", async () => {
  for (const path of [
    "run_manifest.json",
    "run_events.jsonl",
    "run_metrics.json",
    "privacy/privacy_audit.json",
    "privacy/report.md",
    "validation_report.json",
  ]) {
    expect(hits(await contentOf(path)), path).toEqual([]);
  }
  expect(hits(result.stdout)).toEqual([]);
  expect(hits(result.stderr)).toEqual([]);
});

test("every artifact is there and valid against its schema; read = assigned + failed", async () => {
  const ofEvaluation = new Set<string>(phaseRow("evaluate").writes);
  for (const [name, artifact] of Object.entries(artifacts)) {
    // This run has no evaluation.
    if (ofEvaluation.has(name)) continue;
    const bytes = await readFile(join(run, artifact.path));
    if (artifact.format === "npy") {
      expect(decodeNpy(bytes).rows).toBeGreaterThan(0);
      continue;
    }
    if (artifact.format === "text") {
      expect(bytes.toString()).toMatch(/^# .*\n\n[^]*\n$/);
      continue;
    }
    const documents =
      artifact.format === "json" ? [bytes.toString()] : bytes.toString().trimEnd().split("\n");
    for (const document of documents)
      expect(() => artifact.schema.parse(JSON.parse(document)), artifact.path).not.toThrow();
  }
  const { counts, offline } = runManifest.parse(JSON.parse(await contentOfFile("run_manifest.json")));
  expect(counts.read).toBe(counts.assigned! + counts.failed!);
  expect(offline).toBe(true);
  runMetrics.parse(JSON.parse(await contentOfFile("run_metrics.json")));
  for (const line of (await contentOfFile("run_events.jsonl")).trimEnd().split("\n"))
    runEvent.parse(JSON.parse(line));
  for (const path of (await filesBelow(run)).filter(
    (file) => file.startsWith("published/") && !file.endsWith("latest.json"),
  )) {
    const name = path.split("/").at(-1) as PublishedFile;
    publishedFiles[name].parse(JSON.parse(await contentOfFile(path)));
  }
});

test("every number about a group reaches the minimum, and cells add up to their cluster", async () => {
  const files = await filesBelow(run);
  const parsed = async (name: string): Promise<unknown> =>
    JSON.parse(
      await readFile(
        join(
          run,
          files.find((path) => path.startsWith("published/") && path.endsWith(`/${name}`))!,
        ),
        "utf8",
      ),
    );
  const { clusters } = publishedClusters.parse(await parsed("clusters.json"));
  const sizes = new Map(clusters.map(({ id, conversations }) => [id, conversations]));
  const numbers = clusters.map(({ conversations }) => conversations);
  for (const { cluster_id, cells } of publishedBreakdowns.parse(await parsed("breakdowns.json")).clusters) {
    for (const values of Object.values(cells)) {
      numbers.push(...values.map(({ conversations }) => conversations));
      expect(values.reduce((sum, { conversations }) => sum + conversations, 0)).toBe(sizes.get(cluster_id));
    }
  }
  const mapped = new Map<string, number>();
  for (const { cluster_id, conversations } of publishedMap.parse(await parsed("map.json")).cells) {
    numbers.push(conversations);
    mapped.set(cluster_id, (mapped.get(cluster_id) ?? 0) + conversations);
  }
  for (const [id, conversations] of mapped) expect(conversations).toBe(sizes.get(id));
  expect(numbers.length).toBeGreaterThan(50);
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(15);
});
