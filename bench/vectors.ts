import { seededRandom } from "../shared/domain/random.ts";
import type { Random } from "../shared/domain/random.ts";
import { normalizeRows } from "../shared/domain/vectors.ts";
import type { Matrix } from "../shared/domain/vectors.ts";

/** Made-up sentence vectors: topics that hold sub-topics, which hold rows; noise in some directions and a little in all. */
export interface Shape {
  readonly topics: number;
  readonly subtopics: (rows: number) => number;
  /** Lengths of what a row is made of. */
  readonly subtopic: number;
  readonly own: number;
  readonly noise: number;
  readonly spread: number;
  readonly offset: number;
}

/** Sub-topics far apart: of a row's 15 nearest nearly all share its own. */
export const EASY: Shape = {
  topics: 30,
  subtopics: (rows) => Math.max(24, Math.floor(rows / 60)),
  subtopic: 1,
  own: 0.7,
  noise: 0.8,
  spread: 0.45,
  offset: 0.6,
};
/** Sub-topics that overlap heavily: of a row's 15 nearest a fifth share its own. */
export const HARD: Shape = {
  topics: 30,
  subtopics: () => 333,
  subtopic: 0.55,
  own: 0.7,
  noise: 1.3,
  spread: 0.9,
  offset: 0.8,
};

/** Directions that the larger noise lies in. */
const NOISY = 96;

function normals(random: Random): () => number {
  let spare: number | null = null;
  return () => {
    if (spare !== null) {
      const held = spare;
      spare = null;
      return held;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    const angle = 2 * Math.PI * random();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}

export function madeUpVectors(rows: number, cols: number, shape: Shape, seed = 1): Matrix {
  const random = seededRandom(seed, "bench/vectors");
  const normal = normals(random);
  const direction = (length: number): Float32Array =>
    Float32Array.from({ length: cols }, () => (length * normal()) / Math.sqrt(cols));
  const topics = Array.from({ length: shape.topics }, () => direction(1));
  const subtopics = Array.from({ length: shape.subtopics(rows) }, () => {
    const topic = topics[Math.floor(random() ** 1.5 * topics.length)]!;
    const own = direction(shape.own);
    return own.map((value, j) => shape.subtopic * (value + topic[j]!));
  });
  const noisy = Array.from({ length: NOISY }, (_, i) =>
    direction(shape.noise / Math.sqrt(NOISY) / (1 + i) ** 0.2),
  );
  const offset = direction(shape.offset);
  const data = new Float32Array(rows * cols);
  for (let i = 0; i < rows; i++) {
    const row = data.subarray(i * cols, (i + 1) * cols);
    const base = subtopics[Math.floor(random() ** 1.3 * subtopics.length)]!;
    for (let j = 0; j < cols; j++)
      row[j] = base[j]! + offset[j]! + (shape.spread * normal()) / Math.sqrt(cols);
    for (const axis of noisy) {
      const by = normal();
      for (let j = 0; j < cols; j++) row[j] = row[j]! + by * axis[j]!;
    }
  }
  return normalizeRows({ rows, cols, data });
}
