import { delimiter, join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { DEFAULT_ENDPOINT, emulatorEnvironment, loopbackEndpoint } from "../../localstack/environment.ts";
import { serverEnvironment } from "../../localstack/ministack.ts";

const BIN = join(resolve(import.meta.dirname, "../.."), "node_modules/.bin");

describe("the endpoint", () => {
  test.each([
    ["http://127.0.0.1:4566", "http://127.0.0.1:4566"],
    ["http://127.0.0.1:4566/", "http://127.0.0.1:4566"],
    ["http://localhost:80", "http://localhost"],
    ["https://[::1]:65535", "https://[::1]:65535"],
    // The same address in fewer numbers.
    ["http://127.1:4566", "http://127.0.0.1:4566"],
  ])("may be %s", (text, origin) => {
    expect(loopbackEndpoint(text).origin).toBe(origin);
  });

  test("is the emulator's own when none is named", () => {
    expect(loopbackEndpoint().origin).toBe(DEFAULT_ENDPOINT);
  });

  test.each([
    "",
    "127.0.0.1:4566",
    "https://s3.amazonaws.com",
    "https://dynamodb.eu-west-1.amazonaws.com:443",
    "http://127.0.0.1.example.com:4566",
    "http://127.0.0.1:4566@example.com",
    "http://127.0.0.1@example.com/",
    "http://user:word@127.0.0.1:4566",
    "http://localhost.example.com",
    "http://notlocalhost:4566",
    "http://0.0.0.0:4566",
    "http://10.0.0.1:4566",
    "http://[::]:4566",
    "http://[::ffff:10.0.0.1]:4566",
    "ftp://127.0.0.1:4566",
    "file:///127.0.0.1",
    "http://127.0.0.1:4566/path",
  ])("may not be %j", (text) => {
    expect(() => loopbackEndpoint(text)).toThrow(/not an address of this machine/);
  });
});

/** What would lead to a real account. */
const REAL = {
  AWS_PROFILE: "production",
  AWS_DEFAULT_PROFILE: "production",
  AWS_ACCESS_KEY_ID: "AKIAREAL",
  AWS_SECRET_ACCESS_KEY: "real",
  AWS_SESSION_TOKEN: "real",
  AWS_REGION: "eu-west-1",
  AWS_ENDPOINT_URL: "https://s3.amazonaws.com",
  AWS_ENDPOINT_URL_S3: "https://s3.amazonaws.com",
  AWS_ENDPOINT_URL_DYNAMODB: "https://dynamodb.amazonaws.com",
  AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true",
  AWS_WEB_IDENTITY_TOKEN_FILE: "/token",
  AWS_ROLE_ARN: "arn:aws:iam::123456789012:role/real",
  AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://169.254.170.2/",
  AWS_CONFIG_FILE: "/home/me/.aws/config",
  AWS_SHARED_CREDENTIALS_FILE: "/home/me/.aws/credentials",
  CDK_DEFAULT_ACCOUNT: "123456789012",
  CDK_DEFAULT_REGION: "eu-west-1",
  aws_profile: "production",
};

describe("what a command to the emulator gets", () => {
  const environment = emulatorEnvironment(
    { ...REAL, HOME: "/home/me", PATH: "/usr/bin", UNSET: undefined },
    loopbackEndpoint("http://127.0.0.1:4567"),
  );

  test("holds nothing of a real account", () => {
    const text = JSON.stringify(environment);
    expect(text).not.toMatch(
      /production|AKIAREAL|real|amazonaws|eu-west-1|123456789012|169\.254|\/token|\.aws/,
    );
  });

  test("names the emulator, made-up keys and no other source of any", () => {
    expect(environment).toEqual({
      HOME: "/home/me",
      PATH: `${BIN}${delimiter}/usr/bin`,
      AWS_ENDPOINT_URL: "http://127.0.0.1:4567",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_REGION: "us-east-1",
      AWS_DEFAULT_REGION: "us-east-1",
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
      AWS_EC2_METADATA_DISABLED: "true",
      CDK_DISABLE_CLI_TELEMETRY: "true",
      NO_PROXY: "127.0.0.1,localhost,::1",
      no_proxy: "127.0.0.1,localhost,::1",
    });
  });
});

describe("what the emulator gets", () => {
  test("is little: its functions inherit it", () => {
    const own = { ...REAL, HOME: "/home/me", PATH: "/usr/bin", OPENAI_API_KEY: "sk-real", LANG: "C.UTF-8" };
    expect(serverEnvironment(own, { port: 4567 })).toEqual({
      HOME: "/home/me",
      LANG: "C.UTF-8",
      PATH: `${BIN}${delimiter}/usr/bin`,
      GATEWAY_PORT: "4567",
      BIND_HOST: "127.0.0.1",
      IOT_MTLS_ENABLED: "0",
      SFTP_ENABLED: "0",
    });
  });

  test("says where its state outlives it, if it is to", () => {
    expect(serverEnvironment({}, { port: 1, stateDir: "/state" })).toMatchObject({
      PERSIST_STATE: "1",
      STATE_DIR: "/state",
      S3_PERSIST: "1",
      S3_DATA_DIR: join("/state", "s3"),
    });
  });
});
