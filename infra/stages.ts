import * as z from "zod";
import type { StageProvider } from "../shared/config.ts";
import { providerContext, stageProviderOf } from "./stage-provider.ts";

/** Days that CloudWatch can keep logs for, of those that make sense here. */
const logDays = z.union([
  z.literal(7),
  z.literal(14),
  z.literal(30),
  z.literal(90),
  z.literal(180),
  z.literal(365),
]);

/** `-c name=value`: values from the command line are text. */
const stageContext = z.object({
  stage: z.enum(["dev", "prod", "local"], { error: "say which stage: -c stage=dev, prod or local" }),
  /** Who is told when an alarm goes off. */
  alarmEmail: z.email().optional(),
  /** Days after which runs, their inputs and what they published are deleted; kept when not given. */
  retentionDays: z.coerce.number().int().min(1).max(3650).optional(),
  logRetentionDays: z.coerce.number().pipe(logDays).optional(),
  /** A key of the account for buckets, table and secret, instead of the ones AWS keeps. */
  kmsKeyArn: z
    .string()
    .regex(/^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/)
    .optional(),
  /** A bucket that is there already, in place of a new private one; its owner switches its EventBridge notifications on. */
  privateBucketName: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/)
    .optional(),
  /** Whether the people of a group may see raw conversations, each look recorded. */
  allowRawMessages: z.enum(["true", "false"]).default("false"),
  ...providerContext.shape,
});

export interface StageSettings {
  readonly name: "dev" | "prod" | "local";
  /** Whether data outlives the stack, and the stack a slip of the hand. */
  readonly keep: boolean;
  /** Deployed to an emulator: what it lacks is left out (reference: MiniStack 1.5.33). */
  readonly emulated: boolean;
  readonly staticMapConcurrency: number | null;
  readonly logRetentionDays: z.infer<typeof logDays>;
  readonly alarmEmail: string | undefined;
  readonly retentionDays: number | undefined;
  readonly kmsKeyArn: string | undefined;
  readonly privateBucketName: string | undefined;
  readonly allowRawMessages: boolean;
  /** Whom its runs ask. */
  readonly provider: StageProvider;
}

/** Each function of the emulator is a process of this machine, half of whose cores the emulator itself wants. */
const EMULATOR_CONCURRENCY = 2;

/** The settings of a stage from CDK's context; `value` gives what is set for a name. */
export function stageSettings(value: (name: string) => unknown): StageSettings {
  const given = stageContext.parse(
    Object.fromEntries(Object.keys(stageContext.shape).map((name) => [name, value(name)])),
  );
  const emulated = given.stage === "local";
  return {
    name: given.stage,
    keep: given.stage === "prod",
    emulated,
    staticMapConcurrency: emulated ? EMULATOR_CONCURRENCY : null,
    logRetentionDays: given.logRetentionDays ?? (given.stage === "prod" ? 365 : 30),
    alarmEmail: given.alarmEmail,
    retentionDays: given.retentionDays,
    kmsKeyArn: given.kmsKeyArn,
    privateBucketName: given.privateBucketName,
    allowRawMessages: given.allowRawMessages === "true",
    provider: stageProviderOf(given),
  };
}
