import * as z from "zod";
import type { LedgerEntry } from "../contracts/wire.ts";
import { batchRange, cutIntoBatches } from "../domain/batching.ts";
import { facetText } from "../domain/facet-text.ts";
import { asFloats, bytesOf } from "../domain/floats.ts";
import { row } from "../domain/vectors.ts";
import { MAX_BATCHES_PER_ROUND } from "../pipeline.ts";
import { embedTexts } from "./ask.ts";
import type { BatchOutput, Phase } from "./phase.ts";

const batchDetail = z.strictObject({ items: z.int(), size: z.int() });

/**
 * One unit vector per conversation from its facet text; a row of zeros where the embedder could give none. Vectors lie in the
 * sidecars: of two tries at once either's will do.
 */
export const embedPhase: Phase = {
  name: "embed",

  async plan({ artifacts, config }) {
    const items = await artifacts.rowCount("facets");
    const { size, batches } = cutIntoBatches(items, config.embed_batch_size, MAX_BATCHES_PER_ROUND);
    return { batches, concurrency: config.embed_max_concurrency, detail: { items, size } };
  },

  async batch({ artifacts, parts, embedder, call }, round, batch): Promise<BatchOutput> {
    const detail = batchDetail.parse((await parts.plan(round)).detail);
    const ids: string[] = [];
    const texts: string[] = [];
    for await (const facets of artifacts.rows("facets", batchRange(detail, batch))) {
      ids.push(facets.conversation_id);
      texts.push(facetText(facets));
    }
    const { matrix, usage } = await embedTexts(embedder, texts, call);
    const vectors = texts.map((_, i) => row(matrix, i));
    const ledger: LedgerEntry[] = vectors.flatMap((vector, i) =>
      vector.every((value) => value === 0) ? [{ item: ids[i] ?? "", code: "not_embedded" }] : [],
    );
    return { rows: [], ledger, usage, sidecar: bytesOf(matrix.data) };
  },

  async reduce({ parts, embedder }, round) {
    const { batches, detail } = await parts.plan(round);
    const { items } = batchDetail.parse(detail);
    let failed = 0;
    for await (const _entry of parts.ledger(round)) failed++;
    async function* blocks(): AsyncGenerator<Float32Array> {
      for (let batch = 0; batch < batches; batch++) yield asFloats(await parts.sidecar(round, batch));
    }
    return {
      next: "done",
      artifacts: { embeddings: { rows: items, cols: embedder.dimensions, blocks: blocks() } },
      counts: () => ({ failed }),
      warnings: () =>
        failed === 0
          ? []
          : [
              {
                phase: "embed",
                code: "not_embedded",
                count: failed,
                message: `${failed} conversations could not be embedded and are in no cluster`,
              },
            ],
    };
  },
};
