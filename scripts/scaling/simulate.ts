import type { Random } from "../../shared/domain/random.ts";
import { seededRandom } from "../../shared/domain/random.ts";
import type { PhaseRow } from "../../shared/pipeline.ts";
import type { Round } from "./rounds.ts";

/** What a run meets: latencies in seconds, rates a second. Numbers and where they are from: `facts.ts`. */
export interface World {
  readonly lambdaConcurrency: number;
  /** New sandboxes of a function a second, once its first burst is up. */
  readonly sandboxesPerSecond: number;
  readonly coldStartSeconds: number;
  /** Step Functions: children begun a second, and how many at once before that counts. */
  readonly childStartsPerSecond: number;
  readonly childStartBurst: number;
  /** From one state to the next. */
  readonly stateSeconds: number;
  readonly s3Seconds: number;
  readonly s3BytesPerSecond: number;
  /** Of one prefix. */
  readonly s3GetsPerSecond: number;
  readonly s3PutsPerSecond: number;
  readonly getsPerBatch: number;
  readonly putsPerBatch: number;
  readonly dynamodbSeconds: number;
  /** Of one partition: all items of a run are in one. */
  readonly dynamodbWritesPerSecond: number;
  readonly modelSeconds: number;
  /** Standard deviation of a call's time, in parts of it. */
  readonly modelSpread: number;
  readonly tokensPerCall: number;
  readonly tokensPerMinute: number;
  /** How many times as fast as measured a processor is. */
  readonly cpuSpeed: number;
  /** The same of what one function does for all: plan and reduce. */
  readonly reduceSpeed: number;
  /** MiB that give a function one processor. */
  readonly memoryPerCpuMiB: number;
}

export const WAITS = [
  "calls in flight",
  "tokens a minute",
  "Lambda's concurrency",
  "starts of children",
  "requests to S3",
  "bytes from S3",
  "DynamoDB",
  "processors",
  "plan and reduce",
  "cold starts",
] as const;
export type Wait = (typeof WAITS)[number];

export interface PhaseOutcome {
  readonly row: PhaseRow;
  readonly seconds: number;
  readonly batches: number;
  readonly longestBatchSeconds: number;
  readonly longestReduceSeconds: number;
  readonly memoryMiB: number;
}

export interface Outcome {
  readonly seconds: number;
  readonly phases: readonly PhaseOutcome[];
  readonly batches: number;
  readonly rounds: number;
  /** Seconds that functions ran, times their memory. */
  readonly gbSeconds: number;
  readonly invocations: number;
  readonly gets: number;
  readonly puts: number;
  readonly calls: number;
  /** Seconds that batches and reduces spent on each, added up. */
  readonly spent: Readonly<Record<Wait, number>>;
}

/** Tokens that come back at a rate, up to a burst; who asks first is served first. */
export class Bucket {
  readonly #rate: number;
  readonly #burst: number;
  #held: number;
  #at = 0;

  constructor(rate: number, burst: number) {
    this.#rate = rate;
    this.#burst = burst;
    this.#held = burst;
  }

  /** When `count` of them are there, from `now` on; they are gone then. */
  take(count: number, now: number): number {
    const from = Math.max(now, this.#at);
    this.#held = Math.min(this.#burst, this.#held + (from - this.#at) * this.#rate);
    this.#at = from;
    if (this.#held >= count) {
      this.#held -= count;
      return from;
    }
    this.#at = from + (count - this.#held) / this.#rate;
    this.#held = 0;
    return this.#at;
  }
}

interface Lane {
  at: number;
  stage: "start" | "read" | "compute" | "call" | "write";
  /** Calls left of the batch under way. */
  calls: number;
  began: number;
  cold: boolean;
}

/** Lanes by when they go on: a binary heap. */
class Agenda {
  readonly #lanes: Lane[] = [];

  push(lane: Lane): void {
    const lanes = this.#lanes;
    lanes.push(lane);
    for (let i = lanes.length - 1; i > 0;) {
      const parent = (i - 1) >> 1;
      if (lanes[parent]!.at <= lanes[i]!.at) break;
      [lanes[parent], lanes[i]] = [lanes[i]!, lanes[parent]!];
      i = parent;
    }
  }

  pop(): Lane | undefined {
    const lanes = this.#lanes;
    const first = lanes[0];
    const last = lanes.pop();
    if (first === undefined || last === undefined || lanes.length === 0) return first;
    lanes[0] = last;
    for (let i = 0; ;) {
      let least = i;
      for (const child of [2 * i + 1, 2 * i + 2])
        if (child < lanes.length && lanes[child]!.at < lanes[least]!.at) least = child;
      if (least === i) break;
      [lanes[least], lanes[i]] = [lanes[i]!, lanes[least]!];
      i = least;
    }
    return first;
  }
}

/** Calls that are followed as one: their times add up. */
const CALLS_TOGETHER = 32;
/** Concurrency that a function gets at once (Lambda's developer guide, "Scaling behavior"). */
const FIRST_SANDBOXES = 1_000;
/** Sum of two uniform numbers less 1 has this variance. */
const TRIANGLE_DEVIATION = Math.sqrt(1 / 6);

/** A run of phases one after another, followed batch by batch. The same world, rounds and seed give the same outcome. */
export function simulate(
  phases: readonly { readonly row: PhaseRow; readonly rounds: readonly Round[] }[],
  world: World,
  seed = 1,
): Outcome {
  const random = seededRandom(seed, "simulate");
  const spent = Object.fromEntries(WAITS.map((name) => [name, 0])) as Record<Wait, number>;
  const totals = { gbSeconds: 0, invocations: 0, gets: 0, puts: 0, calls: 0, batches: 0, rounds: 0 };
  const children = new Bucket(world.childStartsPerSecond, world.childStartBurst);
  const tokens = new Bucket(world.tokensPerMinute / 60, world.tokensPerMinute / 60);
  let now = 0;
  const outcomes: PhaseOutcome[] = [];
  for (const { row, rounds } of phases) {
    const began = now;
    let warm = 0;
    let longestBatch = 0;
    let longestReduce = 0;
    let memory = 0;
    const gets = new Bucket(world.s3GetsPerSecond, world.s3GetsPerSecond);
    const puts = new Bucket(world.s3PutsPerSecond, world.s3PutsPerSecond);
    const writes = new Bucket(world.dynamodbWritesPerSecond, world.dynamodbWritesPerSecond);
    const cpus = row.memoryMiB / world.memoryPerCpuMiB;
    const gigabytes = row.memoryMiB / 1024;
    const spend = (wait: Wait, seconds: number): number => {
      spent[wait] += seconds;
      return seconds;
    };
    const single = (seconds: number, requests: number): void => {
      const own =
        spend("plan and reduce", (seconds + requests * world.s3Seconds) / world.reduceSpeed) +
        (warm === 0 ? spend("cold starts", world.coldStartSeconds) : 0);
      warm = Math.max(1, warm);
      totals.gbSeconds += own * gigabytes;
      totals.invocations++;
      totals.gets += requests;
      now += own + 2 * world.stateSeconds;
      longestReduce = Math.max(longestReduce, own);
    };
    for (const round of rounds) {
      totals.rounds++;
      totals.batches += round.batches;
      memory = Math.max(memory, round.memoryMiB);
      single(0, world.getsPerBatch);
      const wanted = Math.min(round.concurrency, round.batches);
      const lanes = Math.min(wanted, world.lambdaConcurrency);
      const agenda = new Agenda();
      for (let i = 0; i < lanes; i++) {
        const beyond = Math.max(0, i - FIRST_SANDBOXES) / world.sandboxesPerSecond;
        spend("Lambda's concurrency", beyond);
        agenda.push({ at: now + beyond, stage: "start", calls: 0, began: 0, cold: i >= warm });
      }
      warm = Math.max(warm, lanes);
      let left = round.batches;
      let ended = now;
      for (let lane = agenda.pop(); lane !== undefined; lane = agenda.pop()) {
        const { at } = lane;
        switch (lane.stage) {
          case "start": {
            if (left === 0) continue;
            left--;
            const started = children.take(1, at);
            spend("starts of children", started - at);
            lane.began = started + world.stateSeconds;
            lane.at = lane.began + (lane.cold ? spend("cold starts", world.coldStartSeconds) : 0);
            lane.cold = false;
            lane.calls = round.calls;
            lane.stage = "read";
            break;
          }
          case "read": {
            const latency = world.getsPerBatch * world.s3Seconds;
            const served = gets.take(world.getsPerBatch, at);
            spend("requests to S3", served - at + latency);
            lane.at = served + latency + spend("bytes from S3", round.readBytes / world.s3BytesPerSecond);
            totals.gets += world.getsPerBatch;
            lane.stage = "compute";
            break;
          }
          case "compute": {
            const speed = world.cpuSpeed * Math.max(Math.min(1, cpus), Math.min(cpus, round.threads));
            lane.at = at + spend("processors", round.cpuSeconds / speed);
            lane.stage = round.calls > 0 ? "call" : "write";
            break;
          }
          case "call": {
            const count = Math.min(CALLS_TOGETHER, lane.calls);
            const took = callSeconds(count, world, random);
            const granted = tokens.take(count * world.tokensPerCall, at);
            spend("calls in flight", took);
            spend("tokens a minute", Math.max(0, granted - at - took));
            lane.at = Math.max(at + took, granted);
            lane.calls -= count;
            totals.calls += count;
            if (lane.calls <= 0) lane.stage = "write";
            break;
          }
          case "write": {
            const served = puts.take(world.putsPerBatch, at) + world.putsPerBatch * world.s3Seconds;
            // The run's record twice, and an item for the batch.
            const noted = writes.take(1, at) + 3 * world.dynamodbSeconds;
            spend("requests to S3", served - at);
            spend("DynamoDB", noted - at);
            lane.at = served + noted - at;
            totals.puts += world.putsPerBatch;
            totals.invocations++;
            totals.gbSeconds += (lane.at - lane.began) * gigabytes;
            longestBatch = Math.max(longestBatch, lane.at - lane.began);
            ended = Math.max(ended, lane.at);
            lane.stage = "start";
            break;
          }
        }
        agenda.push(lane);
      }
      now = ended + world.stateSeconds;
      // Parts one after another, then what is made of them.
      single(round.reduceSeconds, round.batches);
      totals.puts += 10;
    }
    outcomes.push({
      row,
      seconds: now - began,
      batches: rounds.reduce((sum, { batches }) => sum + batches, 0),
      longestBatchSeconds: longestBatch,
      longestReduceSeconds: longestReduce,
      memoryMiB: memory,
    });
  }
  return { seconds: now, phases: outcomes, spent, ...totals };
}

function callSeconds(count: number, { modelSeconds, modelSpread }: World, random: Random): number {
  const deviation = (modelSpread * Math.sqrt(count) * (random() + random() - 1)) / TRIANGLE_DEVIATION;
  return Math.max(0.1 * count * modelSeconds, modelSeconds * (count + deviation));
}

/** A tenfold of each limit: what of a run's time would go if it alone were wider. */
const WIDER: Readonly<Record<Wait, (world: World) => World>> = {
  "calls in flight": (world) => ({ ...world, modelSeconds: world.modelSeconds / 10 }),
  "tokens a minute": (world) => ({ ...world, tokensPerMinute: world.tokensPerMinute * 10 }),
  "Lambda's concurrency": (world) => ({
    ...world,
    lambdaConcurrency: world.lambdaConcurrency * 10,
    sandboxesPerSecond: world.sandboxesPerSecond * 10,
  }),
  "starts of children": (world) => ({
    ...world,
    childStartsPerSecond: world.childStartsPerSecond * 10,
    childStartBurst: world.childStartBurst * 10,
  }),
  "requests to S3": (world) => ({
    ...world,
    s3Seconds: world.s3Seconds / 10,
    s3GetsPerSecond: world.s3GetsPerSecond * 10,
    s3PutsPerSecond: world.s3PutsPerSecond * 10,
  }),
  "bytes from S3": (world) => ({ ...world, s3BytesPerSecond: world.s3BytesPerSecond * 10 }),
  DynamoDB: (world) => ({
    ...world,
    dynamodbSeconds: world.dynamodbSeconds / 10,
    dynamodbWritesPerSecond: world.dynamodbWritesPerSecond * 10,
  }),
  processors: (world) => ({ ...world, cpuSpeed: world.cpuSpeed * 10 }),
  "plan and reduce": (world) => ({ ...world, reduceSpeed: world.reduceSpeed * 10 }),
  "cold starts": (world) => ({ ...world, coldStartSeconds: world.coldStartSeconds / 10 }),
};

/** Limits by what a tenfold of each alone would save of the time, the one that binds first. */
export function bindingLimits(
  phases: Parameters<typeof simulate>[0],
  world: World,
): { readonly wait: Wait; readonly saves: number }[] {
  const { seconds } = simulate(phases, world);
  return WAITS.map((wait) => ({
    wait,
    saves: 1 - simulate(phases, WIDER[wait](world)).seconds / seconds,
  })).sort((a, b) => b.saves - a.saves);
}
