import { appendFile, cp, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Texts that want to be more than text. Whatever runs sets `window.hacked`. */
export const HOSTILE = {
  image: `<img src=x onerror="window.hacked='image'">`,
  script: `<script>window.hacked='script'</script>`,
  svg: `<svg/onload=window.hacked='svg'>`,
  link: `javascript:window.hacked='link'`,
  elsewhere: `<img src="http://203.0.113.9/pixel.png">[x](http://203.0.113.9/)`,
  override: "\u202Eelpmaxe\u2066 \u200Fשלום עולם مرحبا بالعالم",
  wide: "你好,世界——全角文字 日本語テキスト 한국어 문장",
  emoji: "👩‍👩‍👧‍👦🏳️‍🌈 🇩🇪🇯🇵 e\u0301\u0302\u0303\u0304\u0305",
  formula: `=HYPERLINK("http://203.0.113.9/","x")`,
  // eslint-disable-next-line no-template-curly-in-string -- meant as it stands
  template: "${7*7} {{7*7}} %s %n \\u0041",
  long: "long ".repeat(2048),
  unbroken: "W".repeat(10_240),
} as const;
const TEXTS = Object.values(HOSTILE);

type Tree = { [key: string]: unknown };

async function changeJson(file: string, change: (value: Tree) => void): Promise<void> {
  const value = JSON.parse(await readFile(file, "utf8")) as Tree;
  change(value);
  await writeFile(file, JSON.stringify(value));
}

/** A copy of a run in which every text that pages show is hostile. */
export async function hostileCopy(runsDir: string, runId: string, toDir: string): Promise<void> {
  const folder = join(toDir, runId);
  await cp(join(runsDir, runId), folder, { recursive: true });
  let next = 0;
  const text = (): string => TEXTS[next++ % TEXTS.length]!;

  const { generation } = JSON.parse(await readFile(join(folder, "published/latest.json"), "utf8")) as {
    generation: string;
  };
  const published = join(folder, "published", generation);
  await changeJson(join(published, "clusters.json"), (value) => {
    for (const cluster of value["clusters"] as Tree[]) {
      cluster["name"] = text();
      cluster["description"] = text();
    }
  });
  await changeJson(join(published, "index.json"), (value) => {
    value["model"] = { provider: "offline", model: HOSTILE.image, version: HOSTILE.script };
    value["embedder"] = { provider: "offline", model: HOSTILE.override, version: HOSTILE.svg };
  });
  await changeJson(join(published, "breakdowns.json"), (value) => {
    for (const { cells } of value["clusters"] as { cells: Record<string, Tree[]> }[]) {
      const [first] = cells["language"] ?? [];
      if (first !== undefined && first["value"] !== "other") first["value"] = HOSTILE.image;
      cells["facet:mood"] = [{ value: HOSTILE.script, conversations: 15 }];
    }
  });

  const spoil = (manifest: Tree): void => {
    Object.assign(manifest["dataset"] as Tree, { name: HOSTILE.image });
    manifest["model"] = { provider: "offline", model: HOSTILE.svg, version: HOSTILE.unbroken };
    manifest["status"] = "failed";
    manifest["failure"] = {
      phase: "publish",
      code: HOSTILE.link,
      message: HOSTILE.script,
      hint: HOSTILE.override,
    };
  };
  const revisions = (await readdir(join(folder, ".state"))).filter((name) => name.startsWith("manifest-"));
  await changeJson(join(folder, ".state", revisions.sort().at(-1)!), spoil);
  await changeJson(join(folder, "run_manifest.json"), spoil);
  await writeFile(
    join(folder, "run_warnings.json"),
    JSON.stringify({
      schema_version: "1.0.0",
      run_id: runId,
      warnings: TEXTS.map((message) => ({ phase: "facets", code: HOSTILE.image, count: 1, message })),
    }),
  );
  const event = { at: "2026-01-01T00:00:00.000Z", attempt: 1, event: "warning", phase: "facets", round: 0 };
  const log = { at: event.at, level: "warn", event: HOSTILE.script };
  for (const words of TEXTS) {
    await appendFile(
      join(folder, "run_events.jsonl"),
      `${JSON.stringify({ ...event, fields: { code: words } })}\n`,
    );
    await appendFile(join(folder, "run_log.jsonl"), `${JSON.stringify({ ...log, code: words })}\n`);
  }
  await appendFile(
    join(folder, "run_log.jsonl"),
    `${HOSTILE.image}\n\u001B[2J\u001B]0;title\u0007${HOSTILE.svg}\n`,
  );
  await appendFile(join(folder, "eval/report.md"), `\n${TEXTS.join("\n\n")}\n`);
}
