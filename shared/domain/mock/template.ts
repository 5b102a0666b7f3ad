import type { Random } from "../random.ts";
import { randomInt } from "../random.ts";

/**
 * Template grammar: literal text; `{name}` the value of a field; `{^name}` the value with a capital first letter;
 * `{~name}` the value said back to its speaker ("my car" becomes "your car"; English); `{^~name}` both;
 * `{a|b|c}` one of the alternatives (which may hold fields and further alternatives; one may be empty).
 */
export type TemplateNode =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "field"; readonly name: string; readonly capital: boolean; readonly addressed: boolean }
  | { readonly kind: "choice"; readonly options: readonly Template[] };
export type Template = readonly TemplateNode[];

/** Parses a template. Throws on unbalanced braces or an ill-formed field name, which are bugs of a script. */
export function parseTemplate(source: string): Template {
  const [options, end] = parseOptions(source, 0, false);
  if (end !== source.length) throw new SyntaxError(`unbalanced "}" at ${end} of template: ${source}`);
  return options[0] ?? [];
}

function parseOptions(source: string, start: number, nested: boolean): [Template[], number] {
  const options: Template[] = [];
  let nodes: TemplateNode[] = [];
  let text = "";
  const flush = (): void => {
    if (text !== "") nodes.push({ kind: "text", text });
    text = "";
  };
  let at = start;
  for (; at < source.length; at++) {
    const char = source[at] as string;
    if (char === "}") break;
    if (char === "|" && nested) {
      flush();
      options.push(nodes);
      nodes = [];
    } else if (char === "{") {
      flush();
      const [inner, end] = parseOptions(source, at + 1, true);
      if (source[end] !== "}") throw new SyntaxError(`unclosed "{" at ${at} of template: ${source}`);
      nodes.push(
        inner.length === 1 ? fieldNode(source.slice(at + 1, end)) : { kind: "choice", options: inner },
      );
      at = end;
    } else {
      text += char;
    }
  }
  flush();
  options.push(nodes);
  return [options, at];
}

function fieldNode(body: string): TemplateNode {
  const [, marks = "", name = ""] = /^(\^?~?)(.*)$/.exec(body) ?? [];
  const [capital, addressed] = [marks.includes("^"), marks.includes("~")];
  if (!/^[a-z][a-zA-Z0-9_]*$/.test(name)) throw new SyntaxError(`not a field name: {${body}}`);
  return { kind: "field", name, capital, addressed };
}

/** The names of all fields that a template can ask for. */
export function fieldNames(template: Template): Set<string> {
  const names = new Set<string>();
  for (const node of template) {
    if (node.kind === "field") names.add(node.name);
    if (node.kind === "choice")
      for (const option of node.options) for (const name of fieldNames(option)) names.add(name);
  }
  return names;
}

/** Values of fields by name; asked once per occurrence. */
export type Lookup = (name: string) => string;

/** The text of a template for these values; draws one number per choice. */
export function expandTemplate(template: Template, lookup: Lookup, random: Random): string {
  let text = "";
  for (const node of template) {
    if (node.kind === "text") text += node.text;
    else if (node.kind === "field") {
      const value = node.addressed ? addressSpeaker(lookup(node.name)) : lookup(node.name);
      text += node.capital ? capitalise(value) : value;
    } else {
      const option = node.options[randomInt(random, node.options.length)];
      if (option !== undefined) text += expandTemplate(option, lookup, random);
    }
  }
  return text;
}

const SECOND_PERSON: Readonly<Record<string, string>> = {
  I: "you",
  "I'm": "you're",
  "I've": "you've",
  "I'd": "you'd",
  "I was": "you were",
  am: "are",
  me: "you",
  my: "your",
  My: "Your",
  myself: "yourself",
  we: "you",
  "we're": "you're",
  our: "your",
  us: "you",
};
const FIRST_PERSON = /(?<![\p{L}'])(?:I was|I'm|I've|I'd|I|am|myself|my|My|me|we're|we|our|us)(?![\p{L}'])/gu;

/** English in the first person turned to the second: "I'm tired of my job" becomes "you're tired of your job". */
export function addressSpeaker(text: string): string {
  return text.replace(FIRST_PERSON, (word) => SECOND_PERSON[word] ?? word);
}

export function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
