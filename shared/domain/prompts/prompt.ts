import type * as z from "zod";
import type { ModelTask, TaskAnswer, TaskInput } from "../../contracts/model-tasks.ts";

/** How much the input of a call may hold. */
export interface Fit {
  readonly countTokens: (text: string) => number;
  /** Tokens that the contents of all messages may take together; what the chat format adds is not counted. */
  readonly room: number;
}

export interface ChatMessage {
  readonly role: "system" | "user";
  readonly content: string;
}

/** How one task is put to a language model, and how its answer is read. Data in, data out. */
export interface Prompt<T extends ModelTask> {
  readonly task: T;
  /** Grows with every change of words, schema or settings: part of the fingerprints of the phases that ask it. */
  readonly version: number;
  readonly temperature: number;
  /** Most tokens that an answer may take; also what a budget reserves. */
  readonly maxOutputTokens: (input: TaskInput<T>) => number;
  /**
   * One system and one user message. The system text is the same for all inputs of a run, so that providers can cache
   * it; everything that came out of conversations is in the user message, fenced and cut to the room.
   */
  readonly messages: (input: TaskInput<T>, fit: Fit) => readonly [system: ChatMessage, user: ChatMessage];
  /** What the model is to answer; `strictSchema` makes the JSON schema of it. */
  readonly wire: (input: TaskInput<T>) => z.ZodObject;
  /**
   * The task's answer from the JSON that came: trimmed, cut to what the contract allows.
   * @throws z.ZodError with what a repair attempt should be told.
   */
  readonly read: (json: unknown, input: TaskInput<T>) => TaskAnswer<T>;
}

/** The messages of a prompt. */
export function chat(system: string, user: string): readonly [ChatMessage, ChatMessage] {
  return [
    { role: "system", content: system },
    { role: "user", content: user },
  ];
}

/** What is left of the room beside texts that are always there. */
export function beside({ countTokens, room }: Fit, ...texts: readonly string[]): Fit {
  const taken = texts.reduce((sum, text) => sum + countTokens(text) + 1, 0);
  return { countTokens, room: Math.max(0, room - taken) };
}

/** The first lines that fit, at least none. */
export function linesThatFit(lines: readonly string[], { countTokens, room }: Fit): string[] {
  let left = room;
  const end = lines.findIndex((line) => (left -= countTokens(line) + 1) < 0);
  return end === -1 ? [...lines] : lines.slice(0, end);
}

/** The answer as its schema has it. Keys left out count as null: small models without a strict schema leave them out. */
export function parseAnswer<S extends z.ZodObject>(schema: S, json: unknown): z.infer<S> {
  const nothing = Object.fromEntries(Object.keys(schema.shape).map((key) => [key, null]));
  const isObject = typeof json === "object" && json !== null && !Array.isArray(json);
  return schema.parse(isObject ? { ...nothing, ...json } : json);
}
