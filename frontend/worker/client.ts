import type { UsersMode, ValidationReport } from "../../shared/contracts/validation.ts";
import type { ClusterTree } from "../../shared/domain/published/cluster-tree.ts";
import type { Answers, Question, Told } from "./messages.ts";

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress: ((bytes: number, total: number) => void) | undefined;
}

let worker: Worker | null = null;
let asked = 0;
const waiting = new Map<number, Waiting>();

function started(): Worker {
  if (worker !== null) return worker;
  const made = new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "clio" });
  made.addEventListener("message", ({ data }: MessageEvent<Told>) => {
    const held = waiting.get(data.number);
    if (held === undefined) return;
    if (data.kind === "progress") {
      held.onProgress?.(data.bytes, data.total);
      return;
    }
    waiting.delete(data.number);
    if (data.kind === "answer") held.resolve(data.answer as never);
    else held.reject(Object.assign(new Error(data.message), { name: data.code }));
  });
  made.addEventListener("error", () => {
    for (const { reject } of waiting.values()) reject(new Error("the worker ended"));
    waiting.clear();
    worker = null;
  });
  worker = made;
  return made;
}

async function ask<K extends Question["kind"]>(
  question: Extract<Question, { kind: K }>,
  options: { signal?: AbortSignal; onProgress?: Waiting["onProgress"] } = {},
): Promise<Answers[K]> {
  const number = ++asked;
  options.signal?.addEventListener("abort", () => void ask({ kind: "abort", asked: number }), { once: true });
  return new Promise<Answers[K]>((resolve, reject) => {
    waiting.set(number, { resolve, reject, onProgress: options.onProgress });
    started().postMessage({ number, question });
  });
}

const indexed = new WeakMap<ClusterTree, Promise<string>>();
let trees = 0;

/** Ids of clusters whose name or description has the words, best first. The index is made at the first search. */
export async function searchClusters(
  tree: ClusterTree,
  query: string,
  limit = 200,
): Promise<readonly string[]> {
  let of = indexed.get(tree);
  if (of === undefined) {
    const name = String(++trees);
    const documents = tree.all.map(({ cluster: { id, name: words, description } }) => ({
      id,
      name: words ?? "",
      description: description ?? "",
    }));
    of = ask({ kind: "index", of: name, documents }).then(() => name);
    indexed.set(tree, of);
  }
  return ask({ kind: "search", of: await of, query, limit });
}

export async function validateInWorker(
  file: File,
  users: UsersMode,
  signal: AbortSignal,
  onProgress: (bytes: number, total: number) => void,
): Promise<ValidationReport> {
  return ask({ kind: "validate", file, users }, { signal, onProgress });
}
