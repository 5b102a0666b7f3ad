import { PermanentError } from "../errors.ts";

/** "CWT1": the format below. */
const MAGIC = 0x31545743;
const HEADER_BYTES = 16;

/** A word: letters and digits; an apostrophe inside keeps a contraction in one piece. */
const WORD = /[\p{L}\p{N}]+(?:['’]\p{L}+)*/gu;

/** A vector per word, of which a text's vector is the sum. */
export interface WordTable {
  readonly dimensions: number;
  /** How many words it knows. */
  readonly size: number;
  /** A unit vector that depends on the text alone, bit by bit; zeros when no word is known. Linear in its length. */
  encode(text: string): Float32Array;
}

/** One word, lower case, and its vector: everything that weighs or shifts it is already applied. */
export interface WordRow {
  readonly word: string;
  readonly vector: ArrayLike<number>;
}

const damaged = (what: string): PermanentError =>
  new PermanentError(`the word table is damaged: ${what}`, { code: "word_table_damaged" });

/**
 * The file: four uint32 (magic, words, dimensions, bytes of the word list), a float32 scale a word, int8 numbers
 * (words x dimensions), the words in UTF-8 with a line feed between them; little-endian. A number is its int8 times its
 * word's scale. @throws RangeError when vectors differ in length or a number is not finite.
 */
export function serializeWordTable(rows: readonly WordRow[]): Uint8Array {
  const dimensions = rows[0]?.vector.length ?? 0;
  const names = new TextEncoder().encode(rows.map(({ word }) => word).join("\n"));
  const bytes = new Uint8Array(HEADER_BYTES + rows.length * (4 + dimensions) + names.length);
  const view = new DataView(bytes.buffer);
  [MAGIC, rows.length, dimensions, names.length].forEach((value, i) => view.setUint32(4 * i, value, true));
  rows.forEach(({ vector }, i) => {
    if (vector.length !== dimensions) throw new RangeError(`word ${i} has ${vector.length} numbers`);
    let largest = 0;
    for (let j = 0; j < dimensions; j++) largest = Math.max(largest, Math.abs(vector[j]!));
    if (!Number.isFinite(largest)) throw new RangeError(`word ${i} has a number that is not finite`);
    const scale = Math.fround(largest / 127);
    view.setFloat32(HEADER_BYTES + 4 * i, scale, true);
    const start = HEADER_BYTES + 4 * rows.length + i * dimensions;
    for (let j = 0; j < dimensions; j++) {
      view.setInt8(start + j, scale > 0 ? Math.max(-127, Math.min(127, Math.round(vector[j]! / scale))) : 0);
    }
  });
  bytes.set(names, HEADER_BYTES + rows.length * (4 + dimensions));
  return bytes;
}

/** Reads a table; keeps views of `bytes` where it can. @throws PermanentError `word_table_damaged`. */
export function parseWordTable(bytes: Uint8Array): WordTable {
  if (bytes.length < HEADER_BYTES) throw damaged("too short");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = [0, 1, 2, 3].map((i) => view.getUint32(4 * i, true));
  const [magic = 0, size = 0, dimensions = 0, nameBytes = 0] = header;
  if (magic !== MAGIC) throw damaged("not a word table");
  const numbers = HEADER_BYTES + 4 * size;
  const names = numbers + size * dimensions;
  if (bytes.length !== names + nameBytes) throw damaged("wrong length");
  const scales = Float32Array.from({ length: size }, (_, i) => view.getFloat32(HEADER_BYTES + 4 * i, true));
  if (!scales.every(Number.isFinite)) throw damaged("a scale is not finite");
  const values = new Int8Array(bytes.buffer, bytes.byteOffset + numbers, size * dimensions);
  const text = new TextDecoder().decode(bytes.subarray(names));
  const rowOf = new Map((size === 0 ? [] : text.split("\n")).map((word, i) => [word, i]));
  if (rowOf.size !== size) throw damaged("words are missing or repeated");
  // Double precision: the sum does not depend on the machine, and one addition's rounding is out of sight.
  const sum = new Float64Array(dimensions);

  function encode(input: string): Float32Array {
    sum.fill(0);
    for (const word of input.toLowerCase().match(WORD) ?? []) {
      const row = rowOf.get(withoutEnding(word));
      if (row === undefined) continue;
      const scale = scales[row]!;
      const start = row * dimensions;
      for (let j = 0; j < dimensions; j++) sum[j] = sum[j]! + scale * values[start + j]!;
    }
    let squared = 0;
    for (let j = 0; j < dimensions; j++) squared += sum[j]! * sum[j]!;
    const factor = squared > 0 ? 1 / Math.sqrt(squared) : 0;
    const vector = new Float32Array(dimensions);
    for (let j = 0; j < dimensions; j++) vector[j] = sum[j]! * factor;
    return vector;
  }

  return { dimensions, size, encode };
}

/** "phone's" is "phone"; "don't" and its like carry no subject and are no word of the table. */
function withoutEnding(word: string): string {
  const apostrophe = word.search(/['’]/);
  if (apostrophe < 0) return word;
  return word.endsWith("t", apostrophe + 2) && word.length === apostrophe + 2
    ? ""
    : word.slice(0, apostrophe);
}
