// AssemblyScript: compiled to WebAssembly by scripts/build-kernel.ts, which writes dots-wasm.ts beside this.

/**
 * Products of int16 vectors: out[i * count + j] = row rows[i] of `left` . row j of `right`, as int32.
 *
 * Tiles of 4 x 2 keep eight accumulators of four lanes and six operands in registers; larger ones spill them. A lane adds two products
 * a step, and no sum overflows where vectors are at most 32,000 long: |a . b| <= |a| |b| for the lane's part as well.
 *
 * @param rows n row numbers, int32; n a multiple of 4.
 * @param left,right first bytes of the vectors, row after row.
 * @param count rows of `right`, a multiple of 2.
 * @param bytes of a row, a multiple of 16.
 */
export function dots(rows: usize, n: i32, left: usize, right: usize, count: i32, bytes: i32, out: usize): void {
  for (let j = 0; j < count; j += 2) {
    const y0 = right + <usize>(j * bytes);
    const y1 = y0 + <usize>bytes;
    for (let i = 0; i < n; i += 4) {
      const at = rows + (<usize>i << 2);
      const x0 = left + <usize>load<u32>(at) * <usize>bytes;
      const x1 = left + <usize>load<u32>(at, 4) * <usize>bytes;
      const x2 = left + <usize>load<u32>(at, 8) * <usize>bytes;
      const x3 = left + <usize>load<u32>(at, 12) * <usize>bytes;
      let s00 = i32x4.splat(0);
      let s01 = i32x4.splat(0);
      let s10 = i32x4.splat(0);
      let s11 = i32x4.splat(0);
      let s20 = i32x4.splat(0);
      let s21 = i32x4.splat(0);
      let s30 = i32x4.splat(0);
      let s31 = i32x4.splat(0);
      for (let h: usize = 0; h < <usize>bytes; h += 16) {
        const b0 = v128.load(y0 + h);
        const b1 = v128.load(y1 + h);
        let a = v128.load(x0 + h);
        s00 = i32x4.add(s00, i32x4.dot_i16x8_s(a, b0));
        s01 = i32x4.add(s01, i32x4.dot_i16x8_s(a, b1));
        a = v128.load(x1 + h);
        s10 = i32x4.add(s10, i32x4.dot_i16x8_s(a, b0));
        s11 = i32x4.add(s11, i32x4.dot_i16x8_s(a, b1));
        a = v128.load(x2 + h);
        s20 = i32x4.add(s20, i32x4.dot_i16x8_s(a, b0));
        s21 = i32x4.add(s21, i32x4.dot_i16x8_s(a, b1));
        a = v128.load(x3 + h);
        s30 = i32x4.add(s30, i32x4.dot_i16x8_s(a, b0));
        s31 = i32x4.add(s31, i32x4.dot_i16x8_s(a, b1));
      }
      let to = out + (<usize>(i * count + j) << 2);
      const step = <usize>count << 2;
      store<i32>(to, sum(s00));
      store<i32>(to, sum(s01), 4);
      to += step;
      store<i32>(to, sum(s10));
      store<i32>(to, sum(s11), 4);
      to += step;
      store<i32>(to, sum(s20));
      store<i32>(to, sum(s21), 4);
      to += step;
      store<i32>(to, sum(s30));
      store<i32>(to, sum(s31), 4);
    }
  }
}

/** out[i] = row rows[i] of `left` . row others[i] of `right`, for n pairs. */
export function pairs(rows: usize, others: usize, n: i32, left: usize, right: usize, bytes: i32, out: usize): void {
  for (let i = 0; i < n; i++) {
    const at = <usize>i << 2;
    const x = left + <usize>load<u32>(rows + at) * <usize>bytes;
    const y = right + <usize>load<u32>(others + at) * <usize>bytes;
    let s = i32x4.splat(0);
    for (let h: usize = 0; h < <usize>bytes; h += 16)
      s = i32x4.add(s, i32x4.dot_i16x8_s(v128.load(x + h), v128.load(y + h)));
    store<i32>(out + at, sum(s));
  }
}

/** Adds a row to sums of float64, or takes it away: whole numbers, so exact in whatever order. */
export function addRow(row: usize, cols: i32, sums: usize, sign: f64): void {
  const factor = f64x2.splat(sign);
  for (let h = 0; h < cols; h += 4) {
    const lanes = i32x4.extend_low_i16x8_s(v128.load64_zero(row + (<usize>h << 1)));
    const at = sums + (<usize>h << 3);
    v128.store(at, f64x2.add(v128.load(at), f64x2.mul(f64x2.convert_low_i32x4_s(lanes), factor)));
    const high = i8x16.shuffle(lanes, lanes, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15);
    v128.store(at, f64x2.add(v128.load(at, 16), f64x2.mul(f64x2.convert_low_i32x4_s(high), factor)), 16);
  }
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function sum(lanes: v128): i32 {
  return (
    i32x4.extract_lane(lanes, 0) +
    i32x4.extract_lane(lanes, 1) +
    i32x4.extract_lane(lanes, 2) +
    i32x4.extract_lane(lanes, 3)
  );
}
