import type { Context } from "aws-lambda";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as z from "zod";
import { lambda } from "../../lambdas/wrapper.ts";
import { PermanentError } from "../../shared/errors.ts";

const CANARY = "canary-4711 my diagnosis";
const environment = z.object({ CLIO_STAGE: z.string() });
const event = z.object({ n: z.number() });
const context = (remainingMs = 60_000): Context =>
  ({ getRemainingTimeInMillis: () => remainingMs, awsRequestId: "request" }) as unknown as Context;

let printed: string;

beforeEach(() => {
  printed = "";
  vi.stubEnv("CLIO_STAGE", "test");
  const keep = (...words: unknown[]): void => {
    printed += words.map(String).join(" ");
  };
  for (const method of ["log", "info", "warn", "error", "debug"] as const)
    vi.spyOn(console, method).mockImplementation(keep);
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, "write").mockImplementation((chunk) => {
      keep(chunk);
      return true;
    });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const define = (
  run: (event: { n: number }, services: { made: number }, call: { signal: AbortSignal }) => Promise<unknown>,
  open: () => { made: number } = () => ({ made: 1 }),
) => lambda({ name: "probe", environment, event, open, run });

test("services are opened once, and again after a failure", async () => {
  let opened = 0;
  const handler = define(
    async (_event, services) => services.made,
    () => {
      if (++opened === 1) throw new RangeError("not yet");
      return { made: opened };
    },
  );
  await expect(handler({ n: 1 }, context())).rejects.toThrow();
  expect(await handler({ n: 1 }, context())).toBe(2);
  expect(await handler({ n: 1 }, context())).toBe(2);
});

test("an event or environment that does not fit is refused by the names of its fields", async () => {
  const handler = define(async () => "ran");
  await expect(handler({ n: CANARY }, context())).rejects.toThrow(
    /the event is not as expected: n \[bad_event\]/,
  );
  vi.stubEnv("CLIO_STAGE", undefined);
  await expect(define(async () => "ran")({ n: 1 }, context())).rejects.toThrow(/environment.*CLIO_STAGE/);
  expect(printed).not.toContain("canary");
});

test("an error leaves without what it choked on: not in its message, its stack or a log", async () => {
  const handler = define(async () => JSON.parse(`{"a": ${CANARY}`) as unknown);
  const error = await handler({ n: 1 }, context()).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Error);
  const { name, message, stack, cause } = error as Error;
  expect(`${name}${message}${stack}${String(cause)}${printed}`).not.toContain("canary");
  expect(name).toBe("SyntaxError");
});

test("our own errors keep name, words and code", async () => {
  const handler = define(async () => {
    throw new PermanentError("the bucket is gone", { code: "no_bucket" });
  });
  await expect(handler({ n: 1 }, context())).rejects.toMatchObject({
    name: "ClioPermanentError",
    message: "the bucket is gone [no_bucket]",
  });
  expect(printed).toContain("no_bucket");
});

test("the signal aborts before the function would be ended, as something to try again", async () => {
  const handler = define(
    (_event, _services, { signal }) =>
      new Promise((_resolve, reject) =>
        signal.addEventListener("abort", () => reject(signal.reason as Error)),
      ),
  );
  // Less than the margin is left: the deadline is now.
  await expect(handler({ n: 1 }, context(4_000))).rejects.toMatchObject({
    name: "ClioTransientError",
    message: "probe ran out of time [deadline]",
  });
});
