import { randomBytes } from "node:crypto";
import { mkdir, open, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { UPLOAD_PART_BYTES, uploadId } from "../../shared/contracts/api.ts";
import type { Upload } from "../../shared/contracts/api.ts";
import {
  checkUploadSize,
  fileNameOf,
  notComplete,
  partLength,
  requireAllParts,
  unknownUpload,
  uploadAnswer,
} from "../../shared/domain/input/upload-plan.ts";
import { UsageError } from "../../shared/errors.ts";
import { isMissing, translated } from "../../shared/adapters/directory/faults.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { Uploads } from "../../shared/ports/uploads.ts";

const UPLOADS_FOLDER = ".uploads";
const RECORD = "upload.json";
const COMPLETE = "complete";
const PARTS = "parts";
/** Only who runs the server may look at what was uploaded. */
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;
const MS_PER_DAY = 86_400_000;

const record = z.strictObject({ name: z.string(), bytes: z.int().min(1), created_at: z.string() });

/** Uploads of a laptop, below its folder of runs, until a run is made of them. */
export interface DirectoryUploads extends Uploads {
  /** Writes a part; the same one again changes nothing. Throws UsageError when it has not the length it should have. */
  writePart(id: string, part: number, body: AsyncIterable<Uint8Array>): Promise<void>;
  /** Path of a whole upload's file. */
  pathOf(id: string): Promise<string>;
  remove(id: string): Promise<void>;
  /** Removes uploads older than a day that `keep` does not name. */
  sweep(keep: ReadonlySet<string>): Promise<void>;
}

export function directoryUploads(runsDir: string, clock: Clock): DirectoryUploads {
  const root = join(runsDir, UPLOADS_FOLDER);
  const folderOf = (id: string): string => {
    if (!uploadId.safeParse(id).success) throw unknownUpload();
    return join(root, id);
  };
  const doing = "keep the upload";

  async function read(id: string): Promise<z.infer<typeof record>> {
    try {
      return record.parse(JSON.parse(await readFile(join(folderOf(id), RECORD), "utf8")));
    } catch (error) {
      if (isMissing(error)) throw unknownUpload();
      throw error;
    }
  }

  async function tell(id: string): Promise<Upload> {
    const { name, bytes } = await read(id);
    const there = await readdir(join(folderOf(id), PARTS));
    return uploadAnswer({
      id,
      name,
      bytes,
      received: there.map(Number),
      complete: await exists(join(folderOf(id), COMPLETE)),
    });
  }

  return {
    async create(name, bytes) {
      checkUploadSize(bytes);
      const id = randomBytes(16).toString("hex");
      const folder = folderOf(id);
      await translated(doing, async () => {
        await mkdir(join(folder, PARTS), { recursive: true, mode: FOLDER_MODE });
        const file = await open(join(folder, fileNameOf(name)), "w", FILE_MODE);
        await file.close();
        const kept = { name: fileNameOf(name), bytes, created_at: new Date(clock.now()).toISOString() };
        await writeFile(join(folder, RECORD), JSON.stringify(kept), { mode: FILE_MODE });
      });
      return tell(id);
    },
    get: tell,
    async partTarget(id, part) {
      partLength((await read(id)).bytes, part);
      return { url: `/api/uploads/${id}/parts/${part}`, authorise: true };
    },
    async writePart(id, part, body) {
      const { name, bytes } = await read(id);
      const length = partLength(bytes, part);
      const wrong = new UsageError(`part ${part} has ${length} bytes`, { code: "bad_part" });
      await translated(doing, async () => {
        const file = await open(join(folderOf(id), name), "r+");
        try {
          let written = 0;
          for await (const chunk of body) {
            if (written + chunk.length > length) throw wrong;
            await file.write(chunk, 0, chunk.length, (part - 1) * UPLOAD_PART_BYTES + written);
            written += chunk.length;
          }
          if (written !== length) throw wrong;
          await file.datasync();
        } finally {
          await file.close();
        }
        await writeFile(join(folderOf(id), PARTS, String(part)), "", { mode: FILE_MODE });
      });
    },
    async complete(id) {
      requireAllParts(await tell(id));
      await translated(doing, () => writeFile(join(folderOf(id), COMPLETE), "", { mode: FILE_MODE }));
      return tell(id);
    },
    async pathOf(id) {
      const { complete } = await tell(id);
      if (!complete) throw notComplete();
      return join(folderOf(id), (await read(id)).name);
    },
    remove: (id) => rm(folderOf(id), { recursive: true, force: true }),
    async sweep(keep) {
      const ids = await readdir(root).catch(() => []);
      for (const id of ids) {
        if (keep.has(id) || !uploadId.safeParse(id).success) continue;
        const { mtimeMs } = await stat(join(root, id));
        if (clock.now() - mtimeMs > MS_PER_DAY) await rm(join(root, id), { recursive: true, force: true });
      }
    },
  };
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
