import type { AnnotatedConversation, RowArtifact } from "../contracts/artifacts.ts";
import type { ArtifactValue } from "../contracts/artifacts.ts";
import type { Phase, PhaseContext } from "./phase.ts";

/** The rows of an artifact one by one, or nothing at all when its phase is not part of the run. */
function optionalRows<N extends RowArtifact>({ artifacts }: PhaseContext, present: boolean, name: N) {
  const rows = present ? artifacts.rows(name)[Symbol.asyncIterator]() : null;
  return async (): Promise<ArtifactValue<N> | undefined> => {
    const next = await rows?.next();
    return next === undefined || next.done === true ? undefined : next.value;
  };
}

/** `conversation.updated.jsonl`: every conversation with what was found about it, on the private side. */
export const annotatePhase: Phase = {
  name: "annotate",

  plan: async () => ({ batches: 0, concurrency: 1 }),

  batch: async () => ({ rows: [] }),

  async reduce(context) {
    async function* annotated(): AsyncGenerator<AnnotatedConversation> {
      const facets = optionalRows(context, context.phases.has("facets"), "facets");
      const assignments = optionalRows(context, context.phases.has("cluster"), "assignments");
      const points = optionalRows(context, context.phases.has("map"), "map_points");
      for await (const conversation of context.artifacts.rows("conversations")) {
        const [facet, assignment, point] = [await facets(), await assignments(), await points()];
        yield {
          ...conversation,
          ...(facet === undefined ? {} : { facets: without(facet, "conversation_id") }),
          ...(assignment === undefined ? {} : { cluster: without(assignment, "conversation_id") }),
          ...(point === undefined ? {} : { map: { x: point.x, y: point.y } }),
        };
      }
    }
    return { next: "done", artifacts: { annotated: annotated() } };
  },
};

function without<T extends object, K extends keyof T>(value: T, key: K): Omit<T, K> {
  const { [key]: _left, ...rest } = value;
  return rest;
}
