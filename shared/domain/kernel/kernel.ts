import { alone, pieceRange, piecesFor, sharedFloats } from "../team.ts";
import type { NamedStep, Team } from "../team.ts";
import type { Matrix } from "../vectors.ts";
import { DOTS_WASM } from "./dots-wasm.ts";

/*
 * Products of unit vectors as the processor does them fastest that JavaScript can reach: int16 components, eight at a time, summed as
 * int32 (WebAssembly SIMD). About fifteen times what float64 in plain JavaScript does, in half the memory of float32.
 *
 * A unit vector is scaled to 32,000: a component is off by at most half a unit, so a cosine by about 1e-5. Sums are whole
 * numbers and exact: they depend on no order, no blocking and no number of threads. Rows with the same numbers have cosine 1.
 */

/** Length of a quantised unit vector: products of two stay below 2^31, those of parts of them too (Cauchy-Schwarz). */
export const UNIT_LENGTH = 32_000;
const PAGE = 65_536;
/** Components of a step of the kernel. */
const LANES = 8;
/** Row numbers, and products, of one call: 1 KiB and 128 KiB, beside rows that fill a second-level cache. */
const MOST_ROWS = 256;
const MOST_PRODUCTS = 32_768;
/** Of a thread's scratch: row numbers, numbers of other rows, products. */
const OTHERS_AT = MOST_ROWS * 4;
const OUT_AT = OTHERS_AT + MOST_ROWS * 4;
const SCRATCH_BYTES = OUT_AT + MOST_PRODUCTS * 4;

interface Exports {
  dots(rows: number, n: number, left: number, right: number, count: number, bytes: number, out: number): void;
  pairs(
    rows: number,
    others: number,
    n: number,
    left: number,
    right: number,
    bytes: number,
    out: number,
  ): void;
  addRow(row: number, cols: number, sums: number, sign: number): void;
}

/** One memory with vectors of one width, which threads share. Plain data: it may be sent to a thread. */
export interface Kernel {
  readonly cols: number;
  /** Bytes of a row. */
  readonly stride: number;
  /** Views of it made before it grows do not reach what it grows by. */
  readonly memory: WebAssembly.Memory;
  /** First byte of the row numbers and products of the thread that uses it. */
  readonly scratch: number;
  /** First byte that is free; moved by the one thread that allocates. */
  readonly heap: { free: number };
}

/** Unit vectors, or zeros, as int16 in a kernel's memory. */
export interface Quantised {
  readonly kernel: Kernel;
  readonly rows: number;
  readonly at: number;
  /** 1 / length of each row; 0 of a zero row. */
  readonly inverse: Float64Array;
}

let compiled: WebAssembly.Module | undefined;
const instances = new WeakMap<WebAssembly.Memory, Exports>();

/** What multiplies in a memory, of this thread. */
function exportsOf({ memory }: Kernel): Exports {
  let found = instances.get(memory);
  if (found === undefined) {
    compiled ??= new WebAssembly.Module(Uint8Array.from(atob(DOTS_WASM), (letter) => letter.charCodeAt(0)));
    found = new WebAssembly.Instance(compiled, { env: { memory } }).exports as unknown as Exports;
    instances.set(memory, found);
  }
  return found;
}

/** A kernel for vectors of so many components. @param threads that will use it. */
export function createKernel(cols: number, threads = 1): Kernel {
  const free = threads * SCRATCH_BYTES;
  return {
    cols,
    stride: Math.max(1, Math.ceil(cols / LANES)) * LANES * 2,
    memory: new WebAssembly.Memory({ initial: Math.ceil(free / PAGE), maximum: PAGE, shared: true }),
    scratch: 0,
    heap: { free },
  };
}

/** First byte of as many new ones, all zero. */
function allocate({ memory, heap }: Kernel, bytes: number): number {
  const at = Math.ceil(heap.free / 16) * 16;
  heap.free = at + bytes;
  const missing = heap.free - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
  return at;
}

/** The same rows for the thread of that number, which has its own room for products. */
export function onThread(rows: Quantised, thread: number): Quantised {
  return { ...rows, kernel: { ...rows.kernel, scratch: thread * SCRATCH_BYTES } };
}

/** The rows from number `first` on, as rows 0, 1, 2 ... */
export function rowsFrom(rows: Quantised, first: number): Quantised {
  const { kernel, at, inverse } = rows;
  return {
    kernel,
    rows: rows.rows - first,
    at: at + first * kernel.stride,
    inverse: inverse.subarray(first),
  };
}

/** Room for so many rows, zero at first. */
export function allocateRows(kernel: Kernel, rows: number): Quantised {
  // The kernel takes the right side two rows at a time.
  const at = allocate(kernel, (rows + 1) * kernel.stride);
  return { kernel, rows, at, inverse: sharedFloats(rows + 1) };
}

/** Makes every row zero again. */
export function clearRows({ kernel, rows, at, inverse }: Quantised): void {
  new Uint8Array(kernel.memory.buffer, at, rows * kernel.stride).fill(0);
  inverse.fill(0);
}

/** A view of a row's components; ends when the memory grows. */
export function quantisedRow({ kernel, at }: Quantised, i: number): Int16Array {
  return new Int16Array(kernel.memory.buffer, at + i * kernel.stride, kernel.cols);
}

/** Sets a row to the direction of a vector that is not zero, or to zero. @param length of the vector. */
export function setRow(to: Quantised, i: number, vector: ArrayLike<number>, length: number): void {
  const components = quantisedRow(to, i);
  const scale = length > 0 ? UNIT_LENGTH / length : 0;
  let squared = 0;
  for (let h = 0; h < components.length; h++) {
    const scaled = vector[h]! * scale;
    // Rounds half away from zero, as plain integer arithmetic does it: several times as fast as Math.round.
    const value = (scaled + (scaled < 0 ? -0.5 : 0.5)) | 0;
    components[h] = value;
    squared += value * value;
  }
  to.inverse[i] = squared > 0 ? 1 / Math.sqrt(squared) : 0;
}

interface Quantising {
  readonly result: Quantised;
  readonly data: Float32Array;
  /** Which row of the matrix each is; null where they are in their own order. */
  readonly order: Int32Array | null;
  readonly pieces: number;
}

export const quantiseStep: NamedStep<Quantising> = {
  name: "kernel/quantise",
  run({ result, data, order, pieces }, thread) {
    const { cols } = result.kernel;
    for (let piece = thread.next(); piece >= 0; piece = thread.next()) {
      const { from, to } = pieceRange(result.rows, pieces, piece);
      for (let i = from; i < to; i++) {
        const at = (order === null ? i : order[i]!) * cols;
        setRow(result, i, data.subarray(at, at + cols), 1);
      }
    }
  },
};

/**
 * The unit or zero rows of a matrix in a kernel's memory; on all threads where these see the matrix.
 * @param order which rows, in shared memory; all in their own order when left out.
 */
export function quantise(
  kernel: Kernel,
  { rows, data }: Matrix,
  team: Team = alone,
  order: Int32Array | null = null,
): Quantised {
  const result = allocateRows(kernel, order?.length ?? rows);
  const seen = data.buffer instanceof SharedArrayBuffer ? team : alone;
  const pieces = piecesFor(seen, result.rows);
  seen.run(quantiseStep, { result, data, order, pieces }, pieces);
  return result;
}

/** Copies rows into the first places of another of the same kernel. */
export function gatherInto(from: Quantised, indices: ArrayLike<number>, to: Quantised): void {
  const { memory, stride } = from.kernel;
  const bytes = new Uint8Array(memory.buffer);
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i]!;
    bytes.copyWithin(to.at + i * stride, from.at + index * stride, from.at + (index + 1) * stride);
    to.inverse[i] = from.inverse[index]!;
  }
}

/**
 * Cosines: `out[i * count + j] = a[rows[i]] . b[first + j]` for every i in `rows` and j below `count`. Of a zero row 0.
 * @param a,b of one kernel.
 */
export function cosines(
  a: Quantised,
  rows: Int32Array,
  b: Quantised,
  first: number,
  count: number,
  out: Float64Array,
): void {
  const { memory, stride, scratch } = a.kernel;
  const run = exportsOf(a.kernel);
  const numbers = new Int32Array(memory.buffer, scratch, MOST_ROWS);
  const products = new Int32Array(memory.buffer, scratch + OUT_AT, MOST_PRODUCTS);
  const widest = MOST_PRODUCTS / 4;
  for (let j0 = 0; j0 < count; j0 += widest) {
    const columns = Math.min(widest, count - j0);
    const even = columns + (columns & 1);
    const step = Math.min(MOST_ROWS, Math.floor(MOST_PRODUCTS / even) & ~3);
    for (let i0 = 0; i0 < rows.length; i0 += step) {
      const n = Math.min(step, rows.length - i0);
      const padded = (n + 3) & ~3;
      for (let i = 0; i < padded; i++) numbers[i] = rows[i0 + Math.min(i, n - 1)]!;
      run.dots(scratch, padded, a.at, b.at + (first + j0) * stride, even, stride, scratch + OUT_AT);
      for (let i = 0; i < n; i++) {
        const scale = a.inverse[rows[i0 + i]!]!;
        const to = (i0 + i) * count + j0;
        const from = i * even;
        for (let j = 0; j < columns; j++)
          // The same bits whichever side a row is on.
          out[to + j] = products[from + j]! * (scale * b.inverse[first + j0 + j]!);
      }
    }
  }
}

/** Cosines of pairs: `out[i] = a[rows[i]] . b[others[i]]`. */
export function pairCosines(
  a: Quantised,
  rows: ArrayLike<number>,
  b: Quantised,
  others: ArrayLike<number>,
  out: Float64Array,
): void {
  const { memory, stride, scratch } = a.kernel;
  const run = exportsOf(a.kernel);
  const left = new Int32Array(memory.buffer, scratch, MOST_ROWS);
  const right = new Int32Array(memory.buffer, scratch + OTHERS_AT, MOST_ROWS);
  const products = new Int32Array(memory.buffer, scratch + OUT_AT, MOST_ROWS);
  for (let i0 = 0; i0 < rows.length; i0 += MOST_ROWS) {
    const n = Math.min(MOST_ROWS, rows.length - i0);
    for (let i = 0; i < n; i++) {
      left[i] = rows[i0 + i]!;
      right[i] = others[i0 + i]!;
    }
    run.pairs(scratch, scratch + OTHERS_AT, n, a.at, b.at, stride, scratch + OUT_AT);
    for (let i = 0; i < n; i++)
      out[i0 + i] = products[i]! * (a.inverse[rows[i0 + i]!]! * b.inverse[others[i0 + i]!]!);
  }
}

/** Sums of rows, one for each cluster; whole numbers, exact. */
export interface RowSums {
  readonly kernel: Kernel;
  readonly at: number;
  readonly clusters: number;
}

export function createRowSums(kernel: Kernel, clusters: number): RowSums {
  return { kernel, clusters, at: allocate(kernel, clusters * kernel.stride * 4) };
}

export function clearSums({ kernel, at, clusters }: RowSums): void {
  new Float64Array(kernel.memory.buffer, at, (clusters * kernel.stride) / 2).fill(0);
}

/** Adds a row to a cluster's sum, or takes it away. */
export function addToSum(sums: RowSums, cluster: number, rows: Quantised, i: number, sign: 1 | -1): void {
  const { stride } = sums.kernel;
  exportsOf(sums.kernel).addRow(rows.at + i * stride, stride / 2, sums.at + cluster * stride * 4, sign);
}

/** A view of a cluster's sum; ends when the memory grows. */
export function sumOf({ kernel, at }: RowSums, cluster: number): Float64Array {
  return new Float64Array(kernel.memory.buffer, at + cluster * kernel.stride * 4, kernel.cols);
}
