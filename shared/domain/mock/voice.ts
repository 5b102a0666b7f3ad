import type { Random } from "../random.ts";
import { pick } from "./pick.ts";
import type { Exchange, Script } from "./script.ts";
import type { Template } from "./template.ts";
import { expandTemplate, fieldNames, parseTemplate } from "./template.ts";

/** A parsed template. */
export interface Line {
  readonly template: Template;
  readonly fields: readonly string[];
  /** Those of its fields that only the user can name. */
  readonly needs: readonly string[];
}

export interface Turn {
  readonly question: Line;
  readonly answer: Line;
}

/** A script with all templates parsed: a corpus uses each one thousands of times. */
export interface ParsedScript {
  readonly scenes: Script["scenes"];
  readonly slots: NonNullable<Script["slots"]>;
  readonly requests: readonly Line[];
  readonly terse: readonly Line[];
  readonly details: readonly Line[];
  readonly pastes: readonly Line[];
  readonly replies: readonly Line[];
  readonly tips: readonly Line[];
  readonly followUps: readonly Turn[];
  readonly slips: readonly Turn[];
  readonly tool: { readonly name: string; readonly content: Line } | undefined;
}

/** Parses each script once. */
export type ScriptParser = (script: Script) => ParsedScript;

export function createScriptParser(): ScriptParser {
  const known = new Map<Script, ParsedScript>();
  return (script) => {
    let parsed = known.get(script);
    if (parsed === undefined) {
      parsed = parseScript(script);
      known.set(script, parsed);
    }
    return parsed;
  };
}

export function parseLine(source: string, toldByUser?: ReadonlySet<string>): Line {
  const template = parseTemplate(source);
  const fields = [...fieldNames(template)];
  return { template, fields, needs: fields.filter((name) => toldByUser?.has(name) === true) };
}

function parseScript(script: Script): ParsedScript {
  const sources = [...script.requests, ...(script.terse ?? []), ...(script.details ?? [])];
  const toldByUser = new Set(sources.flatMap((source) => parseLine(source).fields));
  for (const name of script.known ?? []) toldByUser.delete(name);
  const line = (source: string): Line => parseLine(source, toldByUser);
  const turn = ([question, answer]: Exchange): Turn => ({ question: line(question), answer: line(answer) });
  return {
    scenes: script.scenes,
    slots: script.slots ?? {},
    requests: script.requests.map(line),
    terse: (script.terse ?? []).map(line),
    details: (script.details ?? []).map(line),
    pastes: (script.pastes ?? []).map(line),
    replies: script.replies.map(line),
    tips: (script.tips ?? []).map(line),
    followUps: script.followUps.map(turn),
    slips: (script.slips ?? []).map(turn),
    tool: script.tool && { name: script.tool.name, content: line(script.tool.content) },
  };
}

/** A script with one scene and one value per slot, the same throughout a conversation. */
export interface Voice {
  readonly script: ParsedScript;
  say(line: Line): string;
  /** Whether a line would only repeat what was said. */
  repeats(line: Line): boolean;
  /** How many facts an answer takes for granted that neither the conversation nor the question before it names. */
  ungrounded(answer: Line, question?: Line): number;
}

/** Throws ReferenceError when a line asks for a field that the script does not have, which is a bug of the script. */
export function createVoice(script: ParsedScript, random: Random): Voice {
  const scene = pick(random, script.scenes);
  const said = new Map<string, string>();
  const lookup = (name: string): string => {
    let value = said.get(name);
    if (value === undefined) {
      const options = script.slots[name];
      value = scene[name] ?? (options === undefined ? undefined : pick(random, options));
      if (value === undefined) throw new ReferenceError(`no field "${name}" in this script`);
      said.set(name, value);
    }
    return value;
  };
  return {
    script,
    say: (line) => expandTemplate(line.template, lookup, random),
    repeats: (line) => line.fields.length > 0 && line.fields.every((name) => said.has(name)),
    ungrounded: (answer, question) => {
      let count = 0;
      for (const name of answer.needs) {
        if (!said.has(name) && question?.fields.includes(name) !== true) count++;
      }
      return count;
    },
  };
}
