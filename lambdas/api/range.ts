import { MAX_RANGE_BYTES } from "../../shared/contracts/api.ts";
import { Refusal } from "./problems.ts";
import type { FileSlice } from "./services.ts";

/** The one range that a header asks for, cut to what a file has and an answer holds; null: a form that is not answered. */
export function parseRange(
  header: string | undefined,
  total: number,
): { readonly start: number; readonly end: number } | null {
  if (header === undefined) return { start: 0, end: Math.min(total, MAX_RANGE_BYTES) };
  const [, first = "", last = ""] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header) ?? [];
  if (first === "" && last === "") return null;
  const start = first === "" ? Math.max(0, total - Number(last)) : Number(first);
  const wanted = first === "" || last === "" ? total : Number(last) + 1;
  const end = Math.min(wanted, total, start + MAX_RANGE_BYTES);
  return { start, end };
}

/** A part of a file (RFC 9110, 14). What a browser gets here it saves, and never shows. */
export function rangeResponse(slice: FileSlice, header: string | undefined, fileName: string): Response {
  const { total, mediaType } = slice;
  const range = parseRange(header, total);
  if (range === null || (range.start >= total && total > 0) || range.end < range.start)
    throw new Refusal("range_not_satisfiable", {}, { "content-range": `bytes */${total}` });
  const headers = {
    "content-type": mediaType,
    "accept-ranges": "bytes",
    "cache-control": "no-store",
    "content-disposition": `attachment; filename="${fileName.replaceAll(/[^\w.-]/g, "_")}"`,
  };
  if (total === 0)
    // An empty file has no range; a reader of a log that has not begun gets nothing, and asks again.
    return new Response(new Uint8Array(), { headers: { ...headers, "content-length": "0" } });
  return new Response(ReadableStream.from(slice.read(range)), {
    status: 206,
    headers: {
      ...headers,
      "content-range": `bytes ${range.start}-${range.end - 1}/${total}`,
      "content-length": String(range.end - range.start),
    },
  });
}
