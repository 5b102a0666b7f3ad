import type { Finding } from "./kinds.ts";

/**
 * Capitalised words that follow "I'm", "Hi" or "Dear" without being a name: function words and states in title
 * case or after a stop, peoples and languages, forms of address to a group or to a machine.
 */
const NOT_NAMES: ReadonlySet<string> = new Set(
  (
    "a about able afraid after all already also always am an and angry anxious any anybody anyone are as asking at " +
    "available aware back bad based because been before being between bored both busy but by calling can check com " +
    "confused curious currently customer dead depressed desperate developer did do doctor doing done down engineer " +
    "everybody everyone excited expert feeling fine first folks for free friend friends from frustrated fully getting " +
    "glad going gonna good got great guest guys had happy hard has have having he hello help her here hi his hiring " +
    "home how hungry i if in interested into is it its just late later like looking lost love mad madam making manager " +
    "many married maybe me moving much my name need never new nervous no nobody not nothing now of off ok okay old on " +
    "one online only open or our out over please pleased pregnant pretty quite ready really recruiter running sad safe " +
    "scared self she sick single sir so some somebody someone sorry still stuck student sure support talking teacher " +
    "team tell test thank thankful thanks that the their them there these they thinking this those tired to today told " +
    "too totally trying two under unable unsure until up updating upset us used user using valued very waiting wanting " +
    "was we welcome well were what when where which who why will with wondering working world worried would writing " +
    "wrong yes yet you your yourself colleague colleagues committee concern whom may sales hr " +
    // peoples, languages, faiths
    "african american amish arab arabic argentine argentinian asian atheist australian austrian belgian black brazilian " +
    "british bulgarian buddhist canadian catholic chilean chinese christian colombian croatian cuban czech danish dutch " +
    "egyptian english european filipino finnish french german greek hindu hispanic hungarian indian indonesian iranian " +
    "iraqi irish israeli italian jamaican japanese jewish kenyan korean latina latino lebanese malaysian mexican " +
    "moroccan muslim native nigerian norwegian pakistani peruvian polish portuguese romanian russian scottish serbian " +
    "singaporean spanish swedish swiss syrian taiwanese thai turkish ukrainian vietnamese welsh white " +
    // machines
    "ai alexa assistant bard bot chat chatbot chatgpt claude copilot cortana gemini google gpt grok jarvis llama siri " +
    // months, days
    "january february march april june july august september october november december monday tuesday wednesday thursday " +
    "friday saturday sunday " +
    // other languages
    "todos equipo señor señora hola buenas buenos alle herren damen team zusammen sie ich student lehrer tous toutes " +
    "monsieur madame messieurs mesdames équipe un una une ein eine der die das el la le les de du des nicht kein très " +
    "muy no"
  ).split(" "),
);

/** A capitalised word of up to 31 letters: "Ng", "O'Brien", "Jean-Luc", "MacDonald". */
const WORD = "\\p{Lu}(?:['’]\\p{Lu})?[\\p{L}\\p{M}]{1,30}(?:['’-]\\p{L}[\\p{L}\\p{M}]{1,30}){0,2}";
const PARTICLE =
  "(?:(?:de|del|de la|da|dos|di|van|van der|van den|von|der|den|bin|ibn|al|el|le|la|du|st\\.?) )";
/** One to four words of a name; initials and particles between. */
const NAME = `${WORD}(?: (?:\\p{Lu}\\.? )?${PARTICLE}?${WORD}){0,3}`;

const words = (list: string): string => `(?:${list})`;

const TITLE = new RegExp(
  `\\b(?:Mr|Mrs|Ms|Mx|Miss|Dr|Prof|Professor|Doctor|Herr|Herrn|Frau|Señor|Señora|Srta|Sra|Mme|Monsieur|Madame|Mlle|Dott|Signor|Signora|Dona)\\.? (${NAME})`,
  "gu",
);

/** Phrases that can only be followed by a name; it may be in lower case. */
const STRONG = new RegExp(
  `\\b${words(
    "[Mm]y (?:full |first |last |real |legal |sur)?name(?:['’]s| is)|[Nn]ame['’]s|MY NAME IS|[Mm]e llamo|[Mm]i nombre es|[Ii]ch hei(?:ß|ss)e|[Mm]ein [Nn]ame ist|[Jj]e m['’]appelle|[Mm]on nom est|[Mm]eu nome é|[Mm]e chamo|[Mm]i chiamo|[Mm]ijn naam is|[Ii]k heet|[Nn]azywam się|[Mm]am na imię|[Jj]ag heter|[Mm]itt namn är|[Bb]enim adım|[Aa]dım|[Ii]l mio nome è|(?:[Ff]ull |[Ff]irst |[Ll]ast |[Ff]amily |[Ss]ur|[Uu]ser |[Pp]atient |[Cc]ustomer |[Ee]mployee |[Cc]lient )?[Nn]ame ?[:=]|[Nn]ombre ?:|[Nn]om ?:|[Vv]orname ?:|[Nn]achname ?:",
  )} {0,3}["'“]?((?:${NAME})|\\p{Ll}[\\p{L}'’-]{1,30}(?: \\p{Ll}[\\p{L}'’-]{1,30})?)`,
  "gu",
);

/** Phrases that are followed by a name among other things; only capitalised words count. */
const WEAK = new RegExp(
  `\\b${words(
    "I['’]?m|I am|[Tt]his is|[Ii]t['’]s|[Cc]all me|[Ii] am called|[Ss]oy|[Jj]e suis|[Ss]ono|[Aa]quí|[Cc]'est",
  )} (${NAME})`,
  "gu",
);
/** German capitalises every noun: only a full name counts. */
const GERMAN = new RegExp(`\\b[Ii]ch bin (${WORD} ${PARTICLE}?${WORD})`, "gu");

const RELATIVE = new RegExp(
  `\\b(?:[Mm]y|[Oo]ur|[Hh]is|[Hh]er|[Mm]i|[Mm]eine?|[Mm]on|[Mm]a) ${words(
    "(?:ex-?)?(?:husband|wife|boyfriend|girlfriend)|fiancée?|partner|spouse|son|daughter|child|baby|kid|boss|manager|supervisor|friend|best friend|brother|sister|mom|mum|mother|father|dad|parent|coworker|co-worker|colleague|neighbou?r|doctor|dentist|therapist|psychiatrist|landlord|landlady|tenant|teacher|professor|roommate|flatmate|classmate|uncle|aunt|cousin|nephew|niece|grandmother|grandfather|grandma|grandpa|lawyer|client|patient|student|employee|ex|esposa|esposo|marido|mujer|hijo|hija|hermano|hermana|amigo|amiga|jefe|madre|padre|Mann|Frau|Sohn|Tochter|Bruder|Schwester|Freund|Freundin|Chef|Mutter|Vater|mari|femme|fils|fille|frère|sœur|ami|amie|mère|père",
  )}(?:['’]s name)?,?(?: (?:is|named|called|whose name is|se llama|heißt|s['’]appelle))? (${NAME})`,
  "gu",
);

const SIGN_OFF = new RegExp(
  `(?:^|\\n)[^\\S\\n]{0,8}(?:(?:[Kk]ind(?:est)?|[Bb]est|[Ww]arm(?:est)?|[Mm]any) )?(?:[Rr]egards|[Bb]est|[Ww]ishes|[Cc]heers|[Ss]incerely|[Yy]ours(?: truly| sincerely| faithfully)?|[Tt]hanks(?: again| in advance)?|[Tt]hank you|[Rr]espectfully|[Ll]ove|[Ss]aludos|[Aa]tentamente|[Gg]racias|(?:[Vv]iele |[Ll]iebe |[Bb]este )?Gr(?:ü|ue)(?:ß|ss)e|[Mm]it freundlichen Gr(?:ü|ue)(?:ß|ss)en|[Cc]ordialement|[Bb]ien à vous|[Aa]tenciosamente)[,.!]?[^\\S\\n]{0,8}\\r?\\n\\s{0,8}(?:[-–—] ?)?(${NAME})[.,]?[^\\S\\n]{0,8}(?=\\r?\\n|$)`,
  "gu",
);

const SALUTATION = new RegExp(
  `(?:^|[\\n.!?"“] {0,2})(?:Dear|Hi|Hello|Hey|Hola|Hallo|Liebe|Lieber|Bonjour|Salut|Cher|Chère|Querid[oa]|Estimad[oa]|Caro|Cara|Ciao|Olá|Good (?:morning|afternoon|evening)),? (${NAME})(?=[,.!?:;\\n]| {1,2}[-–—]|$)`,
  "gu",
);

/** "My name is" in Chinese, Japanese and Korean: two to four characters after it, or up to the copula. */
const CJK =
  /(?:我叫|我的名字(?:是|叫)|本人姓名[::]?)([\p{Script=Han}]{2,4})|(?:名前は|私は)([\p{Script=Han}\p{Script=Katakana}\p{Script=Hiragana} ]{2,8}?)(?:です|と申し|といい)|이름은 ?([\p{Script=Hangul}]{2,4}?)(?:입니다|이에요|예요|이고)/gu;

/** Length of the part of a found name that is one: up to the first word that is none. */
function nameLength(found: string, acceptFirst: (word: string) => boolean): number {
  let end = 0;
  let first = true;
  for (const match of found.matchAll(/[^ ]+/g)) {
    const word = match[0].toLowerCase().replace(/['’]s$/, "");
    const particle = !first && /^\p{Ll}/u.test(match[0]);
    if (first ? !acceptFirst(word) : !particle && NOT_NAMES.has(word)) break;
    end = match.index + match[0].length;
    first = false;
  }
  return end;
}

const notCommon = (word: string): boolean => !NOT_NAMES.has(word) && !/(?:ing|ly)$/.test(word);

function find(pattern: RegExp, text: string, accept: (word: string) => boolean): Finding[] {
  const findings: Finding[] = [];
  for (const match of text.matchAll(pattern)) {
    const found = match.slice(1).find((group) => group !== undefined) ?? "";
    // The name is the match's last part, but for a quote or a stop after it.
    const start = match.index + match[0].lastIndexOf(found);
    const shouting =
      match[0].length > 8 && match[0] === match[0].toUpperCase() && /^[A-Z' ]+$/.test(match[0]);
    const length = nameLength(found, accept);
    if (length > 1 && !(shouting && accept === notCommon))
      findings.push({ kind: "name", start, end: start + length });
  }
  return findings;
}

/** A title vouches for any name but another function word. */
const afterTitle = (word: string): boolean => !/^(?:the|a|and|or|in|of|who|i|is|for)$/.test(word);
/** "This is" and "It's" begin many sentences; a lower-case word is a name only if it is not a common one. */
const afterStrong = (word: string): boolean => !NOT_NAMES.has(word) && !/(?:ing|ly|ed)$/.test(word);

/** People named in a context that says so. A name without such a context is out of reach of patterns. */
export function findNames(text: string): Finding[] {
  return [
    ...find(TITLE, text, afterTitle),
    ...find(STRONG, text, afterStrong),
    ...find(WEAK, text, notCommon),
    ...find(GERMAN, text, notCommon),
    ...find(RELATIVE, text, notCommon),
    ...(text.includes("\n") ? find(SIGN_OFF, text, notCommon) : []),
    ...find(SALUTATION, text, notCommon),
    ...(/[^\0-\x7f]/.test(text) ? find(CJK, text, () => true) : []),
  ];
}
