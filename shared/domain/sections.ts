/** Several byte strings as one: their number and lengths as little-endian uint32, then their bytes. */
export function packSections(sections: readonly Uint8Array[]): Uint8Array {
  const head = new DataView(new ArrayBuffer(4 * (1 + sections.length)));
  head.setUint32(0, sections.length, true);
  sections.forEach((section, i) => head.setUint32(4 * (1 + i), section.length, true));
  const packed = new Uint8Array(head.byteLength + sections.reduce((sum, section) => sum + section.length, 0));
  packed.set(new Uint8Array(head.buffer));
  let at = head.byteLength;
  for (const section of sections) {
    packed.set(section, at);
    at += section.length;
  }
  return packed;
}

/** The sections as views of `packed`. */
export function unpackSections(packed: Uint8Array): Uint8Array[] {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const count = view.getUint32(0, true);
  let at = 4 * (1 + count);
  return Array.from({ length: count }, (_, i) => {
    const section = packed.subarray(at, at + view.getUint32(4 * (1 + i), true));
    at += section.length;
    return section;
  });
}
