import * as z from "zod";
import type { AuditLayer } from "../../contracts/model-tasks.ts";
import { modelTasks } from "../../contracts/model-tasks.ts";
import { sanitize } from "../text/sanitize.ts";
import { truncate } from "../text/truncate.ts";
import { wireRating } from "./answer-text.ts";
import { cutText } from "./cut-text.ts";
import { DATA_RULE, fenceFor } from "./fence.ts";
import { beside, chat, parseAnswer } from "./prompt.ts";
import type { Prompt } from "./prompt.ts";

const MAX_REASON = 200;
const TOKENS = 150;

/** The reason first, so that the rating follows from it. */
const wire = z.object({ reason: z.string(), rating: wireRating });

/** What the text is, and whom it could give away. */
const LAYERS: Readonly<Record<AuditLayer, string>> = {
  raw: "a conversation between a user and an AI assistant. Could somebody who reads it tell who the user is, or who another private person in it is?",
  facet:
    "notes on one conversation between a user and an AI assistant. Could somebody who reads them tell who the user is, or who another private person in it is?",
  cluster:
    "the name and description of a group of many conversations with an AI assistant. They should be true of many users. Could somebody who reads them tell who a single user or another private person is, or learn what only one of the users wrote?",
};

const systemOf = (layer: AuditLayer): string => `You check texts for privacy. The text is ${LAYERS[layer]}

Answer with one JSON object with two keys, in this order:
- "reason": at most fifteen words: which kinds of detail you found, such as "full name and street". Never repeat the details themselves.
- "rating": a whole number:
  1: identifies a person: the name of a private person, an address, a contact, an account, an identifying number, a password, or a role that only one person has.
  2: no such detail alone, but together the details fit one person or a few: a rare role, event, illness or family situation with a place, a date or an employer.
  3: personal details that fit many people, more of them than needed.
  4: personal matters in general terms: a common illness, feeling, job or family relation.
  5: nothing personal.

Judge only how far a person could be found. A sad, medical, sexual, illegal or embarrassing subject is no reason for a low rating. Public figures as a subject, well-known companies and products, countries and cities as places to visit or learn about, and code without secrets identify nobody. Placeholders such as "<an email address>" are harmless.

${DATA_RULE}`;

const CLOSING = "Give the reason and the rating for this text.";

/**
 * The auditor (appendix G.8): 1 identifies somebody, 5 holds nothing identifying, 3 and above passes.
 *
 * - Temperature 0, where the paper has 0.05: what decides over a name should decide the same way again.
 * - Two borders are spelt out because auditors fail there: combinations, where each detail alone is harmless (2), and
 *   subjects that merely sound private (4 and 5). The bundled calibration set measures both.
 * - The reason is stored, so it names kinds of detail only.
 */
export const auditPrompt: Prompt<"audit"> = {
  task: "audit",
  version: 1,
  temperature: 0,
  maxOutputTokens: () => TOKENS,

  messages({ layer, text }, fit) {
    const system = systemOf(layer);
    const fence = fenceFor([text]);
    return chat(
      system,
      `${fence("text", cutText(text, beside(fit, system, fence("text", ""), CLOSING)))}\n${CLOSING}`,
    );
  },

  wire: () => wire,

  read(json) {
    const { reason, rating } = parseAnswer(wire, json);
    return modelTasks.audit.answer.parse({ reason: truncate(sanitize(reason), MAX_REASON), rating });
  },
};
