import * as z from "zod";
import { count, isoTime, runId } from "./common.ts";
import { modelIdentity } from "./model-tasks.ts";
import { phaseName } from "./run.ts";

/**
 * What crosses AWS: the environment of the functions and the events between them and the state machine. Both sides,
 * `infra/` and `lambdas/`, import these, so a name that one sets the other reads.
 */

const name = z.string().min(1);

/** One of several deployments in an account. */
export const stageName = z.string().regex(/^[a-z][a-z0-9-]{0,19}$/);

/** Name of one of a stage's stacks. */
export function stackName(stage: string, stack: "data" | "pipeline" | "web"): string {
  return `ant-clio-${stage}-${stack}`;
}

/** An emulator's address. Set by the emulator itself: the SDK reads it too, and buckets are then addressed by path. */
const endpoint = { AWS_ENDPOINT_URL: z.string().optional() };

/** Where a run lives on AWS; in the environment of every function that touches runs. */
export const runEnvironment = z.object({
  ...endpoint,
  CLIO_STAGE: name,
  CLIO_PRIVATE_BUCKET: name,
  CLIO_RUN_TABLE: name,
  /** Days after which items of the run table go, as the buckets' objects do; kept without. */
  CLIO_RETENTION_DAYS: z
    .string()
    .regex(/^[1-9]\d{0,3}$/)
    .optional(),
});
export type RunEnvironment = z.infer<typeof runEnvironment>;

/** Whom the stage's runs ask, as JSON of `stageProvider` in `shared/config.ts`; without it the offline provider alone. */
const providerChoice = { CLIO_PROVIDER_SETTINGS: name.optional() };

/** What a function that asks a provider has. */
const providerAccess = z.object({
  ...endpoint,
  ...providerChoice,
  /** The secret with the providers' keys. */
  CLIO_PROVIDER_SECRET: name.optional(),
  /** Set by Lambda. */
  AWS_REGION: name.optional(),
});
export type ProviderAccess = z.infer<typeof providerAccess>;

/** A phase's function; with access to a provider if the phase asks one. */
export const phaseEnvironment = runEnvironment.extend({
  ...providerAccess.shape,
  /** Of phases that publish, or read what was published. */
  CLIO_PUBLISHED_BUCKET: name.optional(),
  /** Of phases that start runs: the machine that they are themselves part of. */
  CLIO_STATE_MACHINE: name.optional(),
});
export type PhaseEnvironment = z.infer<typeof phaseEnvironment>;

/** The function that starts a run for every input dropped under `incoming/`. */
export const startEnvironment = runEnvironment.extend({ ...providerChoice, CLIO_STATE_MACHINE: name });
export type StartEnvironment = z.infer<typeof startEnvironment>;

/** The function that tells whether the stage's provider answers with the key that the stage holds. */
export const checkProviderEnvironment = providerAccess.extend({
  CLIO_STAGE: name,
  CLIO_PROVIDER_SECRET: name,
});
export type CheckProviderEnvironment = z.infer<typeof checkProviderEnvironment>;

/** A function of the API. Who asks is told by tokens of an issuer; an emulator has none, and then says that it is one. */
const anyApiEnvironment = runEnvironment.extend({
  CLIO_PUBLISHED_BUCKET: name,
  CLIO_STATE_MACHINE: name,
  CLIO_TOKEN_ISSUER: name.optional(),
  CLIO_TOKEN_CLIENT: name.optional(),
  /** "loopback": nobody is asked who they are, since nobody else can reach it. */
  CLIO_OPEN_TO: z.literal("loopback").optional(),
  /** Set where raw conversations can be shown. */
  CLIO_RAW_MESSAGES: z.literal("allowed").optional(),
  ...providerChoice,
});
export type ApiEnvironment = z.infer<typeof anyApiEnvironment>;

function knowsWhoAsks({
  CLIO_TOKEN_ISSUER: issuer,
  CLIO_TOKEN_CLIENT: client,
  CLIO_OPEN_TO: open,
}: ApiEnvironment): boolean {
  return open === undefined ? issuer !== undefined && client !== undefined : issuer === undefined;
}
const WHO_ASKS = { path: ["CLIO_TOKEN_ISSUER"], message: "tokens of an issuer, or open to loopback" };

/** The functions with the rights "private" and "reveal". */
export const apiEnvironment = anyApiEnvironment.refine(knowsWhoAsks, WHO_ASKS);

/** The function that reads; behind CloudFront it also admits people to what is published. */
export const readEnvironment = anyApiEnvironment
  .extend({
    /** "https://….cloudfront.net": what its cookies open. */
    CLIO_SITE_ORIGIN: name.optional(),
    /** Of the public key that CloudFront checks cookies with, and the secret with the private one. */
    CLIO_COOKIE_KEY_ID: name.optional(),
    CLIO_COOKIE_SECRET: name.optional(),
  })
  .refine(knowsWhoAsks, WHO_ASKS);
export type ReadEnvironment = z.infer<typeof readEnvironment>;

/** The function that takes inputs in, starts and stops. */
export const intakeEnvironment = anyApiEnvironment
  .extend({ CLIO_START_FUNCTION: name, CLIO_CHECK_FUNCTION: name })
  .refine(knowsWhoAsks, WHO_ASKS);
export type IntakeEnvironment = z.infer<typeof intakeEnvironment>;

/** The function that makes the key of the site's cookies. */
export const cookieKeyEnvironment = z.object({ ...endpoint, CLIO_COOKIE_SECRET: name });
export type CookieKeyEnvironment = z.infer<typeof cookieKeyEnvironment>;

/** Whose members may see raw conversations, where a stage shows them at all. */
export const TRUSTED_GROUP = "clio-trusted";

/** The secret with the key that admits to what is published: PEM, PKCS #8; empty until its stack has made one. */
export const cookieKeySecret = z.object({ private_key: z.string().optional() });

/** Input of an execution. `phases` holds `true` for each phase of the run: the others are passed by. */
export const executionInput = z.strictObject({
  run_id: runId,
  attempt: z.int().min(1),
  phases: z.partialRecord(phaseName, z.literal(true)),
});
export type ExecutionInput = z.infer<typeof executionInput>;

const step = { run_id: runId, attempt: z.int().min(1), round: count };

/** What the state machine asks of a phase's function. */
export const stepEvent = z.discriminatedUnion("verb", [
  z.object({ verb: z.literal("plan"), ...step }),
  z.object({ verb: z.literal("batch"), ...step, batch: count }),
  z.object({ verb: z.literal("reduce"), ...step }),
]);
export type StepEvent = z.infer<typeof stepEvent>;

/** A plan's answer: numbers for the map, or straight on to reduce where there is nothing to do. */
export const planAnswer = z.discriminatedUnion("next", [
  z.strictObject({
    next: z.literal("map"),
    batches: z.array(count).min(1),
    concurrency: z.int().min(1),
  }),
  z.strictObject({ next: z.literal("reduce") }),
  z.strictObject({ next: z.literal("failed") }),
]);
export type PlanAnswer = z.infer<typeof planAnswer>;

/** A batch says nothing back: 10,000 of these answers must stay far below 256 KiB. */
export const batchAnswer = z.strictObject({});
export type BatchAnswer = z.infer<typeof batchAnswer>;

/** A reduce's answer; why a phase failed is on the run's record, not here. */
export const reduceAnswer = z.discriminatedUnion("next", [
  z.strictObject({ next: z.literal("done") }),
  /** The round that comes next. */
  z.strictObject({ next: z.literal("round"), round: z.int().min(1) }),
  z.strictObject({ next: z.literal("poll"), after_seconds: z.int().min(1) }),
  z.strictObject({ next: z.literal("failed") }),
]);
export type StepReduceAnswer = z.infer<typeof reduceAnswer>;

/** What the state machine asks at the end of every path; `phase` is where it got lost, if it did. */
export const endEvent = z.object({
  run_id: runId,
  attempt: z.int().min(1),
  /** done: every phase ended. failed: a phase said so and the record says why. lost: a plan or a reduce ran out of tries. */
  outcome: z.enum(["done", "failed", "lost"]),
  phase: phaseName.nullable(),
});
export type EndEvent = z.infer<typeof endEvent>;

/** How the run ended, for the Choice behind it. */
export const endAnswer = z.strictObject({
  status: z.enum(["done", "done_with_warnings", "failed", "stopped"]),
});
export type EndAnswer = z.infer<typeof endAnswer>;

/** EventBridge's "Object Created" of S3; more fields come and are ignored. */
export const objectCreatedEvent = z.object({
  detail: z.object({
    bucket: z.object({ name }),
    object: z.object({ key: z.string().min(1).max(1024), size: count.optional(), etag: name }),
  }),
});
export type ObjectCreatedEvent = z.infer<typeof objectCreatedEvent>;

/** `private/input.json`: where the input of a run on AWS lies. Read only while it is still the same object. */
export const inputLocation = z.strictObject({ bucket: name, key: name, etag: name });
export type InputLocation = z.infer<typeof inputLocation>;

/** What the API asks of the function that starts runs: go on with a run whose record and input are there. */
export const launchEvent = z.strictObject({
  launch: z.strictObject({ run_id: runId, location: inputLocation }),
});
export type LaunchEvent = z.infer<typeof launchEvent>;

export const startEvent = z.union([launchEvent, objectCreatedEvent]);
export type StartEvent = z.infer<typeof startEvent>;

/** `uploads/<id>/upload.json`: an upload in parts to S3, as it was begun. */
export const uploadRecord = z.strictObject({
  name: z.string().min(1),
  bytes: z.int().min(1),
  created_at: isoTime,
  /** Of S3's multipart upload. */
  multipart_id: name,
});
/** `uploads/<id>/complete.json`: the object that its parts became. */
export const uploadComplete = z.strictObject({ etag: name });

/** Codes, hints, names and numbers; of what was asked and answered nothing. */
const outcome = <T extends z.ZodRawShape>(shape: T) =>
  z.discriminatedUnion("ok", [
    z.object({ ok: z.literal(true), ...shape }),
    z.object({ ok: z.literal(false), code: z.string(), hint: z.string().nullable() }),
  ]);
/** The answer of the function that checks the stage's provider. */
export const providerCheck = z.object({
  ok: z.boolean(),
  stage: z.string(),
  provider: outcome({ model: modelIdentity, embedder: modelIdentity }),
  /** Null where it came to no try. */
  embedding: outcome({ dimensions: count }).nullable(),
  question: outcome({ cost_usd: z.number().nullable() }).nullable(),
});
export type ProviderCheck = z.infer<typeof providerCheck>;

/** EventBridge's "Step Functions Execution Status Change" of an execution that ended badly. */
export const executionStatusEvent = z.object({
  detail: z.object({
    /** `<run_id>-<attempt>`. */
    name: z.string().min(1).max(80),
    status: z.enum(["FAILED", "TIMED_OUT", "ABORTED"]),
  }),
});
export type ExecutionStatusEvent = z.infer<typeof executionStatusEvent>;
