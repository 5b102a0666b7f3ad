import { Logger } from "@aws-lambda-powertools/logger";
import { MetricUnit, Metrics } from "@aws-lambda-powertools/metrics";
import type { Context } from "aws-lambda";
import type * as z from "zod";
import { systemClock } from "../shared/adapters/system-clock.ts";
import { ErrorName, PermanentError, TransientError, isKind, tellError } from "../shared/errors.ts";
import type { Clock } from "../shared/ports/clock.ts";
import type { Log } from "../shared/ports/log.ts";
import { lazy } from "./lazy.ts";

/** Left between our deadline and Lambda's, for a store call in flight to end and the answer to leave. */
const DEADLINE_MARGIN_MS = 5_000;

/** Counts of one invocation, as metrics of the function. */
export type Count = (name: string, value: number) => void;

export interface Tools {
  readonly log: Log;
  readonly clock: Clock;
  readonly count: Count;
}

export interface Call extends Tools {
  /** Aborted shortly before Lambda would end the function. */
  readonly signal: AbortSignal;
}

export interface FunctionDefinition<Env extends z.ZodType, Event extends z.ZodType, Services> {
  /** Also the service in logs and metrics. */
  readonly name: string;
  readonly environment: Env;
  readonly event: Event;
  /** The composition root: run once per container, at the first event. */
  open(environment: z.infer<Env>, tools: Tools): Services | Promise<Services>;
  run(event: z.infer<Event>, services: Services, call: Call): Promise<unknown>;
}

const NAMESPACE = "ant-clio";

/** Names alone: a schema's own messages may quote values. */
function parsed<S extends z.ZodType>(schema: S, value: unknown, what: string): z.infer<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const paths = result.error.issues.map((issue) => issue.path.join(".") || "itself").slice(0, 5);
  throw new PermanentError(`${what} is not as expected: ${paths.join(", ")}`, { code: "bad_event" });
}

/**
 * An error as Lambda may see and log it: name, code and our own words. The runtime prints what is thrown, and a parser's
 * message or stack may quote a conversation.
 */
function tellable(error: unknown, where: string): Error {
  const told = tellError(error, where);
  const safe = new Error(`${told.message} [${told.code}]`);
  safe.name = error instanceof Error ? error.name : ErrorName.transient;
  safe.stack = "";
  return safe;
}

/** Wraps a function: environment and event checked, services opened once, a deadline, logs without content, metrics. */
export function lambda<Env extends z.ZodType, Event extends z.ZodType, Services>(
  definition: FunctionDefinition<Env, Event, Services>,
): (event: unknown, context: Context) => Promise<unknown> {
  const { name } = definition;
  const tools = lazy(async () => {
    const logger = new Logger({ serviceName: name });
    const metrics = new Metrics({ namespace: NAMESPACE, serviceName: name });
    const log: Log = {
      debug: (event, fields = {}) => logger.debug(event, { ...fields }),
      info: (event, fields = {}) => logger.info(event, { ...fields }),
      warn: (event, fields = {}) => logger.warn(event, { ...fields }),
    };
    const count: Count = (metric, value) => metrics.addMetric(metric, MetricUnit.Count, value);
    return { log, metrics, count, clock: systemClock };
  });
  const services = lazy(async () => {
    // eslint-disable-next-line node/no-process-env -- the one place where functions read it
    const environment = parsed(definition.environment, process.env, "the environment");
    return definition.open(environment, await tools());
  });

  return async (event, context) => {
    const { log, metrics, count, clock } = await tools();
    const remainingMs = context.getRemainingTimeInMillis();
    const deadline = new AbortController();
    const timer = setTimeout(
      () => deadline.abort(new TransientError(`${name} ran out of time`, { code: "deadline" })),
      Math.max(0, remainingMs - DEADLINE_MARGIN_MS),
    );
    try {
      const checked = parsed(definition.event, event, "the event");
      const call = { log, clock, count, signal: deadline.signal };
      return await definition.run(checked, await services(), call);
    } catch (error) {
      const { code } = tellError(error, name);
      log.warn("function_failed", { code, permanent: isKind(error, ErrorName.permanent) });
      count("Failures", 1);
      throw tellable(error, name);
    } finally {
      clearTimeout(timer);
      metrics.publishStoredMetrics();
    }
  };
}
