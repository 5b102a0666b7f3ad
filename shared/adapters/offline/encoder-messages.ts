/** What crosses between the embedder and its worker threads. */
export interface EncodeRequest {
  readonly id: number;
  /** Not empty, none blank. */
  readonly texts: string[];
}

export type EncodeReply =
  | { readonly id: number; /** texts x dimensions, row-major. */ readonly data: Float32Array<ArrayBuffer> }
  | { readonly id: number; /** Name of the error. */ readonly failure: string };
