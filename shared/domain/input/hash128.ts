/** 32-bit words of a hash. */
export const HASH_WORDS = 4;

function rotate(x: number, bits: number): number {
  return (x << bits) | (x >>> (32 - bits));
}

function finalMix(x: number): number {
  let h = x;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** Two UTF-16 code units as one little-endian word; 0 for those past the end. */
function word(text: string, at: number): number {
  const low = at < text.length ? text.charCodeAt(at) : 0;
  const high = at + 1 < text.length ? text.charCodeAt(at + 1) : 0;
  return low | (high << 16);
}

const C1 = 0x239b961b;
const C2 = 0xab0e9789;
const C3 = 0x38b34ae5;
const C4 = 0xa1e38b93;

/**
 * MurmurHash3 x86_128 (Austin Appleby, public domain), seed 0, of a text's UTF-16LE code units, into the first four
 * words of `out`. Same text, same hash, on every machine. Not keyed and not one-way: hashes of ids are as private as
 * the ids. Odds that any two of n different ids collide: n^2 / 2^129, which is 2e-21 for a billion ids.
 */
export function hash128(text: string, out: Uint32Array): void {
  const units = text.length;
  let h1 = 0;
  let h2 = 0;
  let h3 = 0;
  let h4 = 0;
  let at = 0;
  for (; at + 8 <= units; at += 8) {
    h1 ^= Math.imul(rotate(Math.imul(word(text, at), C1), 15), C2);
    h1 = (Math.imul((rotate(h1, 19) + h2) | 0, 5) + 0x561ccd1b) | 0;
    h2 ^= Math.imul(rotate(Math.imul(word(text, at + 2), C2), 16), C3);
    h2 = (Math.imul((rotate(h2, 17) + h3) | 0, 5) + 0x0bcaa747) | 0;
    h3 ^= Math.imul(rotate(Math.imul(word(text, at + 4), C3), 17), C4);
    h3 = (Math.imul((rotate(h3, 15) + h4) | 0, 5) + 0x96cd1c35) | 0;
    h4 ^= Math.imul(rotate(Math.imul(word(text, at + 6), C4), 18), C1);
    h4 = (Math.imul((rotate(h4, 13) + h1) | 0, 5) + 0x32ac3b17) | 0;
  }
  // Absent words are 0 and leave their lane as it is.
  h1 ^= Math.imul(rotate(Math.imul(word(text, at), C1), 15), C2);
  h2 ^= Math.imul(rotate(Math.imul(word(text, at + 2), C2), 16), C3);
  h3 ^= Math.imul(rotate(Math.imul(word(text, at + 4), C3), 17), C4);
  h4 ^= Math.imul(rotate(Math.imul(word(text, at + 6), C4), 18), C1);

  const bytes = 2 * units;
  h1 ^= bytes;
  h2 ^= bytes;
  h3 ^= bytes;
  h4 ^= bytes;
  h1 = (h1 + h2 + h3 + h4) | 0;
  h2 = (h2 + h1) | 0;
  h3 = (h3 + h1) | 0;
  h4 = (h4 + h1) | 0;
  h1 = finalMix(h1);
  h2 = finalMix(h2);
  h3 = finalMix(h3);
  h4 = finalMix(h4);
  h1 = (h1 + h2 + h3 + h4) | 0;
  out[0] = h1;
  out[1] = h2 + h1;
  out[2] = h3 + h1;
  out[3] = h4 + h1;
}
