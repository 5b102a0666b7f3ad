import { chmod, mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { checkNode, judgeDisk, judgeMemory } from "../../cli/commands/doctor.ts";
import type { Check } from "../../cli/commands/check.ts";
import type { Provider } from "../../shared/adapters/open-provider.ts";
import { runConfig } from "../../shared/config.ts";
import type { TaskAnswer } from "../../shared/contracts/model-tasks.ts";
import { PermanentError } from "../../shared/errors.ts";
import { temporaryFolder } from "../helpers/temporary-folder.ts";
import type { TemporaryFolder } from "../helpers/temporary-folder.ts";
import { answerOf, clio, idleProvider } from "./support.ts";
import type { ClioOptions } from "./support.ts";

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());
const at = (options: Partial<ClioOptions> = {}): ClioOptions => ({ cwd: folder.path, ...options });

const NO_USAGE = { calls: 0, input_tokens: 0, output_tokens: 0, cost_usd: 0 };

/** A provider that answers, and says whether it was closed. */
function answering(language = "de"): { provider: Provider; closed: () => boolean } {
  let closed = false;
  const answer: TaskAnswer<"facets"> = {
    request: "write an email",
    task: null,
    topic: null,
    summary: null,
    language,
    concern: { score: 1, reason: null },
    assistant_errors: [],
    frustration: 1,
    secondary_requests: [],
  };
  const provider: Provider = {
    model: {
      identity: idleProvider.model.identity,
      ask: async () => ({ answer: answer as never, usage: NO_USAGE }),
    },
    embedder: {
      ...idleProvider.embedder,
      dimensions: 2,
      embed: async () => ({ rows: 1, cols: 2, data: new Float32Array([1, 0]), usage: NO_USAGE }),
      close: async () => {
        closed = true;
      },
    },
  };
  return { provider, closed: () => closed };
}

async function doctor(
  options: Partial<ClioOptions> = {},
  provider: Provider = answering().provider,
  argv: readonly string[] = [],
) {
  const result = await clio(
    ["doctor", "--json", ...argv],
    at({ deps: { openProvider: async () => provider }, ...options }),
  );
  const checks = answerOf(result)["checks"] as Check[];
  return { ...result, checks: new Map(checks.map((check) => [check.name, check])) };
}

describe("doctor", () => {
  test("finds everything in place", async () => {
    await mkdir(join(folder.path, "data/mock"), { recursive: true });
    await writeFile(join(folder.path, "data/mock/conversations_llm_200.jsonl"), "");
    const { provider, closed } = answering();
    const { code, checks, stderr } = await doctor({}, provider);
    expect(code).toBe(0);
    expect([...checks.values()].filter(({ status }) => status === "fail")).toEqual([]);
    expect([...checks.keys()]).toEqual([
      "Node",
      "Settings",
      "Runs folder",
      "Free disk space",
      "Memory",
      "Sample input",
      "Provider",
      "Embedding",
      "Facets",
      "Language",
    ]);
    expect(stderr).toMatch(/✔ Embedding +.*: one text in .* s, 2 dimensions/);
    expect(closed()).toBe(true);
  });

  test("leaves nothing behind, not even the folder of runs", async () => {
    await doctor();
    expect(await readdir(folder.path)).toEqual([]);
  });

  test("only remarks that there is no sample", async () => {
    const { code, checks, stderr } = await doctor();
    expect([code, checks.get("Sample input")?.status]).toEqual([0, "warn"]);
    expect(stderr).toContain("clio-generate-mock-data");
  });

  test("fails for settings that are wrong, and says where", async () => {
    const { code, checks } = await doctor({ env: { CLIO_SEED: "many" } });
    expect(code).toBe(1);
    expect(checks.get("Settings")).toMatchObject({
      status: "fail",
      detail: expect.stringContaining("CLIO_SEED") as string,
    });
    // Whom to try is not known.
    expect(checks.has("Provider")).toBe(false);
  });

  test("fails when a file stands where the runs should go", async () => {
    await writeFile(join(folder.path, "runs"), "");
    const { code, checks } = await doctor();
    expect([code, checks.get("Runs folder")?.status]).toEqual([1, "fail"]);
  });

  test.skipIf(process.getuid?.() === 0)("fails when the folder of runs cannot be written", async () => {
    await mkdir(join(folder.path, "runs"));
    await chmod(join(folder.path, "runs"), 0o500);
    const { code, checks } = await doctor();
    expect([code, checks.get("Runs folder")?.status]).toEqual([1, "fail"]);
  });

  test("fails when the provider cannot be opened or does not answer", async () => {
    const opening = await clio(
      ["doctor"],
      at({
        deps: {
          openProvider: () =>
            Promise.reject(new PermanentError("the encoder is missing", { code: "x", hint: "install it" })),
        },
      }),
    );
    expect(opening.code).toBe(1);
    expect(opening.stderr).toContain("The encoder is missing.");
    const { code, checks } = await doctor({}, idleProvider);
    expect([
      code,
      checks.get("Provider")?.status,
      checks.get("Embedding")?.status,
      checks.get("Facets")?.status,
    ]).toEqual([1, "ok", "fail", "fail"]);
  });

  test("remarks when German is not told from English", async () => {
    const { code, checks } = await doctor({}, answering("en").provider);
    expect([code, checks.get("Language")?.status]).toEqual([0, "warn"]);
  });

  test.each([
    ["v24.0.0", "ok"],
    ["v22.12.0", "ok"],
    ["v22.11.9", "fail"],
    ["v20.20.2", "fail"],
  ])("Node %s", (version, status) => {
    expect(checkNode(version).status).toBe(status);
  });

  test.each([
    [100e6, "fail"],
    [1e9, "warn"],
    [5e9, "ok"],
  ])("%d bytes of disk", (free, status) => {
    expect(judgeDisk(free).status).toBe(status);
  });

  test.each([
    [1e9, "warn"],
    [4e9, "ok"],
  ])("%d bytes of memory", (free, status) => {
    expect(judgeMemory(free, 8e9).status).toBe(status);
  });
});

describe("info", () => {
  test("shows each setting with its value and source, and where things are", async () => {
    await writeFile(join(folder.path, "clio.config.json"), '{"seed": 11}');
    await writeFile(join(folder.path, ".env"), "CLIO_K=12\n");
    const result = await clio(["info", "--json"], at({ env: { CLIO_MIN_USERS: "13" } }));
    const answer = answerOf(result);
    const shown = new Map(
      (answer["settings"] as { key: string; value: unknown; source: string }[]).map((row) => [row.key, row]),
    );
    expect([...shown.keys()]).toEqual(Object.keys(runConfig.shape));
    expect(shown.get("seed")).toMatchObject({ value: 11, source: "file" });
    expect(shown.get("k")).toMatchObject({ value: 12, source: "dotenv" });
    expect(shown.get("min_users")).toMatchObject({ value: 13, source: "environment" });
    expect(shown.get("limit")).toMatchObject({ value: null, source: "default" });
    expect(answer["paths"]).toMatchObject({
      runs: join(folder.path, "runs"),
      config_file: join(folder.path, "clio.config.json"),
    });
    expect(result.stderr).toMatch(/min_users +13 +CLIO_MIN_USERS/);
    expect(result.stderr).toMatch(/k +12 +CLIO_K in \.env/);
  });

  test("shows how many custom facets there are, and which", async () => {
    const custom_facets = [{ id: "refund", question: "Money back?", type: "boolean" }];
    await writeFile(join(folder.path, "clio.config.json"), JSON.stringify({ custom_facets }));
    const { stderr } = await clio(["info"], at());
    expect(stderr).toMatch(/custom_facets +1 \(refund\) +clio\.config\.json/);
  });

  test("never shows a secret", async () => {
    await writeFile(join(folder.path, ".env"), "JINA_API_KEY=hidden-1\nLANGSMITH_TOKEN=hidden-2\n");
    const env = {
      OPENAI_API_KEY: "hidden-3",
      CLIO_SECRET: "hidden-4",
      OPENAI_BASE_URL: "hidden-5",
      PATH: "hidden-6",
      CLIO_SEED: "1",
    };
    const { stdout, stderr } = await clio(["info", "--json"], at({ env }));
    expect(stdout + stderr).not.toContain("hidden");
    for (const name of ["JINA_API_KEY", "LANGSMITH_TOKEN", "OPENAI_API_KEY", "CLIO_SECRET"])
      expect(stderr).toContain(name);
    expect(stderr).toMatch(/CLIO_SEED +1 +environment/);
  });
});
