import { stem } from "../../../domain/text/stem.ts";
import { GENERIC_WORDS, isStopWord } from "../../../domain/text/stop-words.ts";
import { words } from "../../../domain/text/words.ts";
import { STANDS_FOR } from "./stands-for.ts";

const list = (text: string): string[] => text.trim().split(/\s+/);

/**
 * Words of talk about the talk itself: asking and thanking, excuses for asking, who sent one here, the wait, and how the
 * answer should be put. A sentence with no other word of meaning asks for nothing and tells nothing of a subject.
 */
const TALK: Readonly<Record<string, readonly string[]>> = {
  en: list(`
    hope sorry apologies apologise apologize silly stupid dumb basic quick fast urgent hurry rush advance hesitate unclear
    clear confuse confusing confused detail details additional favour favor hand bother bothering disturb interrupt trouble
    mind patience patient fed shake shaking typo typos friend colleague neighbour sister brother mother father advise advised advice recommend recommended
    mention mentioned told spoke gave sent chance chat chatbot bot assistant ai tool honest honestly brief briefly short long concise simple plain
    jargon direct template sound sounds robot robotic polite luck idea ideas stuck lost alone sure expert beginner newbie
    yet listen listening waste minute moment hour hours morning weekend appreciate appreciated glad happy grateful welcome
    love cheers regards wish open sense wrong correct forget forgot unrelated related topic subject different following
    context below attached paste pasted earlier previous wonder curious nervous embarrassed embarrassing hard difficult
    easy straight straightforward far matter case big huge lifesaver deadline soon quickly language english
  `),
  es: list(
    "pregunta preguntas duda dudas consulta rápida rápido molestia perdona perdón disculpa disculpe ayuda ayudar echar mano amigo amiga favor vez primera probar pruebo sitio lugar adecuado correcto gracias antemano adelante espero saber digas tonta tontería otra breve honesto sincero página corto claro urgente buenos buenas tardes noches puedes pueda ver",
  ),
  de: list(
    "frage fragen kurze kurz bitte hilfe helfen hallo zusammen danke dank voraus hoffe hier richtig sorry entschuldigung entschuldigen stören störung dumm blöd blöde freund freundin kollege rat geraten erste erstes mal probiere ausprobiere versuche los geht ehrlich dringend vielleicht könnt könnten brauche sage gesagt schon einmal geschrieben unklar melden guten abend morgen",
  ),
  fr: list(
    "question questions petite rapide aide aider coup main bonjour merci avance désolé désolée pardon excusez déranger dérange bête idiote ami amie conseillé conseil première fois essaie essaye endroit bon espère bien voilà franc honnête urgent peut-être besoin bonsoir écris déjà écrit hésitez clair",
  ),
  pt: list(
    "pergunta perguntas dúvida rápida rápido ajuda ajudar mão olá obrigado obrigada antecipadamente desculpa desculpe incômodo incomodar boba bobo amigo amiga vez primeira tentando uso lugar certo espero sincero honesto urgente talvez preciso escrevi recomendou indicou sugeriu falou perguntar claro bom dia noite tarde",
  ),
  it: list(
    "domanda domande veloce rapida aiuto aiutare aiutarmi mano ciao salve grazie anticipo scusa scusate scusi disturbo disturbare stupida sciocca amico amica consigliato detto volta prima provo posto giusto spero sincero onesto urgente forse bisogno avrei scritto chiedere chiederti chiaro eccomi allora dunque buongiorno buonasera",
  ),
  nl: list(
    "vraag vragen vraagje snelle korte even hulp helpen hallo hoi dank bedankt alvast sorry stoor storen domme stomme vriend vriendin aangeraden gezegd eerste keer probeer plek goede juiste hoop eerlijk dringend misschien kun nodig gezegd geschreven duidelijk gerust goedenavond goedemorgen goedendag",
  ),
};

const TALK_STEMS = new Map(Object.entries(TALK).map(([tag, all]) => [tag, new Set(all.map(stem))]));

/** Japanese has no spaces between words: its formulas are told by their endings and openings. */
const JAPANESE =
  /^(?:.{0,12}(?:お願い(?:いた|致)?します|よろしく|ありがとう.{0,8}|すみません.{0,6}|失礼(?:いた)?します|助けて(?:ください|もらえますか)?|教えてください|質問(?:が|です|があります).{0,6}|こんにちは|こんばんは|おはよう.{0,6}|はじめまして)[。！!？?、]?)$/u;

/** Words beside personal data: "you can reach me at ...", "my name is ...". */
const CONTACT = new Set(
  list(
    "name named number phone email e-mail mail address reach contact card account born birthday whatsapp mobile cell secret identity date web page bank sheet link nombre llamo número correo datos teléfono heiße name nummer telefon erreichen erreichbar appelle nom numéro téléphone joindre adresse chamo nome número telefone chiamo numero telefono naam heet nummer telefoonnummer bereiken bereikbaar",
  ).map(stem),
);
const PLACEHOLDER = new RegExp(`\\b(?:${Object.values(STANDS_FOR).join("|")})\\b`, "giu");
/** Beside personal data at most this much may be said for a sentence to only give it: "my teacher is someone". */
const MAX_BESIDE = 1;

/**
 * Whether a sentence of a longer message neither asks nor tells of a subject: a greeting, an excuse, thanks, who one is
 * and where one can be reached, how the answer should sound. Personal data must be masked.
 */
export function isAside(sentence: string, language: string): boolean {
  const tag = language.slice(0, 2);
  if (tag === "ja" && JAPANESE.test(sentence.trim())) return true;
  const talk = TALK_STEMS.get(tag);
  const open = sentence.replace(PLACEHOLDER, " ");
  const left = words(open).flatMap((word) => {
    const token = word.toLowerCase().replaceAll("’", "'");
    const says =
      token.length > 1 &&
      !isStopWord(token, tag) &&
      !(tag === "en" && (GENERIC_WORDS.has(token) || GENERIC_WORDS.has(stem(token)))) &&
      !/^\d+$/.test(token);
    return says ? [stem(token)] : [];
  });
  const subjects = left.filter((word) => !(talk?.has(word) ?? false));
  if (subjects.length === 0) return talk !== undefined;
  return open !== sentence && new Set(subjects.filter((word) => !CONTACT.has(word))).size <= MAX_BESIDE;
}
