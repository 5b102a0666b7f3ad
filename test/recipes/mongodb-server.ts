import { createServer } from "node:net";
import type { Socket } from "node:net";
import { BSON } from "mongodb";
import { listenOnLoopback } from "./loopback.ts";

/** Numbers of the wire protocol: mongodb.com's "MongoDB Wire Protocol". */
const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const HEADER = 16;

/** Stands in a text for bytes that no driver would write. */
export const BROKEN = "<broken>";

type Document = Readonly<Record<string, unknown>>;

export interface ScriptedMongodb {
  readonly port: number;
  /** Every command for a cursor, in order, as the driver sent it. */
  readonly commands: readonly Document[];
  close(): Promise<void>;
}

export interface Script {
  /** The whole answer, whatever is asked for. BROKEN in a text becomes bytes that are no UTF-8. */
  readonly documents: readonly Document[];
  /** Answers instead of the page of this number, from 0. */
  readonly failAt?: { readonly page: number; readonly answer: Document | "cut" };
  /** Answers instead of letting a user in. */
  readonly login?: Document;
}

/** Speaks as much of MongoDB's wire protocol on the loopback address as one reader of one collection needs. */
export async function scriptedMongodb(script: Script): Promise<ScriptedMongodb> {
  const commands: Document[] = [];
  const sockets = new Set<Socket>();
  let next = 0;
  let page = -1;

  function cursorPage(name: "firstBatch" | "nextBatch", size: number): Document | "cut" {
    page += 1;
    if (page === script.failAt?.page) return script.failAt.answer;
    const documents = script.documents.slice(next, next + size);
    next += documents.length;
    // Like a server, says that there is more until a page comes up short.
    const id = BSON.Long.fromNumber(documents.length < size ? 0 : 7);
    return { ok: 1, cursor: { id, ns: "shop.conversations", [name]: documents } };
  }

  function answer(command: Document): Document | "cut" {
    if ("find" in command || "getMore" in command || "killCursors" in command) commands.push(command);
    if ("find" in command) return cursorPage("firstBatch", Number(command["batchSize"]));
    if ("getMore" in command) return cursorPage("nextBatch", Number(command["batchSize"]));
    if ("saslStart" in command) return script.login ?? { ok: 0, code: 59 };
    // To anything else, hello above all: a standalone server of version 7.
    return {
      ok: 1,
      helloOk: true,
      isWritablePrimary: true,
      ismaster: true,
      minWireVersion: 0,
      maxWireVersion: 21,
    };
  }

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    let pending: Uint8Array = new Uint8Array();
    socket.on("data", (chunk) => {
      pending = Buffer.concat([pending, chunk]);
      for (;;) {
        const view = new DataView(pending.buffer, pending.byteOffset, pending.byteLength);
        if (pending.length < HEADER || pending.length < view.getInt32(0, true)) return;
        const message = Buffer.from(pending.subarray(0, view.getInt32(0, true)));
        pending = pending.subarray(message.length);
        const reply = answer(BSON.deserialize(message.subarray(bodyStart(message))));
        if (reply === "cut") socket.destroy();
        else socket.write(frame(message, reply));
      }
    });
  });
  const hangUp = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return { ...(await listenOnLoopback(server, hangUp)), commands };
}

/** Where the command begins: behind flags, names and counts. */
function bodyStart(message: Buffer): number {
  if (message.readInt32LE(12) === OP_MSG) return HEADER + 5;
  return message.indexOf(0, HEADER + 4) + 1 + 8;
}

function frame(request: Buffer, document: Document): Buffer {
  const body = Buffer.from(BSON.serialize(document));
  for (let at = body.indexOf(BROKEN); at !== -1; at = body.indexOf(BROKEN)) {
    body.fill(0xff, at, at + BROKEN.length);
  }
  const asked = request.readInt32LE(12);
  // Flags and the kind of the section, or flags, cursor, start and number of documents.
  const prefix = Buffer.alloc(asked === OP_QUERY ? 20 : 5);
  if (asked === OP_QUERY) prefix.writeInt32LE(1, 16);
  const header = Buffer.alloc(HEADER);
  header.writeInt32LE(HEADER + prefix.length + body.length, 0);
  header.writeInt32LE(request.readInt32LE(4), 8);
  header.writeInt32LE(asked === OP_QUERY ? OP_REPLY : OP_MSG, 12);
  return Buffer.concat([header, prefix, body]);
}
