import * as fc from "fast-check";

/**
 * Runs of one property; CLIO_FUZZ_RUNS multiplies them (1 by default). Those of the parser (parse-line, json-scan,
 * validate) and of the splitter (lines) are 100,000 cases in all; `npm run test:fuzz` makes them a million.
 */
export function runs(usual: number): { numRuns: number } {
  return { numRuns: usual * Number(process.env["CLIO_FUZZ_RUNS"] ?? "1") };
}

const encoder = new TextEncoder();
export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** A valid row with the given fields replaced; undefined leaves one out. */
export function row(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    conversation_id: "c-1",
    user_id: "u-1",
    timestamp: "2026-09-18T16:09:00Z",
    messages: [
      { role: "user", content: "how long do eggs boil" },
      { role: "assistant", content: "Seven minutes." },
    ],
    ...changes,
  };
}

/** `bytes` in pieces that end at the given places; places out of range or out of order are fine. */
export async function* inChunks(bytes: Uint8Array, places: readonly number[]): AsyncGenerator<Uint8Array> {
  const cuts = [...new Set(places.filter((at) => at > 0 && at < bytes.length))].sort((a, b) => a - b);
  let from = 0;
  for (const to of [...cuts, bytes.length]) {
    // A copy that is wiped afterwards: a reader that keeps a view of a chunk it must copy would be caught.
    const chunk = bytes.slice(from, to);
    yield chunk;
    chunk.fill(0x21);
    from = to;
  }
}

const text = fc.string({ unit: "grapheme", maxLength: 12 });
const scalar = fc.oneof(
  text,
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
);
const timestamp = fc
  .date({ min: new Date("1970-01-01T00:00:00Z"), max: new Date("2099-12-31T23:59:59Z"), noInvalidDate: true })
  .map((date) => date.toISOString());
const visibleId = fc
  .string({ unit: fc.constantFrom("a", "b", "1", "-", "é", "日", " "), minLength: 1, maxLength: 6 })
  .map((id) => `${id}.`);

const anyMessage = fc.record(
  {
    role: fc.constantFrom("system", "developer", "user", "assistant", "tool"),
    content: text,
    name: text,
    timestamp,
  },
  { requiredKeys: ["role", "content"] },
);

/** Valid rows of the contract; ids repeat often. */
export const validRow = fc
  .record(
    {
      conversation_id: visibleId,
      user_id: visibleId,
      timestamp,
      messages: fc.array(anyMessage, { maxLength: 4 }),
      metadata: fc.dictionary(
        text.filter((key) => key !== "" && key !== "__proto__"),
        fc.oneof(scalar, fc.array(scalar, { maxLength: 3 })),
        { maxKeys: 3 },
      ),
      schema_version: fc.constant("1.0.0"),
    },
    { requiredKeys: ["conversation_id", "user_id", "messages"] },
  )
  .map((fields) => ({ ...fields, messages: [...fields.messages, { role: "user", content: "x" }] }));
