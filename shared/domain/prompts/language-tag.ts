import { languageTag } from "../../contracts/facets.ts";

const UNKNOWN = "und";
const LETTERS = "abcdefghijklmnopqrstuvwxyz".split("");

let byName: ReadonlyMap<string, string> | undefined;

/** English names of languages with a two-letter code: small models answer "Spanish" for "es". */
function tagsByName(): ReadonlyMap<string, string> {
  const names = new Intl.DisplayNames("en", { type: "language", fallback: "none" });
  return new Map(
    LETTERS.flatMap((a) =>
      LETTERS.flatMap((b) => {
        const name = names.of(a + b);
        return name === undefined ? [] : [[name.toLowerCase(), a + b] as const];
      }),
    ),
  );
}

/** A language as models write it ("en_us", "Spanish", "zh-hant-tw") as a tag of the contract; "und" for anything else. */
export function normalizeLanguage(text: string | null): string {
  const written = (text ?? "").trim().replaceAll("_", "-");
  byName ??= tagsByName();
  const named = byName.get(written.toLowerCase());
  if (named !== undefined) return named;
  try {
    const { language, script, region } = new Intl.Locale(written);
    const tag = [language, script, region].filter((part) => part !== undefined).join("-");
    return languageTag.safeParse(tag).success ? tag : UNKNOWN;
  } catch {
    return UNKNOWN;
  }
}
