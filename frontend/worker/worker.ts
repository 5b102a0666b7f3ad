import MiniSearch from "minisearch";
import * as z from "zod";
import type { Answers, Asked, Question, SearchDocument, Told } from "./messages.ts";
import { validateFile } from "./validate-file.ts";

/** The page's one worker: whatever takes longer than a frame. */
z.config({ jitless: true });

const indexes = new Map<string, MiniSearch<SearchDocument>>();
const running = new Map<number, AbortController>();

function indexOf(documents: readonly SearchDocument[]): MiniSearch<SearchDocument> {
  const index = new MiniSearch<SearchDocument>({
    fields: ["name", "description"],
    searchOptions: { boost: { name: 3 }, prefix: true, fuzzy: 0.2, combineWith: "AND" },
  });
  index.addAll(documents);
  return index;
}

async function answer(question: Question, number: number): Promise<Answers[keyof Answers]> {
  switch (question.kind) {
    case "index":
      indexes.clear();
      indexes.set(question.of, indexOf(question.documents));
      return null;
    case "search":
      return (indexes.get(question.of)?.search(question.query) ?? [])
        .slice(0, question.limit)
        .map(({ id }) => String(id));
    case "validate": {
      const abort = new AbortController();
      running.set(number, abort);
      return validateFile(question.file, question.users, abort.signal, (bytes, total) =>
        tell({ number, kind: "progress", bytes, total }),
      );
    }
    case "abort":
      running.get(question.asked)?.abort();
      return null;
  }
}

function tell(told: Told): void {
  self.postMessage(told);
}

self.addEventListener("message", ({ data }: MessageEvent<Asked>) => {
  const { number, question } = data;
  answer(question, number)
    .then(
      (found) => tell({ number, kind: "answer", answer: found }),
      (error: unknown) =>
        tell({
          number,
          kind: "failure",
          code: error instanceof Error ? error.name : "unknown",
          message: error instanceof Error ? error.message : "",
        }),
    )
    .finally(() => running.delete(number));
});
