import { expect, test } from "vitest";
import { stageSettings } from "../../infra/stages.ts";

const settings = (given: Record<string, unknown>): ReturnType<typeof stageSettings> =>
  stageSettings((name) => given[name]);

test("values from the command line are text", () => {
  expect(settings({ stage: "dev", retentionDays: "90", logRetentionDays: "14" })).toMatchObject({
    name: "dev",
    keep: false,
    emulated: false,
    retentionDays: 90,
    logRetentionDays: 14,
  });
});

test("prod keeps, local runs on an emulator", () => {
  expect(settings({ stage: "prod" })).toMatchObject({ keep: true, staticMapConcurrency: null });
  const local = settings({ stage: "local" });
  expect(local).toMatchObject({ keep: false, emulated: true });
  expect(local.staticMapConcurrency).toBeGreaterThan(0);
});

test.each([
  {},
  { stage: "production" },
  { stage: "dev", retentionDays: "0" },
  { stage: "dev", logRetentionDays: "31" },
  { stage: "dev", alarmEmail: "nobody" },
  { stage: "dev", kmsKeyArn: "alias/mine" },
  { stage: "dev", privateBucketName: "Not A Bucket" },
])("%j is refused", (given) => {
  expect(() => settings(given)).toThrow();
});
