/**
 * What the words' vector counts beside the sentence's, both of length 1. Quality is flat from 0.3 to 0.5, never below
 * that of the sentence's alone, and falls from 0.7 on (bench/ENCODERS.md).
 */
export const WORD_WEIGHT = 0.5;

/**
 * The sentence's vector and, smaller, the words', one after the other, scaled to length 1: a cosine of such vectors is
 * the weighted mean of both cosines. Zeros when the sentence's is zero or not finite.
 * @param words length 1, or zeros when no word is known.
 */
export function joinVectors(
  sentence: Float32Array,
  words: Float32Array,
  weight: number = WORD_WEIGHT,
): Float32Array {
  const joined = new Float32Array(sentence.length + words.length);
  let squared = 0;
  for (const value of sentence) squared += value * value;
  if (!(squared > 0 && Number.isFinite(squared))) return joined;
  const share = words.some((value) => value !== 0) ? weight : 0;
  const whole = Math.sqrt(1 + share * share);
  const sentenceScale = 1 / (Math.sqrt(squared) * whole);
  for (let j = 0; j < sentence.length; j++) joined[j] = sentence[j]! * sentenceScale;
  for (let j = 0; j < words.length; j++) joined[sentence.length + j] = (words[j]! * share) / whole;
  return joined;
}
