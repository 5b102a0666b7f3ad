/** A half-open range of bytes, [start, end); `end` left out means to the end of the object. */
export interface ByteRange {
  readonly start: number;
  readonly end?: number;
}

export interface ObjectHead {
  readonly key: string;
  /** Bytes. */
  readonly size: number;
}

/** An object that grows. */
export interface Appendable {
  /** Adds bytes at the end, those of one call side by side. */
  append(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/**
 * Bytes under keys: "/"-separated, no empty, "." or ".." part, built by `keys.ts`. Readers never see a partial
 * object. A missing object is null or NotFound as stated; any other fault throws TransientError (try again) or
 * PermanentError (no space, no permission).
 */
export interface ObjectStore {
  /** The whole object, or null when there is none. */
  get(key: string): Promise<Uint8Array | null>;
  /** Its bytes as they come; throws PermanentError with code "not_found" when there is none. A range past the end yields nothing. */
  stream(key: string, range?: ByteRange): AsyncIterable<Uint8Array>;
  head(key: string): Promise<ObjectHead | null>;
  /** Creates the object unless the key is taken; of any number of concurrent creators exactly one gets "created". */
  putIfAbsent(key: string, body: Uint8Array): Promise<"created" | "exists">;
  /** Creates or replaces the object in one step, whole or not at all, also when the body fails midway. Returns its size in bytes. */
  put(key: string, body: Uint8Array | AsyncIterable<Uint8Array>): Promise<number>;
  /**
   * Where the store can: an object, made when there is none, that is added to so cheaply that it may be done for every
   * call of a model. Others read what is there so far. Nothing is flushed: a power cut may tear the end off.
   */
  appendable?(key: string): Promise<Appendable>;
  /** Every object below a prefix (a plain string prefix), by key in code-unit order. */
  list(prefix: string): AsyncIterable<ObjectHead>;
  /** Deletes the objects; keys that do not exist are fine. */
  delete(keys: readonly string[]): Promise<void>;
}
