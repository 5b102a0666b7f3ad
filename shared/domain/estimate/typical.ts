import type { CustomFacet } from "../../contracts/facets.ts";
import type { Label, LabelMember, ModelTask } from "../../contracts/model-tasks.ts";

/**
 * What models typically write, as texts, so that each tokenizer counts them its own way. Their lengths follow what the
 * prompts ask for ("at most two sentences", "at most ten words") and come to about 110 tokens for the facets of a
 * conversation: Clio counts on 100 (arXiv 2412.13678, table 2), and Kura's 6,000 conversations had 109 each with gpt-4o-mini
 * (its published benchmark). Every run's `run_metrics.json` says how far it was from its estimate.
 */
const SUMMARY =
  "The user asked why a unit test of their Python service has begun to fail since a dependency was upgraded, and how to mend it. The assistant explained what had changed in the new version and gave a corrected fixture.";
const REQUEST = "find out why a unit test fails after a dependency was upgraded";
const TASK = "Debug a failing Python test";
const TOPIC = "software testing";

/** The text of a conversation that is embedded (domain/facet-text.ts). */
export const TYPICAL_FACET_TEXT = `${REQUEST}. ${TOPIC}`;

/** What an auditor sees of a conversation's facets. */
export const TYPICAL_FACET_WORDS = [REQUEST, TASK, TOPIC, SUMMARY].join("\n");

export const TYPICAL_MEMBER: LabelMember = { summary: SUMMARY, request: REQUEST, task: TASK, topic: TOPIC };

/** What is listed of a cluster's uncommon words: those of its subject. */
export const TYPICAL_WORDS: readonly string[] = ["api", "fixture", "pytest", "python"];

export const TYPICAL_LABEL: Label = {
  name: "Debug failing tests in Python projects",
  description:
    "Users asked for help with unit tests that failed after a change of code or of a dependency. Most wanted the cause and a corrected test.",
};

function customAnswer(facet: CustomFacet): unknown {
  switch (facet.type) {
    case "category":
      return facet.values[0];
    case "boolean":
      return true;
    case "number":
      return facet.max;
    case "text":
      return REQUEST;
  }
}

/** An answer to each task as it comes over the wire. @param wanted parents asked for. */
export function typicalAnswer(
  task: ModelTask,
  { custom = [], wanted = 1 }: { readonly custom?: readonly CustomFacet[]; readonly wanted?: number } = {},
): string {
  const { name, description } = TYPICAL_LABEL;
  const label = { description, name };
  switch (task) {
    case "facets":
      return JSON.stringify({
        summary: SUMMARY,
        request: REQUEST,
        task: TASK,
        topic: TOPIC,
        language: "en",
        secondary_requests: ["pin the version of the dependency"],
        assistant_errors: [],
        frustration: 1,
        concern_reason: null,
        concern_score: 1,
        ...(custom.length === 0
          ? {}
          : { custom: Object.fromEntries(custom.map((facet) => [facet.id, customAnswer(facet)])) }),
      });
    case "label":
    case "rename_parent":
      return JSON.stringify(label);
    case "propose_parents":
    case "deduplicate_parents":
      return JSON.stringify({ parents: Array.from({ length: wanted }, () => label) });
    case "assign_parent":
      return JSON.stringify({ parent: name });
    case "audit":
      return JSON.stringify({ reason: "personal matters in general terms, no name and no place", rating: 5 });
    case "synthesise_conversation":
      return "";
  }
}
