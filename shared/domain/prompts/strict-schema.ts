import * as z from "zod";

/** A node of the subset: what every strict mode in reach compiles (OpenAI, Azure, vLLM, llama.cpp, Ollama). */
export type StrictSchema =
  | {
      readonly type: "string" | "number" | "integer" | "boolean";
      readonly enum?: readonly (string | number)[];
    }
  | { readonly type: "null" }
  | { readonly type: "array"; readonly items: StrictSchema }
  | {
      readonly type: "object";
      readonly properties: Readonly<Record<string, StrictSchema>>;
      readonly required: readonly string[];
      readonly additionalProperties: false;
    }
  | { readonly anyOf: readonly StrictSchema[] };

/** What zod writes of the shapes that prompts use. */
const type = z.enum(["string", "number", "integer", "boolean", "null", "array", "object"]);
const node = z.object({
  type: z.union([type, z.array(type)]).optional(),
  enum: z.array(z.union([z.string(), z.number()])).optional(),
  const: z.union([z.string(), z.number()]).optional(),
  items: z.unknown().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  anyOf: z.array(z.unknown()).optional(),
});

/**
 * The JSON schema of a wire schema, for strict structured outputs: an object at the root, every property required, none
 * beside them, null as one of a union. It allows what the wire schema allows and more: lengths, patterns, formats, bounds
 * of numbers and sizes of lists are left out, because OpenAI knows some of them today, Azure and fine-tuned models none,
 * and an unknown keyword fails the call. They are checked when the answer is read. Small ranges are enums instead, which
 * all of them know.
 * @throws RangeError for a shape outside the subset: a record, a tuple, an intersection, a root that is no object.
 */
export function strictSchema(wire: z.ZodObject): StrictSchema {
  let schema = made.get(wire);
  if (schema === undefined) made.set(wire, (schema = strict(z.toJSONSchema(wire, { io: "input" }))));
  return schema;
}

/** Most prompts want the same of every input, and are asked thousands of times. */
const made = new WeakMap<z.ZodObject, StrictSchema>();

function strict(from: unknown): StrictSchema {
  const found = node.parse(from);
  const { type: kind, enum: values, const: only, items, properties, anyOf } = found;
  if (anyOf !== undefined) return { anyOf: anyOf.map(strict) };
  if (Array.isArray(kind)) return { anyOf: kind.map((one) => strict({ ...found, type: one })) };
  switch (kind) {
    case "null":
      return { type: kind };
    case "array":
      if (items === undefined) throw new RangeError("a list without a kind of items");
      return { type: kind, items: strict(items) };
    case "object": {
      if (properties === undefined) throw new RangeError("an object without fixed keys");
      const entries = Object.entries(properties);
      return {
        type: kind,
        properties: Object.fromEntries(entries.map(([key, value]) => [key, strict(value)])),
        required: entries.map(([key]) => key),
        additionalProperties: false,
      };
    }
    case "string":
    case "number":
    case "integer":
    case "boolean": {
      const allowed = only === undefined ? values : [only];
      return allowed === undefined ? { type: kind } : { type: kind, enum: allowed };
    }
    case undefined:
      throw new RangeError("a schema without a type");
  }
}
