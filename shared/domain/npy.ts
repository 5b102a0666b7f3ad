import { PermanentError } from "../errors.ts";
import type { Matrix } from "./vectors.ts";
import { createMatrix } from "./vectors.ts";

/*
 * The .npy format, version 1.0 (NumPy enhancement proposal 1), for two-dimensional little-endian float32 in C order.
 * All platforms of Node this product runs on are little-endian, so float32 memory is written as it lies.
 */

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]; // \x93NUMPY
const PREAMBLE = MAGIC.length + 4; // two bytes of version, two of header length
const FLOAT_BYTES = 4;

/**
 * Bytes before the first number in every file `npyHeader` begins: NumPy pads the header to a multiple of 64, and
 * for two dimensions it always lies between 64 and 128.
 */
export const NPY_DATA_OFFSET = 128;

/** The 128 bytes before the numbers of a rows x cols file, byte for byte what NumPy writes. */
export function npyHeader(rows: number, cols: number): Uint8Array {
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': (${rows}, ${cols}), }`;
  const padded = `${text.padEnd(NPY_DATA_OFFSET - PREAMBLE - 1)}\n`;
  const header = new Uint8Array(NPY_DATA_OFFSET);
  header.set(MAGIC);
  header.set([1, 0, padded.length & 0xff, padded.length >> 8], MAGIC.length);
  header.set(new TextEncoder().encode(padded), PREAMBLE);
  return header;
}

/** The bytes of a vector or a block of rows, as they follow the header; a view of the same memory. */
export function npyRowBytes(data: Float32Array): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/** A whole file. */
export function encodeNpy(matrix: Matrix): Uint8Array {
  const file = new Uint8Array(NPY_DATA_OFFSET + matrix.data.byteLength);
  file.set(npyHeader(matrix.rows, matrix.cols));
  file.set(npyRowBytes(matrix.data), NPY_DATA_OFFSET);
  return file;
}

export interface NpyShape {
  rows: number;
  cols: number;
  /** Bytes before the first number. */
  dataOffset: number;
}

/**
 * Reads the header at the start of `bytes`, of any two-dimensional float32 file of version 1.0.
 * @throws PermanentError when it is not one.
 */
export function decodeNpyHeader(bytes: Uint8Array): NpyShape {
  if (bytes.length < PREAMBLE || MAGIC.some((byte, i) => bytes[i] !== byte))
    throw invalid("magic bytes missing");
  if (bytes[6] !== 1 || bytes[7] !== 0) throw invalid("only version 1.0 is read");
  const dataOffset = PREAMBLE + bytes[8]! + (bytes[9]! << 8);
  if (bytes.length < dataOffset) throw invalid("header cut short");
  const header = new TextDecoder("latin1").decode(bytes.subarray(PREAMBLE, dataOffset));
  if (!/'descr':\s*'<f4'/.test(header)) throw invalid("numbers are not little-endian float32");
  if (!/'fortran_order':\s*False/.test(header)) throw invalid("numbers are not in C order");
  const shape = /'shape':\s*\((\d+),\s*(\d+),?\s*\)/.exec(header);
  if (!shape) throw invalid("shape is not two-dimensional");
  return { rows: Number(shape[1]), cols: Number(shape[2]), dataOffset };
}

/**
 * A whole file. The matrix is a view of `bytes` where alignment allows, else a copy.
 * @throws PermanentError when it is no such file or its length does not match its shape.
 */
export function decodeNpy(bytes: Uint8Array): Matrix {
  const { rows, cols, dataOffset } = decodeNpyHeader(bytes);
  return decodeNpyRows(bytes.subarray(dataOffset), rows, cols);
}

/** Where rows `start` (included) to `end` (excluded) lie in the file: for a ranged read. */
export function npyRowRange(shape: NpyShape, start: number, end: number): { offset: number; length: number } {
  const rowBytes = shape.cols * FLOAT_BYTES;
  return { offset: shape.dataOffset + start * rowBytes, length: (end - start) * rowBytes };
}

/**
 * Rows from the bytes of a ranged read, a view where alignment allows.
 * @throws PermanentError when there are not exactly rows x cols numbers.
 */
export function decodeNpyRows(bytes: Uint8Array, rows: number, cols: number): Matrix {
  if (bytes.length !== rows * cols * FLOAT_BYTES) {
    throw invalid(`${rows} x ${cols} numbers need ${rows * cols * FLOAT_BYTES} bytes, got ${bytes.length}`);
  }
  const aligned = bytes.byteOffset % FLOAT_BYTES === 0 ? bytes : bytes.slice();
  return createMatrix(rows, cols, new Float32Array(aligned.buffer, aligned.byteOffset, rows * cols));
}

function invalid(reason: string): PermanentError {
  return new PermanentError(`not a readable .npy file: ${reason}`, { code: "npy_invalid" });
}
