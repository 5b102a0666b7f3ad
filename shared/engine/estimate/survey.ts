import { isBlank, rangeLineBatches } from "../../domain/input/lines.ts";
import { parseLine } from "../../domain/input/parse-line.ts";
import { chooseRows } from "../../domain/estimate/sample.ts";
import type { Conversations } from "../../domain/estimate/billed.ts";
import type { Message } from "../../contracts/conversation.ts";
import type { InputSource } from "../../ports/input-source.ts";

/** Plain bytes read to learn how many conversations there are, and how long: a tenth of a second. */
const LOOK_BYTES = 32 * 2 ** 20;
/** Places in a larger file that are looked at, evenly spaced: what is appended to for months changes on the way. */
const PLACES = 16;
/**
 * Characters of a conversation that are kept for each token of the model's room: no text has more to a token but blanks,
 * and what is beyond the room is cut before it is asked about.
 */
const CHARACTERS_PER_TOKEN = 16;

/** How many conversations an input seems to hold: exact when a first look saw all of it, else by the lines' length. */
export interface RowCount {
  readonly n: number;
  readonly exact: boolean;
}

export interface Survey {
  readonly rows: RowCount;
  /** Bytes of each line that was seen. */
  readonly lengths: readonly number[];
  /** The conversations at these positions among those lines; none where a line is no valid conversation. */
  readonly read: (positions: ReadonlySet<number>) => Promise<Map<number, readonly Message[]>>;
}

/** The lines that are looked at, in pieces. */
async function* look(source: InputSource, size: number): AsyncGenerator<Uint8Array> {
  if (source.compressed || size <= LOOK_BYTES) {
    let read = 0;
    async function* counted(): AsyncGenerator<Uint8Array> {
      for await (const chunk of source.content()) {
        // How far a compressed file goes on beyond it cannot be told.
        if (source.compressed && read >= LOOK_BYTES) throw new RangeError("too long to look over");
        read += chunk.length;
        yield chunk;
      }
    }
    yield* linesOf(counted(), 0, Number.POSITIVE_INFINITY);
    return;
  }
  for (let place = 0; place < PLACES; place++) {
    const start = Math.floor((size * place) / PLACES);
    const end = start + LOOK_BYTES / PLACES;
    yield* linesOf(source.stream({ start: Math.max(0, start - 1) }), start, end);
  }
}

async function* linesOf(
  stream: AsyncIterable<Uint8Array>,
  start: number,
  end: number,
): AsyncGenerator<Uint8Array> {
  for await (const lines of rangeLineBatches(stream, { start, end }))
    for (const line of lines) if (line.kind === "line" && !isBlank(line.bytes)) yield line.bytes;
}

/** Null when it cannot be told cheaply: a large compressed file, or one that cannot be read at all. */
export async function surveyInput(source: InputSource): Promise<Survey | null> {
  const lengths: number[] = [];
  try {
    const size = await source.size();
    for await (const bytes of look(source, size)) lengths.push(bytes.length);
    const exact = source.compressed || size <= LOOK_BYTES;
    const n = exact ? lengths.length : Number(((lengths.length * size) / LOOK_BYTES).toPrecision(3));
    return {
      rows: { n, exact },
      lengths,
      async read(positions) {
        const found = new Map<number, readonly Message[]>();
        let at = 0;
        for await (const bytes of look(source, size)) {
          if (positions.has(at)) {
            const parsed = parseLine(bytes, { users: "per-conversation" });
            if (parsed.ok) found.set(at, parsed.conversation.messages);
          }
          at++;
        }
        return found;
      },
    };
  } catch {
    // Whatever is wrong with the file, the validation says it better.
    return null;
  }
}

/** Conversations of an input that stand for all of it. @param most conversations looked at. */
export async function sampleOf(
  { rows, lengths, read }: Survey,
  most: number,
  contextTokens: number,
): Promise<Conversations> {
  const chosen = chooseRows(lengths, most);
  const found = await read(new Set(chosen.map(({ at }) => at)));
  const sample = chosen.filter(({ at }) => found.has(at));
  return {
    rows: rows.n,
    sample,
    messages: sample.map(({ at }) => shortened(found.get(at)!, contextTokens * CHARACTERS_PER_TOKEN)),
  };
}

/** The first characters of a conversation, which fill a model's room as well as all of it. */
function shortened(messages: readonly Message[], most: number): Message[] {
  let left = most;
  const kept: Message[] = [];
  for (const message of messages) {
    if (left <= 0) break;
    kept.push({ ...message, content: message.content.slice(0, left) });
    left -= message.content.length;
  }
  return kept;
}
