import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import * as z from "zod";
import type { Matrix } from "../shared/domain/vectors.ts";

const ROOT = resolve(import.meta.dirname, "..");
const VENV = join(ROOT, ".venv/bench");
const PYTHON = join(VENV, "bin/python");
const PEERS = join(ROOT, "bench/peers");
const run = promisify(execFile);

/** Makes the peers' Python environment, once. */
export async function installPeers(): Promise<void> {
  if (existsSync(PYTHON)) return;
  await run("python3", ["-m", "venv", VENV]);
  await run(PYTHON, ["-m", "pip", "install", "--quiet", "--requirement", join(PEERS, "requirements.txt")]);
}

/** The peers' environment: theirs to choose the fastest kernel of this processor. */
function environment(): NodeJS.ProcessEnv {
  const { OPENBLAS_CORETYPE: _type, OPENBLAS_L2_SIZE: _size, ...rest } = process.env;
  return rest;
}

async function peer<S extends z.ZodType>(
  script: string,
  args: readonly string[],
  schema: S,
): Promise<z.infer<S>> {
  const { stdout } = await run(PYTHON, [join(PEERS, script), ...args], {
    env: environment(),
    maxBuffer: 1 << 24,
  });
  return schema.parse(JSON.parse(stdout.trim().split("\n").at(-1) ?? ""));
}

/** Rows in a file that peers read, while `use` runs. */
export async function inFile<T>(
  matrix: Matrix,
  use: (path: string, folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "clio-bench-"));
  try {
    const path = join(folder, "rows.f32");
    await writeFile(path, new Uint8Array(matrix.data.buffer, matrix.data.byteOffset, matrix.data.byteLength));
    return await use(path, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const clustered = z.object({ seconds: z.number(), inertia: z.number(), passes: z.number() });
/** scikit-learn's k-means, n_init = 1, on every core. */
export const sklearnKmeans = (path: string, { rows, cols }: Matrix, k: number, seed: number) =>
  peer("kmeans.py", [path, ...[rows, cols, k, seed].map(String)], clustered);

const quality = z.object({ kept: z.number(), trustworthiness: z.number() });
/** umap-learn, seeded and warm, and how both maps keep neighbours. */
export const umapLearn = (path: string, { rows, cols }: Matrix, points: string) =>
  peer(
    "map.py",
    [path, String(rows), String(cols), points],
    z.object({ seconds: z.number(), theirs: quality, ours: quality }),
  );

const KURA_VENV = join(ROOT, ".venv/bench-kura");

/** Kura's whole pipeline over a JSONL of conversations, against a server that speaks OpenAI's API. */
export async function runKura(input: string, url: string, limit: number) {
  const python = join(KURA_VENV, "bin/python");
  if (!existsSync(python)) {
    await run("python3", ["-m", "venv", KURA_VENV]);
    const pins = join(PEERS, "kura-requirements.txt");
    await run(python, ["-m", "pip", "install", "--quiet", "--requirement", pins]);
  }
  const { stdout } = await run(python, [join(PEERS, "kura_run.py"), input, String(limit)], {
    env: { ...environment(), OPENAI_BASE_URL: url, OPENAI_API_KEY: "none" },
    maxBuffer: 1 << 26,
  });
  return z
    .object({
      seconds: z.number(),
      spans: z.record(z.string(), z.number()),
      cpuSeconds: z.number(),
      rssMib: z.number(),
      clusters: z.number(),
      roots: z.number(),
    })
    .parse(JSON.parse(stdout.trim().split("\n").at(-1) ?? ""));
}
