import type { ValidationReport, UsersMode } from "../../shared/contracts/validation.ts";

/** What is looked for: texts of clusters. */
export interface SearchDocument {
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

/** What the page asks of its worker; each question has a number, and so has its answer. */
export type Question =
  | { readonly kind: "index"; readonly of: string; readonly documents: readonly SearchDocument[] }
  | { readonly kind: "search"; readonly of: string; readonly query: string; readonly limit: number }
  | { readonly kind: "validate"; readonly file: File; readonly users: UsersMode }
  | { readonly kind: "abort"; readonly asked: number };

export interface Answers {
  readonly index: null;
  readonly search: readonly string[];
  readonly validate: ValidationReport;
  readonly abort: null;
}

export type Asked = { readonly number: number; readonly question: Question };
export type Told =
  | { readonly number: number; readonly kind: "answer"; readonly answer: Answers[keyof Answers] }
  | { readonly number: number; readonly kind: "progress"; readonly bytes: number; readonly total: number }
  | { readonly number: number; readonly kind: "failure"; readonly code: string; readonly message: string };
