/** A seeded source of uniform numbers in [0, 1). Same seed, same sequence, on every machine. */
export type Random = () => number;

/**
 * 32-bit FNV-1a of a string's UTF-16 code units: turns names ("cluster/restart/2") into seeds, so that
 * streams drawn for different purposes never share a sequence.
 */
export function hashString(text: string, basis = 0x811c9dc5): number {
  let hash = basis >>> 0;
  for (let i = 0; i < text.length; i++) {
    hash ^= text.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  return hash >>> 0;
}

/**
 * sfc32 (Chris Doty-Humphrey, PractRand), 128 bits of state, seeded from a number and a stream name.
 * @param seed the run's seed, any 32-bit integer.
 * @param stream what the numbers are for; streams of one seed are independent.
 */
export function seededRandom(seed: number, stream = ""): Random {
  let a = seed >>> 0;
  let b = hashString(stream);
  let c = hashString(stream, 0x9e3779b9);
  let counter = 1;
  const next = (): number => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 4294967296;
  };
  // Twelve rounds mix weak seeds (0, 1, 2) through the state; the generator's own recommendation.
  for (let i = 0; i < 12; i++) next();
  return next;
}

/** A uniform integer in [0, n). `n` must be at least 1. */
export function randomInt(random: Random, n: number): number {
  return Math.floor(random() * n);
}

/** Fisher-Yates in place; returns the same array. */
export function shuffle<T>(random: Random, items: T[]): T[] {
  for (let i = items.length - 1; i > 0; i--) {
    const j = randomInt(random, i + 1);
    const held = items[i] as T;
    items[i] = items[j] as T;
    items[j] = held;
  }
  return items;
}

/** `count` distinct indices of [0, n), ascending; all of them when count >= n. Selection sampling (Knuth 3.4.2 S). */
export function sampleIndices(random: Random, n: number, count: number): number[] {
  const chosen: number[] = [];
  for (let i = 0; i < n && chosen.length < count; i++) {
    if (random() * (n - i) < count - chosen.length) chosen.push(i);
  }
  return chosen;
}
