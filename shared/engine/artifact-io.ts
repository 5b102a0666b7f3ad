import { artifacts } from "../contracts/artifacts.ts";
import type {
  ArtifactName,
  ArtifactValue,
  JsonArtifact,
  MatrixArtifact,
  RowArtifact,
} from "../contracts/artifacts.ts";
import { decodeJson, encodeDocument, encodeLine, storedLines } from "../domain/jsonl.ts";
import { NPY_DATA_OFFSET, decodeNpyHeader, npyHeader, npyRowBytes } from "../domain/npy.ts";
import type { NpyShape } from "../domain/npy.ts";
import type { Matrix } from "../domain/vectors.ts";
import { PermanentError } from "../errors.ts";
import { artifactIndexKey, artifactKey } from "../keys.ts";
import type { ArtifactOutputs, ArtifactReader, MatrixOutput, RowOutput, RowRange } from "../phases/phase.ts";
import type { ByteRange, ObjectStore } from "../ports/object-store.ts";
import { readAll } from "./read-all.ts";

const OFFSET_BYTES = 8;
/** Bytes gathered before they are handed to the store: fewer, larger writes. */
const WRITE_CHUNK_BYTES = 1 << 20;

function notFound(name: ArtifactName): PermanentError {
  return new PermanentError(`${artifacts[name].path} is not there`, {
    code: "missing_artifact",
    hint: "Resume the run: the phase that writes it runs again.",
  });
}

/** Reads a run's named artifacts; `allowed` are those that the phase's row of the table lists. */
export function artifactReader(
  store: ObjectStore,
  runId: string,
  allowed: ReadonlySet<ArtifactName>,
): ArtifactReader {
  const keyOf = (name: ArtifactName): string => {
    if (!allowed.has(name))
      throw new PermanentError(`the table does not let this phase read ${name}`, { code: "not_in_table" });
    return artifactKey(runId, artifacts[name].path);
  };

  const indexOf = async (name: RowArtifact, range: ByteRange): Promise<Float64Array> => {
    const bytes = await readAll(store.stream(artifactIndexKey(runId, artifacts[name].path), range));
    return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  };

  const rowCount = async (name: RowArtifact): Promise<number> => {
    keyOf(name);
    const head = await store.head(artifactIndexKey(runId, artifacts[name].path));
    if (head === null) throw notFound(name);
    return head.size / OFFSET_BYTES - 1;
  };

  const shape = async (name: MatrixArtifact): Promise<NpyShape> =>
    decodeNpyHeader(await readAll(store.stream(keyOf(name), { start: 0, end: NPY_DATA_OFFSET })));

  const matrix = async (name: MatrixArtifact, range?: RowRange): Promise<Matrix> => {
    const { rows, cols, dataOffset } = await shape(name);
    const first = range?.start ?? 0;
    const count = Math.max(0, Math.min(range?.end ?? rows, rows) - first);
    const data = new Float32Array(count * cols);
    if (count === 0) return { rows: 0, cols, data };
    const bytes = new Uint8Array(data.buffer);
    const start = dataOffset + first * cols * Float32Array.BYTES_PER_ELEMENT;
    let at = 0;
    for await (const chunk of store.stream(keyOf(name), { start, end: start + bytes.length })) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    if (at !== bytes.length)
      throw new PermanentError(`${artifacts[name].path} is cut short`, { code: "invalid_artifact" });
    return { rows: count, cols, data };
  };

  return {
    async json<N extends JsonArtifact>(name: N) {
      const bytes = await store.get(keyOf(name));
      if (bytes === null) throw notFound(name);
      return artifacts[name].schema.parse(decodeJson(bytes)) as ArtifactValue<N>;
    },
    async *rows<N extends RowArtifact>(name: N, range?: RowRange): AsyncGenerator<ArtifactValue<N>> {
      const key = keyOf(name);
      let bytes: ByteRange | undefined;
      if (range !== undefined) {
        if (range.end <= range.start) return;
        const offsets = await indexOf(name, {
          start: range.start * OFFSET_BYTES,
          end: (range.end + 1) * OFFSET_BYTES,
        });
        const [start, end] = [offsets[0], offsets.at(-1)];
        if (start === undefined || end === undefined || start === end) return;
        bytes = { start, end };
      }
      const { schema } = artifacts[name];
      for await (const line of storedLines(store.stream(key, bytes))) {
        yield schema.parse(JSON.parse(line)) as ArtifactValue<N>;
      }
    },
    rowCount,
    matrix,
    async matrixShape(name) {
      const { rows, cols } = await shape(name);
      return { rows, cols };
    },
    async *matrixBlocks(name, rowsPerBlock) {
      const { rows } = await shape(name);
      for (let start = 0; start < rows; start += rowsPerBlock) {
        yield { start, block: await matrix(name, { start, end: Math.min(rows, start + rowsPerBlock) }) };
      }
    },
  };
}

async function* chunked(lines: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = [];
  let size = 0;
  for await (const line of lines) {
    held.push(line);
    size += line.length;
    if (size >= WRITE_CHUNK_BYTES) {
      yield Buffer.concat(held);
      held = [];
      size = 0;
    }
  }
  if (size > 0) yield Buffer.concat(held);
}

/** Byte offsets that grow with the rows: n + 1 numbers, doubled in place. */
class Offsets {
  private values = new Float64Array(1024);
  private count = 0;

  push(offset: number): void {
    if (this.count === this.values.length) {
      const grown = new Float64Array(this.values.length * 2);
      grown.set(this.values);
      this.values = grown;
    }
    this.values[this.count++] = offset;
  }

  bytes(): Uint8Array {
    return new Uint8Array(this.values.buffer, 0, this.count * OFFSET_BYTES);
  }
}

async function writeRows<N extends RowArtifact>(
  store: ObjectStore,
  runId: string,
  name: N,
  rows: RowOutput<N>,
): Promise<void> {
  const { path, schema } = artifacts[name];
  const offsets = new Offsets();
  let at = 0;
  const take = (length: number): void => {
    offsets.push(at);
    at += length;
  };
  async function* lines(): AsyncGenerator<Uint8Array> {
    if ("encoded" in rows)
      for await (const { bytes, lengths } of rows.encoded) {
        lengths.forEach(take);
        yield bytes;
      }
    else
      for await (const row of rows) {
        const line = encodeLine(schema.parse(row));
        take(line.length);
        yield line;
      }
    offsets.push(at);
  }
  await store.put(artifactKey(runId, path), chunked(lines()));
  await store.put(artifactIndexKey(runId, path), offsets.bytes());
}

async function writeMatrix(
  store: ObjectStore,
  runId: string,
  name: MatrixArtifact,
  matrix: MatrixOutput,
): Promise<void> {
  let written = 0;
  async function* body(): AsyncGenerator<Uint8Array> {
    yield npyHeader(matrix.rows, matrix.cols);
    for await (const block of matrix.blocks) {
      written += block.length;
      yield npyRowBytes(block);
    }
    if (written !== matrix.rows * matrix.cols) {
      throw new PermanentError(
        `${artifacts[name].path} got ${written} values, not ${matrix.rows} x ${matrix.cols}`,
        {
          code: "invalid_artifact",
        },
      );
    }
  }
  await store.put(artifactKey(runId, artifacts[name].path), chunked(body()));
}

/** Replaces the named artifacts given, each checked against its schema as it is written; rows that come encoded were made by that schema. */
export async function writeArtifacts(
  store: ObjectStore,
  runId: string,
  outputs: ArtifactOutputs,
): Promise<void> {
  for (const name of Object.keys(outputs) as ArtifactName[]) {
    const output = outputs[name];
    if (output === undefined) continue;
    const { format, path } = artifacts[name];
    if (format === "json") {
      await store.put(
        artifactKey(runId, path),
        encodeDocument(artifacts[name as JsonArtifact].schema.parse(output)),
      );
    } else if (format === "jsonl") {
      await writeRows(store, runId, name as RowArtifact, output as AsyncIterable<never>);
    } else if (format === "text") {
      await store.put(artifactKey(runId, path), new TextEncoder().encode(output as string));
    } else {
      await writeMatrix(store, runId, name as MatrixArtifact, output as MatrixOutput);
    }
  }
}
