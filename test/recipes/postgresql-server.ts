import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, chown, mkdir, readdir, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { temporaryFolder } from "../helpers/temporary-folder.ts";

const run = promisify(execFile);
/** Where Debian and Ubuntu put the servers, one folder a major version. */
const DEBIAN = "/usr/lib/postgresql";

export interface PostgresqlServer {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  stop(): Promise<void>;
}

/** The folder of `initdb` and `postgres`, the newest that there is, or null. */
export async function findPostgresql(): Promise<string | null> {
  const versions = existsSync(DEBIAN) ? await readdir(DEBIAN) : [];
  const newest = versions.toSorted((a, b) => Number(b) - Number(a)).map((name) => join(DEBIAN, name, "bin"));
  const folders = [...newest, ...(process.env["PATH"] ?? "").split(delimiter)];
  return (
    folders.find((folder) => ["initdb", "postgres"].every((name) => existsSync(join(folder, name)))) ?? null
  );
}

/**
 * A new server on a free port of the loopback address, in a new folder, with a superuser that needs a password. Root
 * may not run it, so root runs it as the user `postgres` of Debian's package.
 */
export async function startPostgresql(binaries: string): Promise<PostgresqlServer> {
  const folder = await temporaryFolder();
  const owner = process.getuid?.() === 0 ? await idsOf("postgres") : null;
  const data = join(folder.path, "data");
  const passwordFile = join(folder.path, "password");
  const user = "tester";
  // What has to be encoded in a URL.
  const password = "p@ss/w:rd#1%";
  await mkdir(data);
  await writeFile(passwordFile, password);
  if (owner !== null) {
    await chmod(folder.path, 0o755);
    await chown(data, owner.uid, owner.gid);
    await chown(passwordFile, owner.uid, owner.gid);
  }
  const setup = ["-D", data, "-U", user, "-A", "scram-sha-256", "--pwfile", passwordFile, "-E", "UTF8"];
  await run(join(binaries, "initdb"), [...setup, "--no-locale", "--no-sync"], { ...owner, cwd: folder.path });

  const port = await freePort();
  const settings = { listen_addresses: "127.0.0.1", port, unix_socket_directories: "", fsync: "off" };
  const child = spawn(
    join(binaries, "postgres"),
    ["-D", data, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])],
    { ...owner, cwd: folder.path, env: { ...process.env, LC_ALL: "C" }, stdio: ["ignore", "ignore", "pipe"] },
  );
  const exited = once(child, "exit");
  // Immediate shutdown, for the case that the tests end without stopping it.
  const kill = (): void => {
    child.kill("SIGQUIT");
  };
  process.once("exit", kill);
  await isReady(child.stderr);
  return {
    port,
    user,
    password,
    async stop() {
      process.off("exit", kill);
      // Fast shutdown: connections are closed.
      child.kill("SIGINT");
      await exited;
      await folder.remove();
    },
  };
}

async function idsOf(name: string): Promise<{ uid: number; gid: number }> {
  const [uid, gid] = await Promise.all(
    ["-u", "-g"].map(async (flag) => Number((await run("id", [flag, name])).stdout)),
  );
  return { uid: uid ?? 0, gid: gid ?? 0 };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

async function isReady(log: NodeJS.ReadableStream): Promise<void> {
  const seen: string[] = [];
  await new Promise<void>((ready, failed) => {
    const lines = createInterface({ input: log });
    lines.on("line", (line) => {
      seen.push(line);
      if (line.includes("ready to accept connections")) ready();
    });
    lines.once("close", () => failed(new Error(`PostgreSQL did not start:\n${seen.join("\n")}`)));
  });
  log.resume();
}
