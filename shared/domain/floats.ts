/** Float32 values as base64 of their little-endian bytes: four thirds of their size, where JSON numbers take five times it. */
export function encodeFloats(values: Float32Array): string {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString("base64");
}

export function decodeFloats(text: string): Float32Array {
  const bytes = Buffer.from(text, "base64");
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}

/*
 * Numbers as they lie in memory: little-endian on every platform of Node that this product runs on.
 */

/** A view of the same memory. */
export const bytesOf = ({ buffer, byteOffset, byteLength }: Int32Array | Float32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

const copied = (bytes: Uint8Array): ArrayBuffer =>
  bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;

export const asInts = (bytes: Uint8Array): Int32Array => new Int32Array(copied(bytes));
export const asFloats = (bytes: Uint8Array): Float32Array => new Float32Array(copied(bytes));
