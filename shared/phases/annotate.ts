import type { AnnotatedConversation, ArtifactValue, RowArtifact } from "../contracts/artifacts.ts";
import { nothing, sideBySide } from "./columns.ts";
import type { Phase, PhaseContext } from "./phase.ts";

/** The rows of an artifact, or undefined for each conversation when its phase is not part of the run. */
function optionalRows<N extends RowArtifact>(
  { artifacts }: PhaseContext,
  present: boolean,
  name: N,
): AsyncIterable<ArtifactValue<N> | undefined> {
  return present ? artifacts.rows(name) : nothing();
}

/** `conversation.updated.jsonl`: every conversation with what was found about it, on the private side. */
export const annotatePhase: Phase = {
  name: "annotate",

  plan: async () => ({ batches: 0, concurrency: 1 }),

  batch: async () => ({ rows: [] }),

  async reduce(context) {
    async function* annotated(): AsyncGenerator<AnnotatedConversation> {
      const rows = sideBySide(
        context.artifacts.rows("conversations"),
        optionalRows(context, context.phases.has("facets"), "facets"),
        optionalRows(context, context.phases.has("cluster"), "assignments"),
        optionalRows(context, context.phases.has("map"), "map_points"),
      );
      for await (const [conversation, facets, assignment, point] of rows) {
        yield {
          ...conversation,
          ...(facets === undefined ? {} : { facets: without(facets, "conversation_id") }),
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
