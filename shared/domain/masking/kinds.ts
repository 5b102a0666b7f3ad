/** What a pattern of personal data is about; the mask token is the kind in square brackets. */
export const PII_KINDS = [
  "email",
  "phone",
  "card",
  "iban",
  "ip",
  "key",
  "ssn",
  "url",
  "id",
  "name",
  "address",
  "birthdate",
] as const;
export type PiiKind = (typeof PII_KINDS)[number];

/** Kinds that by themselves lead to one person or open an account. The others need context, or are guesses. */
export const HARD_KINDS: ReadonlySet<PiiKind> = new Set(["email", "phone", "card", "iban", "key", "ssn"]);

/** A span of a text, in UTF-16 code units; `end` is exclusive. */
export interface Finding {
  readonly kind: PiiKind;
  readonly start: number;
  readonly end: number;
}

/** A detector: findings in a folded text, in any order; they may overlap those of other detectors. */
export type Detector = (text: string) => Finding[];
