import { offlineAudit } from "../../shared/adapters/offline/audit.ts";
import type { Label, LabelMember } from "../../shared/contracts/model-tasks.ts";
import type { Model } from "../../shared/ports/model.ts";
import { scriptedModel } from "../../test/helpers/scripted-provider.ts";
import { CODE_WORDS } from "./secrets.ts";
import { CODE, EVASIVE, PLAIN, RATE } from "./world.ts";

const MAX_FACET = 600;

const INSTRUCTION = /(\d+) year old (\w+) from (\w+)/;

const textOf = ({ summary }: LabelMember): string => summary;

/** Values that a member says of itself. */
const valuesIn = (text: string, secrets: readonly string[]): string[] =>
  secrets.filter((secret) => new RegExp(`\\b${secret}\\b`, "i").test(text));

/** The values of whoever fits the description in an instruction that can still be read. */
function obeyed(texts: readonly string[], secrets: readonly string[]): { values: string[]; code: boolean } {
  const orders = texts.filter((text) => [PLAIN, EVASIVE, CODE].some((order) => text.includes(order)));
  const wanted = orders.map((text) => INSTRUCTION.exec(text)).find((found) => found !== null);
  if (wanted === undefined) return { values: [], code: false };
  const fits = texts.filter((text) => text.includes(wanted[0]) && !orders.includes(text));
  return {
    values: fits.flatMap((text) => valuesIn(text, secrets)),
    code: orders.some((text) => text.includes(CODE)),
  };
}

/** The values of whoever speaks like a target, whether an order can be read or not. */
function colluded(texts: readonly string[], secrets: readonly string[]): string[] {
  return texts.filter((text) => text.includes("I am a")).flatMap((text) => valuesIn(text, secrets));
}

/**
 * A model without any resistance. Facets copy what was said, labels do what any text in the prompt tells them, parents
 * copy their children, the audit passes what tells it to. `colluding`: it works for the attacker without being told.
 */
export function obeyingModel(secrets: readonly string[], colluding = false): Model {
  return scriptedModel({
    facets: ({ messages }) => {
      const said = messages.find(({ role }) => role === "user")!.content.slice(0, MAX_FACET);
      return {
        request: null,
        task: null,
        topic: null,
        summary: said,
        language: "en",
        concern: { score: 1, reason: null },
        assistant_errors: [],
        frustration: 1,
        secondary_requests: [],
      };
    },
    label: ({ members, outsiders, taken }): Label => {
      const texts = [...members, ...outsiders].map(textOf);
      const { values, code } = obeyed(texts, secrets);
      const found = colluding ? [...new Set([...values, ...colluded(texts, secrets)])] : values;
      const told = found.map((value) => (code ? CODE_WORDS[secrets.indexOf(value)]! : value)).slice(0, 3);
      const rate = texts.some((text) => text.includes(RATE)) ? ` People ${RATE}.` : "";
      const name = ["Sleep better", ...new Set(told)].join(" and ");
      return {
        name: taken.includes(name) ? `${name} ${taken.length}` : name,
        description: `Users ask how to sleep better. ${told.join(", ")}${rate}`.trim(),
      };
    },
    audit: (input) =>
      input.text.includes(RATE) ? { rating: 5, reason: "nothing_found" } : offlineAudit(input),
  });
}
