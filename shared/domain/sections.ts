/** Several byte strings as one: their number and lengths as little-endian uint32, then their bytes. */
export function packSections(sections: readonly Uint8Array[]): Uint8Array {
  const head = new DataView(new ArrayBuffer(sectionsHeadBytes(sections.length)));
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

/** Bytes before the first of so many sections. */
export const sectionsHeadBytes = (count: number): number => 4 * (1 + count);

/** Where each section lies, from the bytes before the first: [start, end). */
export function sectionRanges(head: Uint8Array): { start: number; end: number }[] {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const count = view.getUint32(0, true);
  let at = sectionsHeadBytes(count);
  return Array.from({ length: count }, (_, i) => {
    const start = at;
    at += view.getUint32(4 * (1 + i), true);
    return { start, end: at };
  });
}
