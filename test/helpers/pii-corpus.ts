import type { Faker } from "@faker-js/faker";
import {
  fakerDE,
  fakerEN_GB,
  fakerEN_US,
  fakerES,
  fakerFR,
  fakerIT,
  fakerJA,
  fakerNL,
  fakerPL,
  fakerPT_BR,
  fakerSV,
  fakerTR,
} from "@faker-js/faker";
import * as ids from "./national-ids.ts";
import { carriers } from "./pii-sentences.ts";
import type { Half } from "./pii-sentences.ts";

export const PII_TYPES = [
  "email",
  "phone",
  "card",
  "iban",
  "ip",
  "key",
  "national id",
  "url",
  "mac",
] as const;
export type PiiType = (typeof PII_TYPES)[number];

/** A value planted in a sentence. */
export interface Planted {
  readonly locale: string;
  readonly type: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

interface Locale {
  readonly faker: Faker;
  readonly country: string;
  readonly nationalId: (faker: Faker) => string;
}

export const locales: Readonly<Record<string, Locale>> = {
  en_US: { faker: fakerEN_US, country: "GB", nationalId: ids.usSsn }, // no IBAN in the US
  en_GB: { faker: fakerEN_GB, country: "GB", nationalId: ids.ukNino },
  de: { faker: fakerDE, country: "DE", nationalId: ids.deTaxId },
  fr: { faker: fakerFR, country: "FR", nationalId: ids.frNir },
  es: { faker: fakerES, country: "ES", nationalId: ids.esDni },
  it: { faker: fakerIT, country: "IT", nationalId: ids.itCodiceFiscale },
  nl: { faker: fakerNL, country: "NL", nationalId: ids.nlBsn },
  pt_BR: { faker: fakerPT_BR, country: "BR", nationalId: ids.brCpf },
  pl: { faker: fakerPL, country: "PL", nationalId: ids.plPesel },
  sv: { faker: fakerSV, country: "SE", nationalId: ids.sePersonnummer },
  ja: { faker: fakerJA, country: "DE", nationalId: ids.jpMyNumber }, // no IBAN in Japan
  tr: { faker: fakerTR, country: "TR", nationalId: ids.trKimlik },
};

const ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

function key(faker: Faker): string {
  const drawn = (n: number): string => faker.string.fromCharacters(ALPHANUMERIC, n);
  const hex = (n: number): string => faker.string.hexadecimal({ length: n, prefix: "", casing: "lower" });
  return faker.helpers.arrayElement([
    () => `sk-proj-${drawn(48)}`,
    () => `sk-ant-api03-${drawn(40)}`,
    () => `AKIA${faker.string.fromCharacters("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16)}`,
    () => `ghp_${drawn(36)}`,
    () => `github_pat_${drawn(22)}_${drawn(40)}`,
    () => `glpat-${drawn(20)}`,
    () => `sk_live_${drawn(24)}`,
    () => `xoxb-${faker.string.numeric(11)}-${faker.string.numeric(12)}-${drawn(24)}`,
    () => `AIza${drawn(35)}`,
    () => `hf_${drawn(34)}`,
    () => `npm_${drawn(36)}`,
    () => `SG.${drawn(22)}.${drawn(43)}`,
    () => `dop_v1_${hex(64)}`,
    () => faker.internet.jwt({ refDate: "2025-06-01" }),
    () => `${faker.string.numeric(10)}:AA${drawn(33)}`, // Telegram bot
    () => `dapi${hex(32)}`, // Databricks
    () => `r8_${drawn(37)}`, // Replicate
    () => drawn(40),
    () => hex(32),
  ])();
}

function mac(faker: Faker): string {
  const address = faker.internet.mac();
  return faker.helpers.arrayElement([
    address,
    address.toUpperCase(),
    address.replaceAll(":", "-").toUpperCase(),
    address.replaceAll(":", "").replace(/^(....)(....)(....)$/, "$1.$2.$3"), // as Cisco prints it
  ]);
}

function url(faker: Faker): string {
  const host = faker.internet.domainName();
  return faker.helpers.arrayElement([
    `https://${host}/users/${faker.string.numeric(7)}`,
    `https://www.${host}/orders?customer=${faker.string.alphanumeric(10)}&t=${faker.string.numeric(4)}`,
    `http://${host}/u/${faker.internet.username().replace(/[^\w.]/g, "")}`,
    `https://${host}/d/${faker.string.uuid()}/edit#gid=0`,
    `linkedin.com/in/${faker.helpers.slugify(faker.internet.displayName())}`,
    `https://${faker.internet.ipv4()}:8443/admin/session/${faker.string.alphanumeric(12)}`,
  ]);
}

/** An IPv4 address that could belong to somebody: not loopback, not 0/8, not above 223. */
function ip(faker: Faker): string {
  if (faker.datatype.boolean()) return faker.internet.ipv6();
  const rest = Array.from({ length: 3 }, () => faker.number.int({ min: 0, max: 255 }));
  return [faker.number.int({ min: 21, max: 223 }), ...rest].join(".");
}

function valueOf(type: PiiType, { faker, country, nationalId }: Locale): string {
  switch (type) {
    case "email":
      return faker.internet.email();
    case "phone":
      return faker.phone.number({
        style: faker.helpers.arrayElement(["human", "national", "international"] as const),
      });
    case "card": {
      const digits = faker.finance.creditCardNumber().replace(/\D/g, "");
      const grouped =
        digits.length === 15
          ? digits.replace(/^(.{4})(.{6})(.{5})$/, "$1 $2 $3")
          : digits.replace(/(.{4})(?=.)/g, "$1 ");
      return faker.helpers.arrayElement([digits, grouped, grouped.replaceAll(" ", "-")]);
    }
    case "iban":
      return faker.finance.iban({ countryCode: country, formatted: faker.datatype.boolean() });
    case "ip":
      return ip(faker);
    case "key":
      return key(faker);
    case "national id":
      return nationalId(faker);
    case "url":
      return url(faker);
    case "mac":
      return mac(faker);
  }
}

function plant(locale: string, type: string, carrier: string, value: string): Planted {
  const start = carrier.indexOf("{}");
  return { locale, type, text: carrier.replace("{}", () => value), start, end: start + value.length };
}

/** Values of every type in sentences of every locale. Half "a" was there while the masker was mended, "b" came after. */
export function planted(half: Half, seed: number, perCell: number): Planted[] {
  const found: Planted[] = [];
  for (const [name, locale] of Object.entries(locales)) {
    const { faker } = locale;
    faker.seed(seed);
    const { neutral, phone, nationalId } = carriers[half][name]!;
    for (const type of PII_TYPES) {
      // A run of digits says what it is only by the words around it.
      const sentences = type === "phone" ? phone : type === "national id" ? nationalId : neutral;
      for (let i = 0; i < perCell; i++)
        found.push(plant(name, type, sentences[i % sentences.length]!, valueOf(type, locale)));
    }
  }
  return found;
}

/** Names and street addresses, which no pattern can promise: measured, not asserted. */
export function plantedNames(seed: number, perCell: number): Planted[] {
  const found: Planted[] = [];
  for (const [name, { faker }] of Object.entries(locales)) {
    faker.seed(seed);
    const { named, neutral } = carriers.a[name]!;
    for (let i = 0; i < perCell; i++) {
      const person = `${faker.person.firstName()} ${faker.person.lastName()}`;
      found.push(plant(name, "name, introduced", named!, person));
      found.push(plant(name, "name, bare", neutral[i % neutral.length]!, person));
      found.push(plant(name, "address", neutral[i % neutral.length]!, faker.location.streetAddress()));
    }
  }
  return found;
}
