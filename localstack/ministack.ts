import { existsSync } from "node:fs";
import { join } from "node:path";
import { nodeFirst } from "./environment.ts";
import { VENV } from "./paths.ts";

/** The emulator that needs no Docker (docs/emulators.md). */

export const INSTALL_HINT =
  "MiniStack is not installed; npm run localstack:install (needs Python 3.10 with venv)";

/** The command that serves, or null when it is not installed. */
export function findMinistack(): string | null {
  const command = join(VENV, "bin/ministack");
  return existsSync(command) ? command : null;
}

export interface ServerSettings {
  readonly port: number;
  /** A folder in which the state outlives a restart; left out: none does. */
  readonly stateDir?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The server's environment. Its functions inherit it, so it holds little: a path on which `node` is Node 24, which runs
 * the functions whatever their runtime says, and nothing of an AWS account.
 */
export function serverEnvironment(own: Environment, settings: ServerSettings): Record<string, string> {
  const { port, stateDir } = settings;
  const kept = ["HOME", "LANG", "LC_ALL", "TMPDIR"].flatMap((name) => {
    const value = own[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(kept),
    PATH: nodeFirst(own["PATH"]),
    GATEWAY_PORT: String(port),
    // Its defaults listen on every address.
    BIND_HOST: "127.0.0.1",
    IOT_MTLS_ENABLED: "0",
    SFTP_ENABLED: "0",
    ...(stateDir === undefined
      ? {}
      : {
          PERSIST_STATE: "1",
          STATE_DIR: stateDir,
          S3_PERSIST: "1",
          S3_DATA_DIR: join(stateDir, "s3"),
        }),
  };
}

/** Whether a MiniStack answers there. */
export async function isHealthy(endpoint: string, timeoutMs = 2_000): Promise<boolean> {
  try {
    const answer = await fetch(new URL("/_ministack/health", endpoint), {
      signal: AbortSignal.timeout(timeoutMs),
    });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}
