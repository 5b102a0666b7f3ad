import { spawn } from "node:child_process";
import { resolve } from "node:path";

const ENTRY = resolve(import.meta.dirname, "../../../cli/clio.ts");

export interface Viz {
  /** "http://127.0.0.1:4711" */
  readonly origin: string;
  readonly token: string;
  /** Address of a path, with the token. */
  at(path: string): string;
  close(): Promise<void>;
}

/** Starts `clio viz` over a folder of runs, on a port that is free. */
export async function startViz(runsDir: string, flags: readonly string[] = []): Promise<Viz> {
  const child = spawn(
    process.execPath,
    [ENTRY, "viz", "--runs-dir", runsDir, "--port", "0", "--json", ...flags],
    {
      env: { PATH: process.env["PATH"] ?? "", NO_COLOR: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const ended = new Promise<void>((done) => child.once("close", () => done()));
  const url = await new Promise<URL>((found, failed) => {
    let stdout = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      const [, address] = /"url":\s*"([^"]+)"/.exec(stdout) ?? [];
      if (address !== undefined) found(new URL(address));
    });
    void ended.then(() => failed(new Error(`clio viz ended before it served: ${stderr}`)));
  });
  return {
    origin: url.origin,
    token: url.hash.replace("#token=", ""),
    at: (path) => `${url.origin}${path}${url.hash}`,
    close: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
