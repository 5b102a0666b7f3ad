import * as z from "zod";
import { annotatedConversation } from "./artifacts.ts";
import { clusterId } from "./clusters.ts";
import { count, isoTime, json, runId } from "./common.ts";
import { message } from "./conversation.ts";
import { evaluationMetrics } from "./evaluation.ts";
import { publishedLatest } from "./published.ts";
import { phaseName, runEvent, runManifest, runMetrics, warning } from "./run.ts";
import { usersMode, validationReport } from "./validation.ts";

/**
 * The results API, version 1.0.0: one table of routes that the app, its client and the OpenAPI document are made from.
 * Points, tables and logs are files: what is published lies below `data` of `config.json`, never in an answer.
 */
export const API_SCHEMA_VERSION = "1.0.0";

/** Bytes of a JSON body at most. */
export const MAX_BODY_BYTES = 256 * 1024;
/** Bytes of one part of an upload: S3 takes 10,000 parts, so 160 GB in all. */
export const UPLOAD_PART_BYTES = 16 * 2 ** 20;
export const MAX_UPLOAD_PARTS = 10_000;
/** Bytes of a log or of an artifact in one answer at most. */
export const MAX_RANGE_BYTES = 2 ** 20;
export const MAX_PAGE = 500;

/**
 * Who may do what (design section 10). open: anybody. read: run table and what is published. intake: uploads, starts, stops.
 * private: validates, estimates, deletes: may read raw data and says nothing of it. reveal: shows raw text to trusted people.
 */
export const apiRight = z.enum(["open", "read", "intake", "private", "reveal"]);
export type ApiRight = z.infer<typeof apiRight>;

const cursor = z.string().min(1).max(1024);
const pageLimit = z.coerce.number().int().min(1).max(MAX_PAGE);
/** Query texts: "true" and "false". */
const flag = z.enum(["true", "false"]).transform((text) => text === "true");

export const stageChoice = z.enum(["facets", "clustering", "labeling", "hierarchy", "privacy", "eval"]);

/** Settings by key, those of `shared/config.ts`; what is left out stays as it is by default. */
const settings = z.record(z.string().max(64), json);

export const uploadId = z.string().regex(/^[0-9a-f]{32}$/);

/** What a run is made of. */
export const runInput = z.discriminatedUnion("kind", [
  /** The bundled sample corpus; on a laptop only. */
  z.strictObject({ kind: z.literal("sample") }),
  z.strictObject({ kind: z.literal("upload"), upload_id: uploadId }),
]);
export type RunInput = z.infer<typeof runInput>;

export const health = z.strictObject({ status: z.literal("ok"), stage: z.string(), version: z.string() });

/** What this deployment lets its users do; the pages show no more than that. */
export const capabilities = z.strictObject({
  schema_version: z.literal(API_SCHEMA_VERSION),
  version: z.string(),
  where: z.enum(["laptop", "aws"]),
  /** Name of the deployment; on a laptop that of the runs folder. */
  stage: z.string(),
  /** aggregate: what is published and nothing else. trusted: raw text on request, which is recorded. */
  tier: z.enum(["aggregate", "trusted"]),
  launch: z.boolean(),
  stop: z.boolean(),
  resume: z.boolean(),
  remove: z.boolean(),
  /** Whether the sample corpus can be run. */
  sample_input: z.boolean(),
  /** lines: a run's log. events: only its events. */
  log: z.enum(["lines", "events"]),
  /** all: every file of a run, raw ones to trusted people. published: what is published. */
  artifacts: z.enum(["all", "published"]),
  /** Settings that this deployment fixes for all of its runs. */
  fixed_settings: z.array(z.string()),
  /** Seconds between looks at what is under way; null: look once. */
  live_seconds: z.number().min(0.5).max(3600).nullable(),
});
export type Capabilities = z.infer<typeof capabilities>;

const run = runManifest.shape;
/** A run in a list. */
export const runSummary = z.strictObject({
  run_id: runId,
  status: run.status,
  created_at: isoTime,
  updated_at: isoTime,
  finished_at: isoTime.nullable(),
  attempt: count,
  stop_requested_at: isoTime.nullable(),
  dataset: run.dataset,
  users: run.users,
  phases: run.phases,
  phase_states: run.phase_states,
  model: run.model,
  embedder: run.embedder,
  offline: run.offline,
  /** The run that started this one, for its evaluation. */
  parent_run_id: runId.nullable(),
  counts: run.counts,
  warnings: count,
  failure: run.failure,
});
export type RunSummary = z.infer<typeof runSummary>;

export const runPage = z.strictObject({ runs: z.array(runSummary), cursor: cursor.nullable() });
export type RunPageAnswer = z.infer<typeof runPage>;

/** Whether something may be done to a run, and why not. */
const permission = z.discriminatedUnion("allowed", [
  z.strictObject({ allowed: z.literal(true) }),
  z.strictObject({ allowed: z.literal(false), reason: z.string() }),
]);

export const runDetail = z.strictObject({
  ...runSummary.shape,
  config: run.config,
  versions: run.versions,
  /** Whether somebody runs it now, and since when nothing was heard of them; null when nobody does. */
  owner: z
    .strictObject({ alive: z.boolean(), started_at: isoTime, lease_expires_at: isoTime.nullable() })
    .nullable(),
  /** The round under way. */
  progress: z.strictObject({ phase: phaseName, round: count, batches: count, finished: count }).nullable(),
  stop: permission,
  resume: permission,
  remove: permission,
  /** What is published of it, or null. */
  published: publishedLatest.nullable(),
});
export type RunDetail = z.infer<typeof runDetail>;

export const runNumbers = z.strictObject({ metrics: runMetrics.nullable(), warnings: z.array(warning) });
export type RunNumbers = z.infer<typeof runNumbers>;

export const eventPage = z.strictObject({
  /** Numbered from 0 in the order they were written. */
  events: z.array(z.strictObject({ sequence: count, ...runEvent.shape })),
  /** What to ask for next as `after`. */
  next: count,
});
export type EventPage = z.infer<typeof eventPage>;

export const runArtifact = z.strictObject({
  /** Relative to the run: "clusters/hierarchy.json". */
  path: z.string(),
  bytes: count,
  format: z.enum(["json", "jsonl", "npy", "text", "other"]),
  phase: phaseName.nullable(),
  /** published: anybody. record: counts and codes of the run. raw: may hold conversations or what was made of one. */
  holds: z.enum(["published", "record", "raw"]),
});
export type RunArtifact = z.infer<typeof runArtifact>;
export const artifactList = z.strictObject({
  artifacts: z.array(runArtifact),
  /** Files that the run's phases should have left and that are not there. */
  missing: z.array(z.string()),
});
export type ArtifactList = z.infer<typeof artifactList>;

export const evaluationAnswer = z.strictObject({ metrics: evaluationMetrics, report: z.string() });
export type EvaluationAnswer = z.infer<typeof evaluationAnswer>;

export const newUpload = z.strictObject({
  /** Base name of the file. */
  name: z.string().min(1).max(255),
  bytes: z
    .int()
    .min(1)
    .max(UPLOAD_PART_BYTES * MAX_UPLOAD_PARTS),
});
export const upload = z.strictObject({
  upload_id: uploadId,
  name: z.string(),
  bytes: count,
  part_bytes: z.int().min(1),
  parts: z.int().min(1).max(MAX_UPLOAD_PARTS),
  /** Numbers, from 1, of the parts that are there. */
  received: z.array(z.int().min(1)),
  complete: z.boolean(),
});
export type Upload = z.infer<typeof upload>;

/** Where a part goes: a PUT of its bytes, with the API's own authorisation only where `authorise` says so. */
export const partTarget = z.strictObject({ url: z.string(), authorise: z.boolean() });
export type PartTarget = z.infer<typeof partTarget>;

export const newEstimate = z.strictObject({ input: runInput, stages: z.array(stageChoice), settings });
const range = z.strictObject({ low: z.number().min(0), mid: z.number().min(0), high: z.number().min(0) });
const cost = {
  calls: range,
  input_tokens: range,
  output_tokens: range,
  usd: range,
  /** Tokens whose price nobody knows. */
  unpriced_tokens: z.number().min(0),
  seconds: range,
};
/** `clio estimate --json` says the same. */
export const estimate = z.strictObject({
  conversations: z.strictObject({ count, exact: z.boolean() }),
  phases: z.array(phaseName),
  /** False: answered on this machine, nothing to pay. */
  billed: z.boolean(),
  calls: z.number().min(0),
  seconds: range,
  total: z.strictObject(cost).nullable(),
  by_phase: z.array(z.strictObject({ phase: phaseName, ...cost })),
});
export type Estimate = z.infer<typeof estimate>;

export const newRunRequest = z.strictObject({
  /** Made by the client: the same one twice starts one run. */
  request_id: z.uuid(),
  input: runInput,
  stages: z.array(stageChoice),
  settings,
});
export type NewRunRequest = z.infer<typeof newRunRequest>;
export const runStarted = z.strictObject({
  run_id: runId,
  /** False when it had been started before. */
  started: z.boolean(),
});
export type RunStarted = z.infer<typeof runStarted>;

export const resumeRequest = z.strictObject({ stages: z.array(stageChoice), settings });
export type ResumeRequest = z.infer<typeof resumeRequest>;

export const removal = z.strictObject({
  run_id: runId,
  /** True: only said what would go. */
  dry_run: z.boolean(),
  objects: count,
  bytes: count,
  /** Whether something published goes with it. */
  published: z.boolean(),
});
export type Removal = z.infer<typeof removal>;

export const doctorAnswer = z.strictObject({
  ok: z.boolean(),
  checks: z.array(
    z.strictObject({
      name: z.string(),
      status: z.enum(["ok", "warn", "fail"]),
      detail: z.string(),
      hint: z.string().nullable(),
    }),
  ),
});
export type DoctorAnswer = z.infer<typeof doctorAnswer>;

const { facets, cluster } = annotatedConversation.shape;
/** A conversation in a list of trusted people: what was found in it, not what was said. */
export const conversationRow = z.strictObject({
  /** Line of `conversation.updated.jsonl`, from 0. */
  row: count,
  conversation_id: z.string(),
  messages: count,
  facets,
  cluster,
});
export type ConversationRow = z.infer<typeof conversationRow>;
export const conversationPage = z.strictObject({
  rows: z.array(conversationRow),
  /** Row to go on from, or null after the last. */
  next: count.nullable(),
});
export type ConversationPage = z.infer<typeof conversationPage>;

export const revealRequest = z.strictObject({ reason: z.string().trim().min(8).max(500) });
/** Raw text, shown for a while; who saw what, when and why was recorded before. */
export const revealed = z.strictObject({
  row: count,
  messages: z.array(message.pick({ role: true, content: true, name: true })),
  hide_after_seconds: z.int().min(1),
});
export type Revealed = z.infer<typeof revealed>;

/** What CloudFront wants to see before it serves what is published; as cookies. */
export const session = z.strictObject({ expires_at: isoTime });

const onRun = z.strictObject({ runId });
const onUpload = z.strictObject({ uploadId });

export interface ApiRoute {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below `/api`; `:name` stands for a part, `:name{.+}` for the rest. */
  readonly path: string;
  readonly right: ApiRight;
  readonly summary: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** null: bytes, by range. */
  readonly answer: z.ZodType | null;
  /** Where it is not 200. */
  readonly status?: 201 | 202;
}

export const apiRoutes = {
  health: {
    method: "GET",
    path: "/health",
    right: "open",
    summary: "Whether the API answers",
    answer: health,
  },
  openApi: {
    method: "GET",
    path: "/openapi.json",
    right: "read",
    summary: "This API in OpenAPI 3.1",
    answer: z.looseObject({ openapi: z.string() }),
  },
  capabilities: {
    method: "GET",
    path: "/capabilities",
    right: "read",
    summary: "What this deployment lets its users do",
    answer: capabilities,
  },
  session: {
    method: "POST",
    path: "/session",
    right: "read",
    summary: "Cookies for what is published, on AWS",
    answer: session,
  },
  listRuns: {
    method: "GET",
    path: "/runs",
    right: "read",
    summary: "Runs, newest first",
    query: z.strictObject({ limit: pageLimit.default(50), cursor: cursor.optional() }),
    answer: runPage,
  },
  getRun: {
    method: "GET",
    path: "/runs/:runId",
    right: "read",
    summary: "One run: its record, how far it is, what may be done to it",
    params: onRun,
    answer: runDetail,
  },
  runNumbers: {
    method: "GET",
    path: "/runs/:runId/metrics",
    right: "read",
    summary: "Time, calls, tokens, cost and warnings of a run",
    params: onRun,
    answer: runNumbers,
  },
  events: {
    method: "GET",
    path: "/runs/:runId/events",
    right: "read",
    summary: "Events of a run after the first so many",
    params: onRun,
    query: z.strictObject({
      after: z.coerce.number().int().min(0).default(0),
      limit: pageLimit.default(MAX_PAGE),
    }),
    answer: eventPage,
  },
  evaluation: {
    method: "GET",
    path: "/runs/:runId/evaluation",
    right: "read",
    summary: "What the evaluation measured, on synthetic conversations",
    params: onRun,
    answer: evaluationAnswer,
  },
  log: {
    method: "GET",
    path: "/runs/:runId/log",
    right: "read",
    summary: "Lines of the run's log, by Range",
    params: onRun,
    answer: null,
  },
  listArtifacts: {
    method: "GET",
    path: "/runs/:runId/artifacts",
    right: "read",
    summary: "Files of a run",
    params: onRun,
    answer: artifactList,
  },
  artifact: {
    method: "GET",
    path: "/runs/:runId/artifacts/:path{.+}",
    right: "read",
    summary: "A file of a run, by Range; raw ones to trusted people only",
    params: z.strictObject({ runId, path: z.string().min(1).max(1024) }),
    answer: null,
  },
  doctor: {
    method: "GET",
    path: "/doctor",
    right: "intake",
    summary: "Whether everything that a run needs is there",
    answer: doctorAnswer,
  },
  createUpload: {
    method: "POST",
    path: "/uploads",
    right: "intake",
    summary: "Begin an upload",
    body: newUpload,
    answer: upload,
    status: 201,
  },
  getUpload: {
    method: "GET",
    path: "/uploads/:uploadId",
    right: "intake",
    summary: "Which parts of an upload are there",
    params: onUpload,
    answer: upload,
  },
  partTarget: {
    method: "POST",
    path: "/uploads/:uploadId/parts/:part",
    right: "intake",
    summary: "Where to put a part",
    params: z.strictObject({ uploadId, part: z.coerce.number().int().min(1).max(MAX_UPLOAD_PARTS) }),
    answer: partTarget,
  },
  completeUpload: {
    method: "POST",
    path: "/uploads/:uploadId/complete",
    right: "intake",
    summary: "All parts are there",
    params: onUpload,
    answer: upload,
  },
  validation: {
    method: "POST",
    path: "/uploads/:uploadId/validation",
    right: "private",
    summary: "Check an upload against the input contract",
    params: onUpload,
    body: z.strictObject({ users: usersMode }),
    answer: validationReport,
  },
  estimate: {
    method: "POST",
    path: "/estimate",
    right: "private",
    summary: "What a run would ask, take and cost",
    body: newEstimate,
    answer: estimate,
  },
  createRun: {
    method: "POST",
    path: "/runs",
    right: "intake",
    summary: "Start a run",
    body: newRunRequest,
    answer: runStarted,
    status: 202,
  },
  stopRun: {
    method: "POST",
    path: "/runs/:runId/stop",
    right: "intake",
    summary: "Ask a run to stop; what is finished is kept",
    params: onRun,
    answer: runDetail,
    status: 202,
  },
  resumeRun: {
    method: "POST",
    path: "/runs/:runId/resume",
    right: "intake",
    summary: "Go on with a run",
    params: onRun,
    body: resumeRequest,
    answer: runStarted,
    status: 202,
  },
  deleteRun: {
    method: "DELETE",
    path: "/runs/:runId",
    right: "private",
    summary: "Delete a run with everything it holds; by default says only what would go",
    params: onRun,
    query: z.strictObject({ dry_run: flag.default(true) }),
    answer: removal,
  },
  conversations: {
    method: "GET",
    path: "/runs/:runId/conversations",
    right: "reveal",
    summary: "What was found in each conversation",
    params: onRun,
    query: z.strictObject({
      cluster: clusterId.optional(),
      after: z.coerce.number().int().min(0).default(0),
      limit: pageLimit.default(100),
    }),
    answer: conversationPage,
  },
  reveal: {
    method: "POST",
    path: "/runs/:runId/conversations/:row/reveal",
    right: "reveal",
    summary: "The messages of a conversation; recorded with its reason",
    params: z.strictObject({ runId, row: z.coerce.number().int().min(0) }),
    body: revealRequest,
    answer: revealed,
  },
} as const satisfies Record<string, ApiRoute>;

export type RouteName = keyof typeof apiRoutes;
type Part<N extends RouteName, P extends "params" | "query" | "body"> = (typeof apiRoutes)[N] extends {
  readonly [K in P]: infer S extends z.ZodType;
}
  ? S
  : never;
/** What a client gives for a route. */
export type RouteGiven<N extends RouteName> = ([Part<N, "params">] extends [never]
  ? unknown
  : { readonly params: z.input<Part<N, "params">> }) &
  ([Part<N, "query">] extends [never] ? unknown : { readonly query?: z.input<Part<N, "query">> }) &
  ([Part<N, "body">] extends [never] ? unknown : { readonly body: z.input<Part<N, "body">> });
/** What the app hands to a route's service. */
export type RouteAsked<N extends RouteName> = ([Part<N, "params">] extends [never]
  ? unknown
  : z.output<Part<N, "params">>) &
  ([Part<N, "query">] extends [never] ? unknown : z.output<Part<N, "query">>) &
  ([Part<N, "body">] extends [never] ? unknown : { readonly body: z.output<Part<N, "body">> });
export type RouteAnswer<N extends RouteName> = (typeof apiRoutes)[N]["answer"] extends infer S extends
  z.ZodType
  ? z.infer<S>
  : never;
