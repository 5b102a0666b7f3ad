import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { MAX_UPLOAD_PARTS, UPLOAD_PART_BYTES } from "../../shared/contracts/api.ts";
import type { PartTarget } from "../../shared/contracts/api.ts";
import { ErrorName } from "../../shared/errors.ts";
import type { Uploads } from "../../shared/ports/uploads.ts";

export interface UploadsUnderTest {
  readonly uploads: Uploads;
  /** Sends bytes to where a part goes; whether they were taken. */
  send(
    target: PartTarget,
    at: { readonly id: string; readonly part: number },
    bytes: Uint8Array,
  ): Promise<boolean>;
  /** The file that a complete upload became. */
  read(id: string): Promise<Uint8Array>;
  close(): Promise<void>;
}

const UNKNOWN = "f".repeat(32);
const TAIL = 1000;

function bytesOf(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i++) bytes[i] = (i * 31 + (i >> 8)) & 0xff;
  return bytes;
}

/** What every place that takes uploads does alike. */
export function describeUploads(place: string, open: () => Promise<UploadsUnderTest>): void {
  describe(`uploads: ${place}`, () => {
    let under: UploadsUnderTest;
    beforeEach(async () => {
      under = await open();
    });
    afterEach(() => under.close());

    async function send(id: string, part: number, bytes: Uint8Array): Promise<boolean> {
      return under.send(await under.uploads.partTarget(id, part), { id, part }, bytes);
    }

    test("in parts of any order, one of them twice, the file is what was sent", async () => {
      const { uploads } = under;
      const file = bytesOf(UPLOAD_PART_BYTES + TAIL);
      const begun = await uploads.create("May.jsonl", file.length);
      expect(begun).toMatchObject({
        name: "May.jsonl",
        bytes: file.length,
        parts: 2,
        received: [],
        complete: false,
      });
      const { upload_id: id } = begun;

      expect(await send(id, 2, file.subarray(UPLOAD_PART_BYTES))).toBe(true);
      expect((await uploads.get(id)).received).toEqual([2]);
      await expect(uploads.complete(id)).rejects.toMatchObject({
        name: ErrorName.conflict,
        code: "incomplete_upload",
      });
      for (let times = 0; times < 2; times++)
        expect(await send(id, 1, file.subarray(0, UPLOAD_PART_BYTES))).toBe(true);

      expect(await uploads.complete(id)).toMatchObject({ received: [1, 2], complete: true });
      expect(await uploads.get(id)).toMatchObject({ received: [1, 2], complete: true });
      expect(Buffer.compare(await under.read(id), file)).toBe(0);
    });

    test("a part of another length is not taken, and does not count as there", async () => {
      const { uploads } = under;
      const file = bytesOf(TAIL);
      const { upload_id: id } = await uploads.create("a.jsonl", file.length);
      expect(await send(id, 1, file.subarray(1))).toBe(false);
      expect(await send(id, 1, bytesOf(TAIL + 1))).toBe(false);
      expect((await uploads.get(id)).received).toEqual([]);
      await expect(uploads.complete(id)).rejects.toMatchObject({ code: "incomplete_upload" });
      expect(await send(id, 1, file)).toBe(true);
      expect((await uploads.complete(id)).complete).toBe(true);
    });

    test("said twice that all are there, one after another, it is so once", async () => {
      const { uploads } = under;
      const file = bytesOf(TAIL);
      const { upload_id: id } = await uploads.create("a.jsonl", file.length);
      await send(id, 1, file);
      await uploads.complete(id);
      expect((await uploads.complete(id)).complete).toBe(true);
      expect(Buffer.compare(await under.read(id), file)).toBe(0);
    });

    test("uploads of the same name side by side keep apart", async () => {
      const { uploads } = under;
      const files = [1, 2, 3, 4].map((n) => bytesOf(TAIL).fill(n));
      const ids = await Promise.all(
        files.map(async (file) => {
          const { upload_id: id } = await uploads.create("same.jsonl", file.length);
          await send(id, 1, file);
          await uploads.complete(id);
          return id;
        }),
      );
      expect(new Set(ids).size).toBe(files.length);
      for (const [i, id] of ids.entries()) expect(Buffer.compare(await under.read(id), files[i]!)).toBe(0);
    });

    test("names are such as every system takes, and never a way out of the folder", async () => {
      const { uploads } = under;
      for (const given of [
        "../../upload.json",
        "..\\complete",
        "a/b.jsonl.gz",
        "\u0000\u001b[31m.jsonl",
        "CON",
        "ü 日.JSONL",
      ]) {
        const { name } = await uploads.create(given, 1);
        expect(name).toMatch(/^[\p{L}\p{N}_][\p{L}\p{N} ._-]*\.jsonl(\.gz)?$/u);
        expect(name).not.toContain("..");
      }
    });

    test("what there is not is said so: uploads, parts, room", async () => {
      const { uploads } = under;
      const { upload_id: id } = await uploads.create("a.jsonl", TAIL);
      for (const part of [0, 2, MAX_UPLOAD_PARTS])
        await expect(uploads.partTarget(id, part)).rejects.toMatchObject({
          name: ErrorName.usage,
          code: "bad_part",
        });
      await expect(uploads.create("a.jsonl", UPLOAD_PART_BYTES * MAX_UPLOAD_PARTS + 1)).rejects.toMatchObject(
        {
          name: ErrorName.usage,
          code: "too_large",
        },
      );
      for (const no of [UNKNOWN, "..", `../${id}`, ""]) {
        const unknown = { name: ErrorName.permanent, code: "unknown_upload" };
        await expect(uploads.get(no)).rejects.toMatchObject(unknown);
        await expect(uploads.partTarget(no, 1)).rejects.toMatchObject(unknown);
        await expect(uploads.complete(no)).rejects.toMatchObject(unknown);
      }
    });
  });
}
