import { MAX_EXCERPT_LENGTH } from "../../contracts/validation.ts";

/** A place in a row, as keys and indices from the row inward. */
export type Path = readonly (string | number)[];

const ELLIPSIS = "…";

const KNOWN_NAMES: ReadonlySet<string> = new Set([
  "__proto__",
  "conversation_id",
  "messages",
  "user_id",
  "timestamp",
  "metadata",
  "schema_version",
  "role",
  "content",
  "name",
]);

/**
 * Words that field names are made of. A key is shown only if all its words are here, because a key can be anything,
 * a person's name included. Common given names that are also field words (mark, max, grant, will) are left out.
 */
const FIELD_WORDS: ReadonlySet<string> = new Set(
  (
    "account address agent ai answer app application args arguments assistant at attachment attachments attributes " +
    "author body bot browser calls category channel chat chats children choices city client code codes completion " +
    "content contents context conv conversation conversations convo cost count country created creation current " +
    "customer data date datetime deleted details device dialog dialogue duration email ended error errors extra " +
    "feedback field fields file files finish finished flags format from function functions group hash history human " +
    "id ids idx image images index info input inputs instruction instructions ip is item items key kind label labels " +
    "lang language last length level link links list locale mapping message messages meta metadata mode model " +
    "models moderation ms msg name names node nodes num number object openai order org organization os output outputs " +
    "parameters params parent part parts phone platform previous project prompt prompts properties props provider " +
    "query question rating reason redacted region reply request requests response responses result results role roles " +
    "root row rows schema scores seconds sender session sessions size source start started state status stop subject " +
    "summary system tag tags task team temperature tenant text thread threads thumbs time timestamp timezone title to " +
    "token tokens tool tools topic topics toxicity ts turn turns type updated url usage user username users utc uuid " +
    "value values version weight workspace"
  ).split(" "),
);

/** snake_case, kebab-case or camelCase, up to four words: "createdAt", "user_id", "tool-calls". */
const FIELD_NAME = /^[A-Za-z]+(?:[_-][A-Za-z]+)*$/;
const WORD = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g;
const MAX_WORDS = 4;

const LETTER = /[\p{L}\p{M}]/gu;
const DIGIT = /\p{N}/gu;
/** Everything but ASCII from space to tilde: control characters, emoji, other punctuation, halves of surrogate pairs. */
const OTHER = /[^\x20-\x7e]/gu;

/**
 * The shape of a text: every letter becomes "x", every digit "0", ASCII punctuation and spaces stay, anything else
 * becomes "?". At most 40 characters and an ellipsis.
 */
export function maskText(text: string): string {
  // Cut first: the text may be megabytes. A pair cut in half becomes "?".
  const shape = text
    .slice(0, MAX_EXCERPT_LENGTH)
    .replaceAll(LETTER, "x")
    .replaceAll(DIGIT, "0")
    .replaceAll(OTHER, "?");
  return text.length > MAX_EXCERPT_LENGTH ? shape + ELLIPSIS : shape;
}

/** The masked shape of a text around one place in it. */
export function maskAround(text: string, at: number): string {
  const from = Math.max(0, Math.min(at - MAX_EXCERPT_LENGTH / 2, text.length - MAX_EXCERPT_LENGTH));
  return (from > 0 ? ELLIPSIS : "") + maskText(text.slice(from));
}

/** The masked shape of a parsed JSON value; a list or an object shows only its size, nothing shows as "". */
export function maskValue(value: unknown): string {
  if (typeof value === "string") return maskText(value);
  if (Array.isArray(value)) return `[${sized(value.length, "value")}]`;
  if (typeof value === "object" && value !== null) return `{${sized(Object.keys(value).length, "key")}}`;
  return value === undefined ? "" : maskText(JSON.stringify(value));
}

/** Whether a key is a name of the contract or made of harmless words only. */
function isPublicKey(key: string): boolean {
  if (KNOWN_NAMES.has(key)) return true;
  if (key.length > MAX_EXCERPT_LENGTH || !FIELD_NAME.test(key)) return false;
  const words = key.match(WORD) ?? [];
  return words.length <= MAX_WORDS && words.every((word) => FIELD_WORDS.has(word.toLowerCase()));
}

/** A key, or a role, as it may be shown: itself if made of names of the contract and harmless words only, else masked. */
export function showKey(key: string): string {
  return isPublicKey(key) ? key : maskText(key);
}

/** RFC 6901 pointer of a path, its keys shown by showKey. The row itself is "". */
export function showPointer(path: Path): string {
  return path
    .map(
      (part) =>
        `/${typeof part === "number" ? part : showKey(part).replaceAll("~", "~0").replaceAll("/", "~1")}`,
    )
    .join("");
}

function sized(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
