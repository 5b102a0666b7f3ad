import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  NPY_DATA_OFFSET,
  decodeNpy,
  decodeNpyHeader,
  decodeNpyRows,
  encodeNpy,
  npyHeader,
  npyRowBytes,
  npyRowRange,
} from "../../shared/domain/npy.ts";
import { createMatrix, gatherRows, matrixFromRows } from "../../shared/domain/vectors.ts";
import { ErrorName } from "../../shared/errors.ts";

const notAnNpy: unknown = expect.objectContaining({ name: ErrorName.permanent, code: "npy_invalid" });

/** The format's own words (NumPy enhancement proposal 1), independent of the code under test. */
function file(header: string, version = 1, magic = "\x93NUMPY"): Uint8Array {
  const length = header.length;
  const head = `${magic}${String.fromCharCode(version, 0, length & 0xff, length >> 8)}${header}`;
  return Uint8Array.from(head, (char) => char.charCodeAt(0));
}

describe("npyHeader", () => {
  it("is what numpy.save writes for a 3 x 2 float32 array, byte for byte", () => {
    // 0x76 = 118 bytes follow the 10 of the preamble: the dictionary, spaces, a line feed.
    const golden =
      "934e554d5059" +
      "0100" +
      "7600" +
      "7b276465736372273a20273c6634272c2027666f727472616e5f6f72646572273a2046616c73652c20" +
      "277368617065273a2028332c2032292c207d" +
      "20".repeat(58) +
      "0a";
    expect(Buffer.from(npyHeader(3, 2)).toString("hex")).toBe(golden);
  });

  it("takes 128 bytes for every shape", () => {
    for (const [rows, cols] of [
      [0, 0],
      [1, 1],
      [100_000_000, 65_536],
    ] as const) {
      expect(npyHeader(rows, cols)).toHaveLength(NPY_DATA_OFFSET);
      expect(decodeNpyHeader(npyHeader(rows, cols))).toEqual({ rows, cols, dataOffset: NPY_DATA_OFFSET });
    }
  });
});

describe("a file", () => {
  it("decodes to what was encoded", () => {
    const shapes = fc.tuple(fc.nat(6), fc.nat(6));
    fc.assert(
      fc.property(shapes, fc.array(fc.float(), { minLength: 36, maxLength: 36 }), ([rows, cols], numbers) => {
        const matrix = createMatrix(rows, cols, Float32Array.from(numbers.slice(0, rows * cols)));
        expect(decodeNpy(encodeNpy(matrix))).toEqual(matrix);
      }),
    );
  });

  it("is the header followed by the rows, so that a writer can stream them", () => {
    const matrix = matrixFromRows([
      [1, 2],
      [3, 4],
    ]);
    const parts = [
      npyHeader(2, 2),
      npyRowBytes(matrix.data.subarray(0, 2)),
      npyRowBytes(matrix.data.subarray(2)),
    ];
    expect(Buffer.concat(parts).equals(encodeNpy(matrix))).toBe(true);
  });

  it("yields any range of rows to a ranged read", () => {
    const matrix = matrixFromRows([
      [1, 2, 3],
      [4, 5, 6],
      [7, 8, 9],
      [10, 11, 12],
    ]);
    const bytes = encodeNpy(matrix);
    const { offset, length } = npyRowRange(decodeNpyHeader(bytes), 1, 3);
    expect(offset).toBe(NPY_DATA_OFFSET + 12);
    const part = bytes.subarray(offset, offset + length);
    expect(decodeNpyRows(part, 2, 3)).toEqual(gatherRows(matrix, [1, 2]));
  });

  it("is read at an odd address too", () => {
    const matrix = matrixFromRows([[1.5, -2]]);
    const shifted = new Uint8Array(1 + NPY_DATA_OFFSET + 8);
    shifted.set(encodeNpy(matrix), 1);
    expect(decodeNpy(shifted.subarray(1))).toEqual(matrix);
  });

  it("is read from another writer's shorter header", () => {
    const head = file("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1), }\n");
    const bytes = new Uint8Array([...head, 0, 0, 128, 63]);
    expect([...decodeNpy(bytes).data]).toEqual([1]);
  });
});

describe("what is refused", () => {
  const good = "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1), }\n";
  it.each([
    ["other magic", file(good, 1, "\x93NUMPX")],
    ["version 2", file(good, 2)],
    ["float64", file(good.replace("<f4", "<f8"))],
    ["big-endian", file(good.replace("<f4", ">f4"))],
    ["Fortran order", file(good.replace("False", "True"))],
    ["one dimension", file(good.replace("(1, 1)", "(1,)"))],
    ["three dimensions", file(good.replace("(1, 1)", "(1, 1, 1)"))],
    ["a cut header", file(good).subarray(0, 40)],
    ["nothing", new Uint8Array(0)],
    ["no numbers", file(good)],
    ["too many numbers", new Uint8Array([...file(good), 0, 0, 0, 0, 0, 0, 0, 0])],
  ])("%s", (_, bytes) => {
    expect(() => decodeNpy(bytes)).toThrow(notAnNpy);
  });
});
