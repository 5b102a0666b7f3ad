import type { PlantedKind } from "../../../shared/domain/mock/script.ts";
import { languageIds } from "../../../shared/domain/mock/script.ts";
import { mannerOf } from "../../../shared/domain/mock/catalogue.ts";

/** Luhn's check (ISO/IEC 7812-1), written apart from the product's own. */
export function isLuhnValid(digits: string): boolean {
  const sum = digits
    .split("")
    .reverse()
    .reduce<number>((total, digit, at) => {
      const value = at % 2 === 0 ? Number(digit) : Number(digit) * 2;
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return sum % 10 === 0;
}

/** ISO 13616: the rearranged number modulo 97 is 1. */
export function isIbanValid(iban: string): boolean {
  const compact = iban.replaceAll(" ", "");
  const digits = (compact.slice(4) + compact.slice(0, 4)).replace(/[A-Z]/g, (letter) =>
    String(letter.charCodeAt(0) - 55),
  );
  return BigInt(digits) % 97n === 1n;
}

const names = languageIds.flatMap((language) => {
  const { firstNames, lastNames } = mannerOf(language);
  return firstNames.flatMap((first) =>
    lastNames.map((last) => (language === "ja" ? `${last}${first}` : `${first} ${last}`)),
  );
});
const addresses = languageIds.flatMap((language) =>
  mannerOf(language).addresses.map(
    (address) => new RegExp(address.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace("{number}", "\\d+")),
  ),
);

const patterns: Readonly<Record<Exclude<PlantedKind, "name" | "address" | "card" | "iban">, RegExp>> = {
  email: /\w@(?:mail\.)?example\.(?:com|org|net)\b/,
  phone: /555[ -]01\d\d\b|7700 900\d{3}|7946 0\d{3}|30 23125 ?\d{3}|1 99 00 \d\d \d\d/,
  ip: /\b(?:192\.0\.2|198\.51\.100|203\.0\.113)\.\d{1,3}\b|2001:db8:/,
  api_key: /\b(?:sk-FAKE|AKIA|ghp_FAKE)\w*|EXAMPLEKEY/,
  ssn: /\b(?:078-05-1120|219-09-9999)\b/,
  url: /https?:\/\//,
};

/** Which kinds of personal data a text holds, found by their shape alone. */
export function detectKinds(text: string): Set<PlantedKind> {
  const found = new Set<PlantedKind>();
  for (const [kind, pattern] of Object.entries(patterns) as [PlantedKind, RegExp][]) {
    if (pattern.test(text)) found.add(kind);
  }
  if (names.some((name) => text.includes(name))) found.add("name");
  if (addresses.some((address) => address.test(text))) found.add("address");
  for (const [match] of text.matchAll(/(?<![\w+-])\d(?:[ -]?\d){12,18}(?![\w-])/g)) {
    if (isLuhnValid(match.replace(/\D/g, ""))) found.add("card");
  }
  for (const [match] of text.matchAll(/\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,26}\b/g)) {
    if (isIbanValid(match)) found.add("iban");
  }
  return found;
}
