import { PermanentError, TransientError } from "../../errors.ts";
import type { Clock } from "../../ports/clock.ts";
import { faultOf, toldLimits } from "./faults.ts";
import type { Fault } from "./faults.ts";
import type { Limiter, ToldLimits } from "./limiter.ts";

/** Tries of one call before the batch gives up; the engine then tries the batch again, where finished calls are kept. */
const MAX_TRIES = 8;
/**
 * Of these, tries that broke off or timed out: nobody knows whether the endpoint finished them and bills them, so each
 * counts as paid in full.
 */
export const MAX_LOST = 2;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

export interface Calls {
  /** What the endpoint last said of its limits. */
  told(): ToldLimits;
  /**
   * Makes one call as often as it takes. What cannot be mended by trying is thrown: PermanentError, TransientError when
   * tries are used up, the signal's reason; faults of the text or of a feature come back for the caller.
   */
  make<T>(
    tokens: number,
    signal: AbortSignal,
    call: () => Promise<{ data: T; response: { headers: Headers } }>,
    onLost: () => void,
  ): Promise<{ data: T } | { fault: Extract<Fault, { kind: "item" | "unsupported" }> }>;
}

export interface CallsOptions {
  readonly limiter: Limiter;
  readonly clock: Clock;
  /** 0 to 1, to spread what would otherwise be tried again all at once. */
  readonly random: () => number;
  /** Of whom errors speak: "the model gpt-4.1-mini of openai". */
  readonly who: string;
}

export function createCalls({ limiter, clock, random, who }: CallsOptions): Calls {
  let reached = false;
  let told: ToldLimits = {};
  const thrown = (fault: Extract<Fault, { kind: "permanent" | "transient" }>): Error => {
    const { code, hint } = fault;
    const message = `Asking ${who} failed: ${fault.words}.`;
    if (fault.kind === "permanent") return new PermanentError(message, { code, hint });
    const { retryAfterMs } = fault;
    return new TransientError(message, {
      code,
      hint,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    });
  };

  return {
    told: () => told,
    async make(tokens, signal, call, onLost) {
      let lost = 0;
      for (let tries = 1; ; tries++) {
        const permit = await limiter.acquire(tokens, signal);
        try {
          const { data, response } = await call();
          reached = true;
          told = toldLimits(response.headers);
          permit.done(told);
          return { data };
        } catch (error) {
          const fault = faultOf(error, reached, clock.now());
          if (fault.kind === "transient" && fault.lost) {
            lost++;
            onLost();
          }
          if (fault.kind === "transient" && !signal.aborted) {
            const { limited, retryAfterMs, limits } = fault;
            permit.congested({ limited, retryAfterMs, told: limits });
          } else permit.done();
          signal.throwIfAborted();
          if (fault.kind === "item" || fault.kind === "unsupported") {
            reached = true;
            return { fault };
          }
          if (fault.kind === "permanent" || tries === MAX_TRIES || lost === MAX_LOST) throw thrown(fault);
          const backoff = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (tries - 1)) * (0.5 + random());
          await clock.sleep(Math.max(backoff, fault.retryAfterMs ?? 0), signal);
        }
      }
    },
  };
}
