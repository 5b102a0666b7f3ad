import type { Worker } from "node:worker_threads";
import { PermanentError, TransientError } from "../../errors.ts";
import { startWorker } from "../threads/start-worker.ts";
import type { EncodeReply, EncodeRequest } from "./encoder-messages.ts";

interface Job {
  readonly texts: string[];
  readonly signal: AbortSignal;
  readonly resolve: (data: Float32Array) => void;
  readonly reject: (reason: unknown) => void;
}

interface Slot {
  worker: Worker;
  job: Job | undefined;
}

/**
 * Up to `threads` encoders, started when work waits for them. A worker holds the process open only while it works. A
 * worker that fails is ended, its job rejected with TransientError, and the next job gets a new one.
 */
export class EncoderPool {
  readonly #threads: number;
  readonly #slots = new Set<Slot>();
  readonly #queue: Job[] = [];
  #nextId = 0;
  #closed = false;

  constructor(threads: number) {
    this.#threads = threads;
  }

  /** One vector a text, row-major. @throws TransientError, or the signal's reason. */
  encode(texts: string[], signal: AbortSignal): Promise<Float32Array> {
    if (this.#closed) {
      return Promise.reject(
        new PermanentError("the offline embedder is closed", { code: "embedder_closed" }),
      );
    }
    if (signal.aborted) return Promise.reject(signal.reason);
    return new Promise((resolve, reject) => {
      // An aborted job that waits is dropped; one that runs ends by itself within a second.
      const onAbort = (): void => reject(signal.reason);
      signal.addEventListener("abort", onAbort, { once: true });
      const settled = (): void => signal.removeEventListener("abort", onAbort);
      this.#queue.push({
        texts,
        signal,
        resolve: (data) => {
          settled();
          resolve(data);
        },
        reject: (reason) => {
          settled();
          reject(reason);
        },
      });
      this.#dispatch();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    const stopped = new TransientError("the offline embedder was closed", { code: "embedder_closed" });
    for (const job of this.#queue.splice(0)) job.reject(stopped);
    const slots = [...this.#slots];
    this.#slots.clear();
    for (const slot of slots) slot.job?.reject(stopped);
    await Promise.all(slots.map((slot) => slot.worker.terminate()));
  }

  #dispatch(): void {
    while (this.#queue.length > 0) {
      if (this.#queue[0]?.signal.aborted) {
        this.#queue.shift();
        continue;
      }
      const slot = this.#idleSlot();
      const job = slot ? this.#queue.shift() : undefined;
      if (!slot || !job) return;
      slot.job = job;
      slot.worker.ref();
      const request: EncodeRequest = { id: this.#nextId++, texts: job.texts };
      slot.worker.postMessage(request);
    }
  }

  #idleSlot(): Slot | undefined {
    for (const slot of this.#slots) if (!slot.job) return slot;
    return this.#slots.size < this.#threads ? this.#start() : undefined;
  }

  #start(): Slot {
    const worker = startWorker("encoder-worker", import.meta.url);
    const slot: Slot = { worker, job: undefined };
    this.#slots.add(slot);
    worker.on("message", (reply: EncodeReply) => {
      if ("failure" in reply) this.#fail(slot, reply.failure);
      else this.#finish(slot, reply.data);
    });
    worker.on("error", (error) => this.#fail(slot, error instanceof Error ? error.name : "Error"));
    worker.on("exit", () => this.#fail(slot, "WorkerExit"));
    return slot;
  }

  #finish(slot: Slot, data: Float32Array): void {
    slot.job?.resolve(data);
    slot.job = undefined;
    slot.worker.unref();
    this.#dispatch();
  }

  #fail(slot: Slot, name: string): void {
    if (!this.#slots.delete(slot)) return;
    slot.job?.reject(new TransientError(`an encoder thread failed (${name})`, { code: "encoder_failed" }));
    slot.job = undefined;
    void slot.worker.terminate();
    this.#dispatch();
  }
}
