import type { Random } from "../random.ts";
import { randomInt } from "../random.ts";
import { pick } from "./pick.ts";
import type { LanguageId, Manner, PlantedKind } from "./script.ts";

/**
 * Personal data that belongs to nobody. Sources: card numbers that the payment schemes and processors publish for tests;
 * IBANs from the SWIFT registry's examples; IP addresses from RFC 5737 and RFC 3849; numbers that regulators keep for
 * drama (555-01xx in North America, Ofcom in the UK, the Bundesnetzagentur in Germany, Arcep in France); the two social
 * security numbers that were printed in public and withdrawn; keys from AWS' own examples; mail domains from RFC 2606.
 */
export const testCards = [
  "4111 1111 1111 1111",
  "5555 5555 5555 4444",
  "4242 4242 4242 4242",
  "6011 1111 1111 1117",
  "3782 822463 10005",
  "4012888888881881",
  "5105105105105100",
  "3566 0020 2036 0505",
  "4222-2222-2222-2220",
] as const;

/** On a wallet's sample card (1938) and in a pamphlet (1940); the Social Security Administration lists both as void. */
const withdrawnSsns = ["078-05-1120", "219-09-9999"] as const;

export const exampleIbans: Readonly<Record<LanguageId, readonly string[]>> = {
  en: ["GB29 NWBK 6016 1331 9268 19", "IE29AIBK93115212345678", "DE89370400440532013000"],
  es: ["ES91 2100 0418 4502 0005 1332", "ES9121000418450200051332"],
  de: ["DE89 3704 0044 0532 0130 00", "DE89370400440532013000", "CH93 0076 2011 6238 5295 7"],
  fr: ["FR14 2004 1010 0505 0001 3M02 606", "BE68 5390 0754 7034"],
  pt: ["PT50 0002 0123 1234 5678 9015 4", "PT50000201231234567890154"],
  it: ["IT60 X054 2811 1010 0000 0123 456", "IT60X0542811101000000123456"],
  nl: ["NL91 ABNA 0417 1643 00", "NL91ABNA0417164300", "BE68539007547034"],
  ja: ["DE89370400440532013000"],
};

/** The data of one user. Name, address, mail, phone, card and account stay the same; the rest is drawn each time. */
export interface Identity {
  readonly firstName: string;
  value(kind: PlantedKind, random: Random): string;
}

/** @param own the user's own numbers: the same sequence for the same user. */
export function createIdentity(language: LanguageId, manner: Manner, own: Random): Identity {
  const firstName = pick(own, manner.firstNames);
  const lastName = pick(own, manner.lastNames);
  // Japanese puts the family name first.
  const name = language === "ja" ? `${lastName}${firstName}` : `${firstName} ${lastName}`;
  const email = makeEmail(language, firstName, lastName, own);
  const phone = makePhone(language, own);
  const address = pick(own, manner.addresses).replace("{number}", String(1 + randomInt(own, 180)));
  const card = pick(own, testCards);
  const iban = pick(own, exampleIbans[language]);
  const makers: Readonly<Record<PlantedKind, (random: Random) => string>> = {
    name: () => name,
    email: () => email,
    phone: () => phone,
    address: () => address,
    card: () => card,
    iban: () => iban,
    ip: makeIp,
    api_key: makeKey,
    ssn: (random) => pick(random, withdrawnSsns),
    url: makeUrl,
  };
  return { firstName, value: (kind, random) => makers[kind](random) };
}

function makeEmail(language: LanguageId, firstName: string, lastName: string, random: Random): string {
  const local =
    language === "ja"
      ? `user${100 + randomInt(random, 900)}`
      : `${asciiName(firstName)}.${asciiName(lastName)}`;
  const suffix = random() < 0.3 ? String(randomInt(random, 100)) : "";
  return `${local}${suffix}@${pick(random, ["example.com", "example.org", "example.net", "mail.example.com"])}`;
}

function asciiName(name: string): string {
  return name
    .normalize("NFD")
    .replaceAll("ı", "i")
    .replace(/[^A-Za-z]/g, "")
    .toLowerCase();
}

function makePhone(language: LanguageId, random: Random): string {
  const last = String(randomInt(random, 100)).padStart(2, "0");
  const three = String(randomInt(random, 1000)).padStart(3, "0");
  const area = pick(random, ["202", "212", "312", "415", "617", "206"]);
  const forms = [`+1 ${area} 555 01${last}`, `(${area}) 555-01${last}`, `+1-${area}-555-01${last}`];
  if (language === "en") forms.push(`+44 7700 900${three}`, `020 7946 0${three}`);
  if (language === "de") return pick(random, [`+49 30 23125 ${three}`, `030 23125${three}`]);
  if (language === "fr")
    return pick(random, [`+33 1 99 00 ${last} ${three.slice(1)}`, `01 99 00 ${last} ${three.slice(1)}`]);
  return pick(random, forms);
}

function makeIp(random: Random): string {
  const host = 1 + randomInt(random, 254);
  return pick(random, [
    `192.0.2.${host}`,
    `198.51.100.${host}`,
    `203.0.113.${host}`,
    `2001:db8:${randomInt(random, 65536).toString(16)}::${host.toString(16)}`,
  ]);
}

function makeKey(random: Random): string {
  const digits = Array.from({ length: 12 }, () => randomInt(random, 16).toString(16)).join("");
  return pick(random, [
    `sk-FAKE-EXAMPLE-${digits}`,
    "AKIAIOSFODNN7EXAMPLE",
    `ghp_FAKEexample${"0".repeat(13)}${digits}`,
    "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  ]);
}

function makeUrl(random: Random): string {
  const id = 1_000_000 + randomInt(random, 8_999_999);
  return pick(random, [
    `https://shop.example.com/orders/${id}?token=fake${id % 9973}`,
    `https://docs.example.org/d/${id}/edit?user=${id % 9973}`,
    `https://example.net/account/${id}/bookings`,
  ]);
}
