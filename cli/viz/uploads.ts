import { randomBytes } from "node:crypto";
import { mkdir, open, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { MAX_UPLOAD_PARTS, UPLOAD_PART_BYTES, uploadId } from "../../shared/contracts/api.ts";
import type { Upload } from "../../shared/contracts/api.ts";
import { shortHash } from "../../shared/domain/hash.ts";
import { ConflictError, PermanentError, UsageError } from "../../shared/errors.ts";
import { isMissing, translated } from "../../shared/adapters/directory/faults.ts";
import type { Clock } from "../../shared/ports/clock.ts";

const UPLOADS_FOLDER = ".uploads";
const RECORD = "upload.json";
const COMPLETE = "complete";
const PARTS = "parts";
/** Only who runs the server may look at what was uploaded. */
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;
const LONGEST_NAME = 100;
const MS_PER_DAY = 86_400_000;

const record = z.strictObject({ name: z.string(), bytes: z.int().min(1), created_at: z.string() });

/** Files that come in through the page, in parts of any order, until a run is made of them. */
export interface Uploads {
  create(name: string, bytes: number): Promise<Upload>;
  get(id: string): Promise<Upload>;
  /** Writes a part; the same one again changes nothing. Throws UsageError when it has not the length it should have. */
  writePart(id: string, part: number, body: AsyncIterable<Uint8Array>): Promise<void>;
  complete(id: string): Promise<Upload>;
  /** Path of a whole upload's file. */
  pathOf(id: string): Promise<string>;
  remove(id: string): Promise<void>;
  /** Removes uploads older than a day that `keep` does not name. */
  sweep(keep: ReadonlySet<string>): Promise<void>;
}

/** A name that is one on every file system, and says what the file was called. */
export function fileNameOf(name: string): string {
  const base = name.normalize("NFC").split(/[/\\]/).at(-1) ?? "";
  const [, stem = base, ending = ""] = /^(.*?)(\.jsonl(?:\.gz)?|\.gz)?$/is.exec(base) ?? [];
  const safe = stem
    .replaceAll(/[^\p{L}\p{N} ._-]/gu, "_")
    .slice(0, LONGEST_NAME)
    .replace(/^[. ]+|[. ]+$/g, "");
  const kind = ending.toLowerCase().endsWith(".gz") ? ".jsonl.gz" : ".jsonl";
  // Windows keeps some names for devices.
  const taken = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i.test(safe) || safe === "";
  return `${taken ? `upload${safe === "" ? "" : `-${safe}`}` : safe}${kind}`;
}

function unknown(): PermanentError {
  return new PermanentError("there is no such upload", {
    code: "unknown_upload",
    hint: "Choose the file again: uploads that no run was made of are kept for a day.",
  });
}

export function directoryUploads(runsDir: string, clock: Clock): Uploads {
  const root = join(runsDir, UPLOADS_FOLDER);
  const folderOf = (id: string): string => {
    if (!uploadId.safeParse(id).success) throw unknown();
    return join(root, id);
  };
  const doing = "keep the upload";

  async function read(id: string): Promise<z.infer<typeof record>> {
    try {
      return record.parse(JSON.parse(await readFile(join(folderOf(id), RECORD), "utf8")));
    } catch (error) {
      if (isMissing(error)) throw unknown();
      throw error;
    }
  }

  const partsOf = (bytes: number): number => Math.ceil(bytes / UPLOAD_PART_BYTES);
  const partLength = (bytes: number, part: number): number =>
    Math.min(UPLOAD_PART_BYTES, bytes - (part - 1) * UPLOAD_PART_BYTES);

  async function tell(id: string): Promise<Upload> {
    const { name, bytes } = await read(id);
    const there = await readdir(join(folderOf(id), PARTS));
    return {
      upload_id: id,
      name,
      bytes,
      part_bytes: UPLOAD_PART_BYTES,
      parts: partsOf(bytes),
      received: there.map(Number).sort((a, b) => a - b),
      complete: await exists(join(folderOf(id), COMPLETE)),
    };
  }

  return {
    async create(name, bytes) {
      if (partsOf(bytes) > MAX_UPLOAD_PARTS)
        throw new UsageError("the file is too large", { code: "too_large" });
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
    async writePart(id, part, body) {
      const { name, bytes } = await read(id);
      const length = partLength(bytes, part);
      if (part > partsOf(bytes)) throw new UsageError("the upload has no such part", { code: "bad_part" });
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
      const { received, parts } = await tell(id);
      if (received.length < parts)
        throw new ConflictError(`${parts - received.length} of ${parts} parts are not there yet`, {
          code: "incomplete_upload",
          hint: "Send them, then say again that all are there.",
        });
      await translated(doing, () => writeFile(join(folderOf(id), COMPLETE), "", { mode: FILE_MODE }));
      return tell(id);
    },
    async pathOf(id) {
      const { complete } = await tell(id);
      if (!complete)
        throw new ConflictError("the upload is not complete", {
          code: "incomplete_upload",
          hint: "Send it first.",
        });
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

/** The id of the run that a request starts: the same request, the same run. */
export function runIdOfRequest(requestId: string): string {
  return `run-${shortHash(requestId)}`;
}
