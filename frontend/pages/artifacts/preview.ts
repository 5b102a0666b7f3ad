import type { RunArtifact } from "../../../shared/contracts/api.ts";
import { visible } from "../../model/visible.ts";

/** Bytes looked at for a preview. */
export const PREVIEW_BYTES = 64 * 1024;
const JSONL_LINES = 20;
const LINE_CHARACTERS = 4_000;

export interface Preview {
  readonly words: string;
  readonly text: string;
}

/** numpy's header: {'descr': '<f4', 'fortran_order': False, 'shape': (2400, 512), } after ten bytes. */
function npyWords(bytes: Uint8Array): string {
  const header = new TextDecoder("latin1").decode(bytes.subarray(0, 512));
  const shape = /'shape':\s*\(([^)]*)\)/.exec(header)?.[1] ?? "";
  const type = /'descr':\s*'([^']*)'/.exec(header)?.[1] ?? "";
  return `numbers of type ${visible(type)}, ${visible(shape.replace(/,\s*$/, "").replaceAll(",", " ×"))}`;
}

/** The beginning of a file as text, whatever it is. */
export function previewOf(
  { format }: Pick<RunArtifact, "format">,
  bytes: Uint8Array,
  total: number,
): Preview {
  if (format === "npy") return { words: npyWords(bytes), text: "" };
  const whole = bytes.length >= total;
  const text = new TextDecoder().decode(bytes);
  if (format === "json" && whole) {
    try {
      return { words: "", text: visible(JSON.stringify(JSON.parse(text), null, 2)) };
    } catch {
      return { words: "not valid JSON", text: visible(text) };
    }
  }
  if (format === "jsonl") {
    const lines = text.split("\n");
    const complete = whole ? lines : lines.slice(0, -1);
    const shown = complete.slice(0, JSONL_LINES).map((line) => line.slice(0, LINE_CHARACTERS));
    return {
      words: `first ${Math.min(JSONL_LINES, complete.length)} lines`,
      text: visible(shown.join("\n")),
    };
  }
  return { words: whole ? "" : "the beginning", text: visible(text) };
}
