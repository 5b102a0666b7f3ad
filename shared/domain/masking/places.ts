import type { Finding, PiiKind } from "./kinds.ts";

const STREET =
  "Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Boulevard|Blvd|Drive|Dr|Court|Ct|Place|Pl|Square|Sq|Terrace|Ter|Way|Close|Crescent|Cres|Parkway|Pkwy|Highway|Hwy|Circle|Cir|Trail|Trl|Row|Walk|Gardens|Mews|Grove";
/** Apartment, then town, then a postal code or a state with one. */
const REST = String.raw`(?:,? {0,2}(?:[Aa]pt|[Aa]partment|[Ss]uite|[Uu]nit|[Ff]lat|#)\.? ?[A-Za-z0-9-]{1,6})?(?:, \p{Lu}[\p{L}'’-]{1,24}(?: \p{Lu}[\p{L}'’-]{1,24}){0,2})?(?:,? [A-Z]{2} \d{5}(?:-\d{4})?)?`;

const ENGLISH = new RegExp(
  String.raw`(?<![\p{L}\p{N}.,-])\d{1,5}[A-Za-z]? (?:[NSEW]\.? |North |South |East |West )?(?:[\p{Lu}][\p{L}.'’-]{1,24} ){1,4}(?:${STREET})(?![\p{L}])\.?${REST}`,
  "gu",
);
const ENGLISH_LOWER =
  /(?<![\p{L}\p{N}.,-])\d{1,5}[a-z]? (?!(?:way|min|mins|minutes?|hours?|hrs?|miles?|km|meters?|days?|blocks?|feet|ft|of|the|on|in|to|lane|more|different|new|old)\b)(?:[a-z][a-z'-]{2,20} ){1,2}(?:street|avenue|road|lane|boulevard)(?![\p{L}])/gu;
/** The end of a German address; the street's name is before it, in one word or hyphenated. */
const GERMAN =
  /(?:[Ss]traße|[Ss]trasse|[Ss]tr\.|[Ww]eg|[Pp]latz|[Aa]llee|[Gg]asse|[Uu]fer|[Dd]amm|[Rr]ing) \d{1,4} ?[a-z]?(?![\p{L}\p{N}])(?:,? {0,2}\d{5} \p{Lu}[\p{L}-]{2,30})?/gu;
const GERMAN_NAME = /(?:[\p{Lu}][\p{L}]{1,20}[ -]){0,2}[\p{Lu}][\p{L}]{1,30}[ -]?$/u;
const ROMANCE =
  /\b(?:[Cc]alle|[Aa]venida|[Aa]vda\.?|[Pp]aseo|[Pp]laza|[Vv]ia|[Vv]iale|[Pp]iazza|[Bb]orgo|[Cc]ontrada|[Rr]ua|[Tt]ravessa|[Aa]lameda|[Cc]orso)(?: (?:de|del|de la|de los|da|do|dos|di|della|dei))? \p{Lu}[\p{L}'’.-]{1,30}(?: (?:(?:de|del|la|da|di|y|e) )?\p{Lu}[\p{L}'’.-]{1,30}){0,3},? (?:n[.ºo°]{0,2} ?)?\d{1,4}(?![\p{L}\p{N}])/gu;
const FRENCH =
  /(?<![\p{L}\p{N}.,-])\d{1,4}(?: ?(?:bis|ter))?,? (?:[Rr]ue|[Aa]venue|[Bb]oulevard|[Bb]d|[Pp]lace|[Cc]hemin|[Aa]llée|[Ii]mpasse|[Pp]assage|[Qq]uai|[Cc]ours) (?:(?:de|du|des|de la|de l['’]|d['’]|la|le|les) ?){0,2}\p{L}[\p{L}'’-]{1,30}(?: \p{Lu}[\p{L}'’-]{1,30}){0,3}(?:,? \d{5} \p{Lu}[\p{L}-]{2,30})?/gu;
/** A number after a word that ends as Dutch and Swedish streets do: "Jortstraat 7", "Norra Strandgatan 7". */
const COMPOUND =
  /(?<!\p{L})(?:\p{Lu}\p{L}{1,20} ){0,2}\p{Lu}\p{L}{1,30}(?:straat|laan|plein|gracht|plantsoen|kade|dijk|singel|gatan|vägen|gränd|stigen| Väg| Gata) \d{1,4} ?[a-z]?(?![\p{L}\p{N}])/gu;
const TURKISH =
  /(?<!\p{L})\p{Lu}\p{L}{1,30}(?: \p{Lu}\p{L}{1,30}){0,2} (?:Sokak|Sokağı|Sk\.|Cadde|Caddesi|Cad\.|Cd\.|Bulvarı|Blv\.),? (?:[Nn]o:? ?)?\d{1,4} ?[a-z]?(?![\p{L}\p{N}])/gu;
const POLISH =
  /(?<!\p{L})(?:ul|al|pl|os)\. \p{Lu}\p{L}{1,30}(?: \p{Lu}\p{L}{1,30}){0,2} \d{1,4}[a-z]?(?:\/\d{1,4})?(?![\p{L}\p{N}])/gu;
/** Block, lot and house of a Japanese address. */
const JAPANESE =
  /(?:[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]{1,20})?\d{1,3}丁目\d{1,3}番(?:地)?(?:の?\d{1,4}号?)?/gu;
const PO_BOX = /\b[Pp]\.? ?[Oo]\.? [Bb]ox \d{1,6}\b|\bPostfach \d{2,7}\b/g;
/** United Kingdom postcodes (Royal Mail's format), which lead to some fifteen homes. */
const UK_POSTCODE =
  /(?<![A-Za-z0-9])(?:[A-PR-UWYZ]\d{1,2}|[A-PR-UWYZ][A-HK-Y]\d{1,2}|[A-PR-UWYZ]\d[A-HJKPSTUW]|[A-PR-UWYZ][A-HK-Y]\d[ABEHMNPRV-Y]) \d[ABD-HJLNP-UW-Z]{2}(?![A-Za-z0-9])/g;
/** Latitude and longitude with at least four decimals: 11 metres or less. */
const COORDINATES = /(?<![\d.])-?\d{1,2}\.\d{4,10}°? ?[NS]?,\s{0,2}-?\d{1,3}\.\d{4,10}°? ?[EW]?(?![\d.])/g;

const BIRTH =
  /\b(?:born(?: on)?|birth ?date|date of birth|dob|d\.o\.b\.?|birthday(?: is| was)?|fecha de nacimiento|nac[ií](?: el)?|nacid[oa] el|geboren(?: am)?|geburtsdatum|date de naissance|née? le)[\s:,-]{0,4}(?:is|on|ist|es|est|was|the|am|el|le)?[\s:]{0,2}((?:\d{1,4}(?:st|nd|rd|th|\.)?[ ./-](?:\d{1,2}|(?:of |de )?[\p{L}]{3,12}\.?)[ ./-](?:de )?\d{2,4})|(?:[\p{L}]{3,12}\.? \d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\d\d))/giu;

function whole(kind: PiiKind, pattern: RegExp, text: string): Finding[] {
  return Array.from(text.matchAll(pattern), (match) => ({
    kind,
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** Postal addresses, coordinates, and dates of birth that are announced as such. */
export function findPlaces(text: string): Finding[] {
  if (!/\d/.test(text)) return []; // each of them holds a number
  const births = Array.from(text.matchAll(BIRTH), (match): Finding => {
    const end = match.index + match[0].length;
    return { kind: "birthdate", start: end - (match[1]?.length ?? 0), end };
  });
  const german = Array.from(text.matchAll(GERMAN), (match): Finding | undefined => {
    const name = GERMAN_NAME.exec(text.slice(Math.max(0, match.index - 64), match.index))?.[0];
    if (name === undefined && /^\p{Ll}/u.test(match[0])) return undefined;
    return { kind: "address", start: match.index - (name?.length ?? 0), end: match.index + match[0].length };
  }).filter((finding) => finding !== undefined);
  return [
    ...whole("address", ENGLISH, text),
    ...whole("address", ENGLISH_LOWER, text),
    ...german,
    ...whole("address", ROMANCE, text),
    ...whole("address", FRENCH, text),
    ...whole("address", COMPOUND, text),
    ...whole("address", TURKISH, text),
    ...whole("address", POLISH, text),
    ...whole("address", JAPANESE, text),
    ...whole("address", PO_BOX, text),
    ...whole("address", UK_POSTCODE, text),
    ...whole("address", COORDINATES, text),
    ...births,
  ];
}
