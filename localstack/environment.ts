import { devNull } from "node:os";
import { delimiter } from "node:path";
import { BIN } from "./paths.ts";

/** Where the emulator listens unless AWS_ENDPOINT_URL says otherwise: its own default, by IP, as `localhost` may be IPv6. */
export const DEFAULT_ENDPOINT = "http://127.0.0.1:4566";
export const REGION = "us-east-1";
/** Emulators take any key; their account is this one. */
export const ACCOUNT = "000000000000";
export const CREDENTIALS = { accessKeyId: "test", secretAccessKey: "test" } as const;

const LOOPBACK: ReadonlySet<string> = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** The emulator's endpoint. Throws for any that is not on this machine: nothing here may ever reach AWS. */
export function loopbackEndpoint(text: string = DEFAULT_ENDPOINT): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  const plain = url !== null && url.username === "" && url.password === "" && url.pathname === "/";
  if (url === null || !plain || !LOOPBACK.has(url.hostname) || !/^https?:$/.test(url.protocol)) {
    throw new Error(
      "AWS_ENDPOINT_URL is not an address of this machine (http://127.0.0.1:<port>, localhost or [::1]): " +
        "these scripts talk to an emulator alone.",
    );
  }
  return url;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The environment of a command that talks to the emulator: this one without anything of a real account (profiles, keys,
 * roles, endpoints, regions), with made-up keys, no configuration files and no metadata service to get others from.
 */
export function emulatorEnvironment(own: Environment, endpoint: URL): Record<string, string> {
  const kept = Object.entries(own).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && !/^(?:AWS|CDK|LOCALSTACK)_/i.test(entry[0]),
  );
  return {
    ...Object.fromEntries(kept),
    PATH: nodeFirst(own["PATH"]),
    AWS_ENDPOINT_URL: endpoint.origin,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: "true",
    CDK_DISABLE_CLI_TELEMETRY: "true",
    // A proxy that is set for the world must not carry this.
    NO_PROXY: "127.0.0.1,localhost,::1",
    no_proxy: "127.0.0.1,localhost,::1",
  };
}

/** A search path on which `node` is the project's Node 24. */
export function nodeFirst(path: string | undefined): string {
  return [BIN, path ?? ""].join(delimiter);
}
