import type { Upload } from "../../../shared/contracts/api.ts";
import type { Client } from "../../api/client.ts";
import { RequestError } from "../../api/problem.ts";

/** Parts under way side by side. */
const AT_ONCE = 3;
const TRIES = 4;
const WAIT_MS = 800;

/** A file as it is known again after a reload: by name, size and time, not by what it holds. */
export const uploadKey = (file: File): string => `clio.upload ${file.name} ${file.size} ${file.lastModified}`;

/** Parts that are still to be sent, by number from 1. */
export function missingParts({ parts, received }: Pick<Upload, "parts" | "received">): readonly number[] {
  const there = new Set(received);
  return Array.from({ length: parts }, (_, i) => i + 1).filter((part) => !there.has(part));
}

/** Bytes of a part, from where to where. */
export function partRange(
  { bytes, part_bytes: size }: Pick<Upload, "bytes" | "part_bytes">,
  part: number,
): readonly [number, number] {
  return [(part - 1) * size, Math.min(bytes, part * size)];
}

async function begun(client: Client, file: File): Promise<Upload> {
  const key = uploadKey(file);
  const id = sessionStorage.getItem(key);
  if (id !== null) {
    try {
      return await client.call("getUpload", { params: { uploadId: id } });
    } catch (error) {
      if (!(error instanceof RequestError && error.code === "not_found")) throw error;
    }
  }
  const upload = await client.call("createUpload", { body: { name: file.name, bytes: file.size } });
  sessionStorage.setItem(key, upload.upload_id);
  return upload;
}

async function sendPart(
  client: Client,
  upload: Upload,
  file: File,
  part: number,
  signal: AbortSignal,
): Promise<void> {
  const [from, to] = partRange(upload, part);
  for (let attempt = 1; ; attempt++) {
    try {
      const { url, authorise } = await client.call(
        "partTarget",
        { params: { uploadId: upload.upload_id, part } },
        signal,
      );
      await client.put(url, file.slice(from, to), authorise, signal);
      return;
    } catch (error) {
      if (signal.aborted || attempt === TRIES) throw error;
      await new Promise((done) => setTimeout(done, WAIT_MS * 2 ** attempt));
    }
  }
}

/** Sends a file in parts, going on where an earlier try was cut off. Answers the upload's id. */
export async function uploadFile(
  client: Client,
  file: File,
  signal: AbortSignal,
  onProgress: (bytes: number) => void,
): Promise<string> {
  const upload = await begun(client, file);
  if (upload.complete) return upload.upload_id;
  const left = [...missingParts(upload)];
  let sent =
    upload.bytes -
    left.reduce((sum, part) => sum + partRange(upload, part)[1] - partRange(upload, part)[0], 0);
  onProgress(sent);
  const worker = async (): Promise<void> => {
    for (let part = left.shift(); part !== undefined; part = left.shift()) {
      signal.throwIfAborted();
      await sendPart(client, upload, file, part, signal);
      const [from, to] = partRange(upload, part);
      sent += to - from;
      onProgress(sent);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  await client.call("completeUpload", { params: { uploadId: upload.upload_id } }, signal);
  return upload.upload_id;
}
