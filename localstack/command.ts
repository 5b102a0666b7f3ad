import { spawn } from "node:child_process";
import { once } from "node:events";
import { ROOT } from "./paths.ts";

/** Runs a command in the project's folder, its output shown. Throws when it fails. */
export async function run(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const child = spawn(command, args, { cwd: ROOT, env, stdio: "inherit" });
  const [code, signal] = (await once(child, "exit")) as [number | null, string | null];
  if (code !== 0) throw new Error(`${command} ended with ${code ?? signal}`);
}
