import type { Random } from "../random.ts";
import { pick } from "./pick.ts";
import type { Script } from "./script.ts";
import type { Template } from "./template.ts";
import { expandTemplate, fieldNames, parseTemplate } from "./template.ts";

interface Parsed {
  readonly template: Template;
  readonly fields: readonly string[];
}

/** What is known of scripts, found once: a corpus uses each template thousands of times. */
export interface Templates {
  parsed(source: string): Parsed;
  /** Fields that only the user can name. */
  toldByUser(script: Script): ReadonlySet<string>;
}

export function createTemplates(): Templates {
  const bySource = new Map<string, Parsed>();
  const byScript = new Map<Script, ReadonlySet<string>>();
  const parsed = (source: string): Parsed => {
    let entry = bySource.get(source);
    if (entry === undefined) {
      const template = parseTemplate(source);
      entry = { template, fields: [...fieldNames(template)] };
      bySource.set(source, entry);
    }
    return entry;
  };
  return {
    parsed,
    toldByUser: (script) => {
      let told = byScript.get(script);
      if (told === undefined) {
        const sources = [...script.requests, ...(script.terse ?? []), ...(script.details ?? [])];
        const fields = new Set(sources.flatMap((source) => parsed(source).fields));
        for (const name of script.known ?? []) fields.delete(name);
        told = fields;
        byScript.set(script, told);
      }
      return told;
    },
  };
}

/** A script with one scene and one value per slot, the same throughout a conversation. */
export interface Voice {
  readonly script: Script;
  /** The text of a template. */
  say(source: string): string;
  /** Whether a template would only repeat what was said. */
  repeats(source: string): boolean;
  /** How many facts an answer takes for granted that neither the conversation nor the question before it names. */
  ungrounded(answer: string, question?: string): number;
}

export function createVoice(script: Script, templates: Templates, random: Random): Voice {
  const scene = pick(random, script.scenes);
  const toldByUser = templates.toldByUser(script);
  const said = new Map<string, string>();
  const lookup = (name: string): string => {
    let value = said.get(name);
    if (value === undefined) {
      const options = script.slots?.[name];
      value = scene[name] ?? (options === undefined ? undefined : pick(random, options));
      if (value === undefined) throw new ReferenceError(`no field "${name}" in this script`);
      said.set(name, value);
    }
    return value;
  };
  return {
    script,
    say: (source) => expandTemplate(templates.parsed(source).template, lookup, random),
    repeats: (source) => {
      const { fields } = templates.parsed(source);
      return fields.length > 0 && fields.every((name) => said.has(name));
    },
    ungrounded: (answer, question) => {
      const asked = question === undefined ? [] : templates.parsed(question).fields;
      let count = 0;
      for (const name of templates.parsed(answer).fields) {
        if (toldByUser.has(name) && !said.has(name) && !asked.includes(name)) count++;
      }
      return count;
    },
  };
}
