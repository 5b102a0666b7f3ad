import type { Rating } from "../../../contracts/common.ts";
import { fold } from "../../../domain/masking/fold.ts";

export interface Concern {
  readonly score: Rating;
  /** What kind of thing was found; never words of the conversation. */
  readonly reason: string | null;
}

interface Rule {
  readonly score: Rating;
  readonly reason: string;
  readonly pattern: RegExp;
  /** Look-alikes that the pattern may not be part of. */
  readonly except?: RegExp;
  /** Whether fiction, study or protection in the same text lowers the score. A person in danger is never softened. */
  readonly softens: boolean;
}

const SELF_HARM = "self-harm or suicide";
const WEAPONS = "weapons or explosives";
const VIOLENCE = "violence against people";
const INTRUSION = "breaking into accounts or systems";
const PHISHING = "phishing or stealing credentials";
const FRAUD = "fraud or forgery";
const DRUGS = "illegal drugs";
const MINORS = "sexual content about minors";
const ABUSE = "abuse or violence suffered by the user";
const STALKING = "spying on or exposing a person";
const MEDICAL = "possible medical emergency";
const HATE = "hatred or harassment";
const JAILBREAK = "attempt to bypass the assistant's rules";
const CHEATING = "cheating or deception in study or work";
const SEXUAL = "sexual content";

const rule = (score: Rating, reason: string, pattern: RegExp, except?: RegExp, softens = true): Rule => ({
  score,
  reason,
  pattern,
  ...(except ? { except } : {}),
  softens,
});

/** At most this many characters between the parts of a pattern: a clause. */
const RULES: readonly Rule[] = [
  rule(
    5,
    SELF_HARM,
    /\b(?:kill(?:ing)? myself|end(?:ing)? (?:my (?:own )?life|it all)|tak(?:e|ing) my own life|i(?:'m| am) suicidal|feel(?:ing)? suicidal|suicidal thoughts|want to die|wanna die|wish i (?:was|were) dead|don'?t want to (?:live|be alive)(?: anymore)?|better off dead|(?:self[- ]?harm|cut|hurt|harm)(?:ing|ed)? myself|no reason to live|commit(?:ting)? suicide|ways? to (?:kill|hang) myself|how to overdose)\b/i,
    /\b(?:laugh|embarrass|traffic)/i,
    false,
  ),
  rule(
    5,
    SELF_HARM,
    /\b(?:suicidarme|matarme|quitarme la vida|quiero morir(?:me)?|no quiero vivir|me suicider|en finir avec la vie|mettre fin à mes jours|je veux mourir|me tuer|mich umbringen|selbstmord begehen|mein leben beenden|nicht mehr leben|ich will sterben|me matar|quero morrer|tirar a minha vida|uccidermi|voglio morire|togliermi la vita|ammazzarmi)\b|自杀|不想活|死にたい|自殺したい|죽고 싶|покончить с собой|хочу умереть/i,
    undefined,
    false,
  ),
  rule(3, SELF_HARM, /\b(?:suicide|self[- ]harm|suicidio|selbstmord|suicídio)\b/i, /suicide squad/i),
  rule(
    5,
    MINORS,
    /\b(?:child|children|minor|minors|underage|preteen|toddler|kid|kids|little (?:girl|boy))s?\b.{0,24}\b(?:porn|pornography|nudes?|naked|erotic|sexual(?:ly)? (?:content|story|images?|explicit|abus\w+)|sex scene)\b|\bcsam\b/i,
    /\b(?:report|protect|prevent|safeguard|education)/i,
  ),
  rule(
    5,
    WEAPONS,
    /\b(?:make|making|build|building|construct|assemble|create|mix|detonate|plant|synthesi[sz]e|instructions for|recipe for)\b.{0,40}\b(?:bombs?|pipe bomb|explosives?|ied|molotov|grenade|nerve (?:agent|gas)|sarin|ricin|anthrax|mustard gas|thermite|chemical weapons?|bioweapons?|dirty bomb)\b/i,
    /\b(?:bath|photo|cherry|seed|cocoa|chocolate|logic|time|zip|fork|jager|glitter|hot chocolate)[- ]?bombs?\b|bombshell/i,
  ),
  rule(
    5,
    WEAPONS,
    /\b(?:fabricar|hacer|construir|fazer|costruire) (?:una?|um) (?:bomba|explosivo)\b|\b(?:fabriquer|construire) (?:une bombe|un explosif|des explosifs)\b|\bbombe (?:bauen|basteln)\b|\bsprengstoff (?:herstellen|mischen)\b|制作炸弹|做炸弹|сделать бомбу|爆弾を作/i,
  ),
  rule(
    4,
    WEAPONS,
    /\b(?:buy|get|make|print|3d[- ]?print|build|obtain|acquire|convert|smuggle)\b.{0,30}\b(?:guns?|firearms?|rifles?|silencers?|suppressors?|ghost guns?|ammo|ammunition|handguns?|pistols?|ar-?15)\b/i,
    /\b(?:nerf|glue|heat|water|nail|massage|staple|toy|squirt|paintball|airsoft|caulk|tattoo|price|ray|spray|top) ?guns?\b|noise suppress|video game|in the game|echo suppress/i,
  ),
  rule(
    4,
    VIOLENCE,
    /\b(?:kill|murder|shoot|stab|poison|strangle|hurt|attack|torture|kidnap|beat up|get rid of the body of)\b (?:my (?:wife|husband|boss|ex\b|ex-\w+|girlfriend|boyfriend|neighbou?r|teacher|brother|sister|mother|mom|father|dad|parents|coworker|classmates?|family)|(?:him|her|someone|somebody|people|a person|a human|everyone)\b|(?:the|that|this) (?:guy|man|woman|kid|girl|boy|cop|teacher))/i,
    /\b(?:(?:shoot|shot) (?:him|her|them|someone|my \w+) (?:an?|the|some) ?(?:email|mail|message|text|note|line|photo)|with kindness|in (?:the )?(?:game|chess|minecraft)|hurt (?:his|her|their|my|someone's) feelings|attack (?:him|her) politely)/i,
  ),
  rule(
    4,
    VIOLENCE,
    /\b(?:matar a|asesinar a|tuer (?:ma|mon|quelqu'un|ma|sa|son)|assassiner|jemanden umbringen|jemanden töten|(?:meinen|meine) \w+ (?:umbringen|töten)|matar (?:minha|meu|alguém)|uccidere (?:mia|mio|qualcuno))\b|杀人|杀了他|杀了她/i,
  ),
  rule(5, VIOLENCE, /\b(?:mass shooting|school shooting|terror(?:ist)? attack|shoot up (?:a|the|my))\b/i),
  rule(
    4,
    ABUSE,
    /\b(?:he|she|my (?:husband|wife|boyfriend|girlfriend|partner|dad|father|mom|mum|mother|stepdad|boss|ex|uncle|brother))\b.{0,20}\b(?:hits?|beats?|abuses?|abused|raped|rapes|chok(?:es|ed)|molest(?:s|ed)|threatens? to (?:kill|hurt)|threatened to (?:kill|hurt)|assaulted) me\b|\bi (?:was|am being|got|have been) (?:raped|molested|sexually assaulted|abused|trafficked)\b|\bmi (?:marido|esposo|pareja|padre) me (?:pega|golpea|maltrata)\b|\bmein (?:mann|vater|freund) schlägt mich\b|\bmon (?:mari|père|copain) me (?:frappe|bat)\b/i,
    /\b(?:at|in) (?:chess|tennis|golf|cards|the game|a race)|in the game/i,
    false,
  ),
  rule(
    4,
    PHISHING,
    /\b(?:phishing|spear[- ]?phish\w*|credential (?:stuffing|harvest\w*)|keylogger|password stealer|fake login page|steal(?:ing)?\b.{0,24}\b(?:passwords?|credentials?|identit(?:y|ies)|card (?:numbers?|details|data)|cookies|session|accounts?|data|bank))\b|\b(?:robar|roubar|rubare) (?:contraseñas?|senhas?|password|datos|dados)\b|\bpasswörter stehlen\b|\bvoler (?:des|un|le|les) (?:mots? de passe|données|compte)\b/i,
  ),
  rule(
    4,
    INTRUSION,
    /\b(?:hack|break|crack|brute[- ]?force|get)(?:ing|s)? (?:into|in to)\b.{0,30}\b(?:(?:my|his|her|their|someone(?: else)?'s|somebody's|an?|other people's|the) (?:\w+(?:'s)? ){0,2}(?:accounts?|phone|e-?mails?|wi-?fi|computer|laptop|instagram|facebook|gmail|snapchat|whatsapp|router|servers?|network|database|camera|icloud))\b/i,
    /\bget(?:ting)? (?:into|in to) (?:my|the|a|an)\b/i,
  ),
  rule(
    4,
    INTRUSION,
    /\b(?:ransomware|malware|trojan|botnet|ddos|rootkit|spyware|computer virus|zero[- ]day exploit)\b|\bhack (?:someone|somebody|his|her|their|my (?:ex|girl|boy|wife|husband)\w*|an? \w+ account)\b|\bhackear|\bpirater (?:un|le|son|sa|compte)|\bhackerare\b|\b(?:konto|handy|wlan|account) hacken\b|взломать|盗号|黑进/i,
    /\b(?:anti[- ]?malware|malware(?:bytes)? (?:scan|protection))\b/i,
  ),
  rule(
    4,
    STALKING,
    /\b(?:track|spy on|stalk|monitor|locate|follow|read)\b (?:my|his|her|their|someone'?s?|an?) ?(?:(?:ex|wife|husband|girlfriend|boyfriend|partner|daughter|son|employee|coworker|neighbou?r|crush)\w*'?s?)\b.{0,30}\b(?:phone|location|messages|texts|without (?:her|him|them|his|their)|secretly)\b|\bdoxx?(?:ing)?\b|\bfind (?:out )?(?:where|the home address).{0,20}\b(?:she|he|they|this (?:girl|guy|woman|man|person)) lives?\b/i,
  ),
  rule(
    4,
    FRAUD,
    /\b(?:fake|forged?|counterfeit|falsif\w+)\b.{0,24}\b(?:invoices?|ids?|passports?|documents?|receipts?|checks?|cheques?|diplomas?|doctor'?s? note|sick note|vaccin\w+|prescriptions?|money|bills|banknotes?|signatures?|reviews?|licen[cs]es?|degree|transcripts?|pay ?(?:stubs?|slips?))\b|\bmoney launder\w*|\blaunder(?:ing)? money\b|\bponzi\b|\bscam (?:people|someone|old|elderly|customers|victims)\b|\b(?:use|using|buy|sell)\b.{0,16}\bstolen (?:credit )?cards?\b|\bevad(?:e|ing) tax(?:es)?\b|\binsurance fraud\b/i,
    /\b(?:is|are|looks?|seems?|might be|got|received|spot|tell|detect|identify)\b.{0,20}\b(?:fake|counterfeit)\b/i,
  ),
  rule(
    4,
    FRAUD,
    /\b(?:falsificar|documentos? falsos?|dinero falso|lavar dinero|estafar|faux (?:papiers|documents|billets)|blanchir de l'argent|arnaquer|gefälschte?n? (?:ausweis|dokumente?|rechnung)|geld waschen|dinheiro falso|documentos? falsificados?|soldi falsi|documenti falsi)\b/i,
  ),
  rule(
    4,
    DRUGS,
    /\b(?:cook|make|synthesi[sz]e|manufacture|produce|grow|extract)\b.{0,24}\b(?:meth(?:amphetamine)?|fentanyl|heroin|cocaine|crack cocaine|mdma|ecstasy|lsd|dmt|ghb)\b|\b(?:buy|sell|deal|smuggle|get|order)\b.{0,20}\b(?:meth|fentanyl|heroin|cocaine|mdma|lsd|oxy(?:contin)? without|xanax without)\b/i,
  ),
  rule(
    3,
    DRUGS,
    /\b(?:comprar|vender|kaufen|verkaufen|acheter|vendre|comprare) (?:de la |du |de l')?(?:cocaína|heroína|drogas|kokain|heroin|drogen|cocaïne|héroïne|drogue|cocaina|eroina|droga)\b/i,
  ),
  rule(
    4,
    HATE,
    /\b(?:hate|kill|exterminate|deport|gas)(?: all)?(?: the)? (?:jews|muslims|blacks?|black people|gays?|lesbians?|trans people|immigrants?|mexicans|asians|women|christians|arabs|gypsies)\b|\bwhite (?:power|supremacy)\b|\bheil hitler\b/i,
  ),
  rule(
    3,
    HATE,
    /\b(?:bully|harass|humiliate|insult|threaten|blackmail|intimidate)(?:ing)? (?:my|him|her|them|someone|a (?:classmate|coworker|girl|boy)|this)\b|\bblackmail\b/i,
    /\b(?:is|am|are|was|being|getting) (?:being )?(?:bull|harass|blackmail)/i,
  ),
  rule(
    3,
    MEDICAL,
    /\b(?:(?:having|have|has|having a|is having|think i'?m having|had) (?:an? )?(?:heart attack|stroke|seizure|allergic reaction|severe chest pain|chest pains?|anaphyla\w+)|can'?t breathe|can(?:no|')t feel my (?:arm|face|leg)|(?:took|taken|swallowed) (?:too many|a whole bottle|bleach|poison|a battery)|overdosed|bleeding (?:heavily|a lot|won'?t stop)|unconscious|not breathing|stopped breathing|me duele (?:mucho )?el pecho|no puedo respirar|dolor (?:fuerte )?en el pecho|j'ai (?:très )?mal à la poitrine|je n'arrive pas à respirer|brustschmerzen|keine luft|dor no peito|não consigo respirar|dolore al petto)\b/i,
    undefined,
    false,
  ),
  rule(
    3,
    JAILBREAK,
    /\b(?:ignore|disregard|forget)(?: all| any| your)*(?: the| your)? (?:previous|prior|above|earlier|initial) (?:instructions?|prompts?|rules?|directions?)\b|\b(?:developer|dan|jailbreak|god) mode\b|\bjailbreak (?:you|chatgpt|claude|the (?:ai|model|assistant))\b|\bpretend you (?:have|had) no (?:rules|restrictions|filters?|limits)\b|\b(?:without|bypass(?:ing)?|disable) (?:your |any |the |all )?(?:content (?:filters?|policy)|safety (?:filters?|guidelines)|ethical guidelines|censorship)\b|\breveal your (?:system )?prompt\b/i,
  ),
  rule(
    2,
    CHEATING,
    /\b(?:bypass|avoid|beat|fool|trick|get past|undetectable by)\b.{0,24}\b(?:plagiarism|turnitin|ai detect\w+|proctor\w*|drug test)\b|\bcheat(?:ing)? (?:on|in|at) (?:my|the|an?) (?:exam|test|final|quiz|interview)\b|\bfake (?:sick|an illness|being sick|my resume)\b|\bcall in sick\b.{0,20}\b(?:even though|not (?:really )?sick)\b/i,
  ),
  rule(
    2,
    SEXUAL,
    /\b(?:porn(?:ography|o)?|erotica|erotic (?:story|roleplay|scene)|nsfw|sex(?:ual)? (?:scene|roleplay|fantasy)|nudes|sexting)\b/i,
    /\b(?:block|filter|addict|parental|quit|stop watching)/i,
  ),
];

/** Protecting oneself, learning about a danger, reporting it: the subject is grave, the request is not. */
const PROTECTIVE =
  /\b(?:prevent(?:ing|ion)?|avoid(?:ing)?|protect(?:ing|ion)?|detect(?:ing|ion)?|report(?:ing)?|spot(?:ting)?|recogni[sz]e|defen[cs]e|defend|awareness|training|security policy|hotline|helpline|victims? of|been hacked|got hacked|was hacked|got scammed|been scammed|was scammed|scan for|remove the|clean up|support group|statistics|law(?:s)? (?:on|about|against)|warning signs|prevenir|proteger|evitar|denunciar|schützen|verhindern|melden|protéger|éviter|signaler)\b/i;
const FICTION =
  /\b(?:novel|fiction(?:al)?|screenplay|short story|character|plot|movie|film|tv show|episode|lyrics|poem|board game|video game|minecraft|dungeons|d&d|history|historical|documentary|essay|thesis|dissertation|lecture|world war|roman|medieval|crossword|book)\b/i;

/** The patterns look back and forth within a clause; more than this of one conversation is not read. */
const MAX_CHARACTERS = 40_000;

/**
 * How worrying the user's words are, by lexicon: 5 grave danger or intent, 4 serious harm, 3 delicate, 2 slightly
 * improper, 1 nothing found. Knows words, not intent; English, and the basics of some other languages.
 */
export function concernOf(userText: string): Concern {
  const text = fold(userText.slice(0, MAX_CHARACTERS)).text.replaceAll("’", "'").replace(/\s+/g, " ");
  let score: Rating = 1;
  let reason: string | null = null;
  const soften = PROTECTIVE.test(text) ? 2 : FICTION.test(text) ? 1 : 0;
  for (const entry of RULES) {
    if (entry.score <= score) continue;
    const match = entry.pattern.exec(text);
    if (!match) continue;
    const around = text.slice(Math.max(0, match.index - 30), match.index + match[0].length + 30);
    if (entry.except?.test(around)) continue;
    const softened = entry.softens ? Math.max(2, entry.score - soften) : entry.score;
    if (softened > score) {
      score = softened as Rating;
      reason = entry.reason;
    }
  }
  return { score, reason };
}
