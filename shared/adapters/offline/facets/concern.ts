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
const EATING = "disordered eating";
const CHEATING = "cheating or deception in study or work";
const SEXUAL = "sexual content";
const HEALTH = "health question";
const DISTRESS = "emotional distress";

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
  rule(
    5,
    SELF_HARM,
    /\b(?:(?:everyone|everybody|people|they|the world|my (?:family|kids|parents|friends))(?: would|'d) (?:all )?be better (?:off )?without me|tired of (?:being alive|living|life)|(?:think\w*|thought|plan\w*|want|going|ready) (?:about |of |to |on )+end(?:ing)? (?:it|everything|my life|things)|(?:no|don'?t see (?:any|a|the)) (?:point|sense|reason) (?:in |to )?(?:living|liv(?:e|ing) (?:any ?more|on)|go(?:ing)? on)|(?:hurt|cut|harm)(?:ing)? myself)\b/i,
    undefined,
    false,
  ),
  rule(
    5,
    SELF_HARM,
    /\b(?:hac(?:erme|erse|iéndome) daño|(?:todos )?estarían mejor sin mí|no le veo sentido a (?:nada|la vida|vivir)|acabar con todo|ohne mich (?:wären|ginge|geht)|mir (?:selbst )?(?:etwas antu[en]|weh ?tu[en])|mich (?:selbst )?(?:ritzen|verletzen)|mieux sans moi|me faire du mal|en finir|melhor sem mim|me (?:machucar|cortar)|acabar com tudo|meglio senza di me|farmi (?:del )?male|farla finita|beter (?:af )?zonder mij|er een eind(?:e)? aan maken|mezelf pijn)\b|消えたい|生きていたくない|いない方がいい|自分を傷つけ|活着没意思/iu,
    /pour en finir avec (?!la vie)/i,
    false,
  ),
  rule(
    3,
    DISTRESS,
    /\b(?:can'?t (?:do this|go on|take (?:it|this)|cope) any ?more|completely hopeless|panic attacks?|nervous breakdown|(?:feel|felt|feeling|been) (?:so )?(?:empty|worthless|hopeless)|everything (?:feels|has felt) empty|no puedo más|ich kann nicht mehr|je n'en peux plus|não aguento mais|non ce la faccio più|ik kan niet meer)\b|もう限界|もう無理/i,
    undefined,
    false,
  ),
  rule(
    5,
    MEDICAL,
    /\b(?:(?:suddenly )?(?:can'?t|cannot|unable to) (?:move|lift|feel) (?:one|his|her|my|the|their) (?:\w+ )?(?:side|arms?|legs?|face|hand)|one side of (?:his|her|my|their) face|crushing (?:chest )?pain|(?:pain|pressure|tightness) in (?:his|her|my|their|the) chest|(?:took|taken|swallowed) (?:far |way )?(?:too many|all (?:his|her|my|their)) (?:tablets|pills|painkillers|sleeping)|hard to wake|won'?t wake up|can'?t wake (?:him|her|them)|unresponsive|passed out and|turning blue|(?:struggling|gasping) (?:to|for) (?:breathe?|air))\b/i,
    undefined,
    false,
  ),
  rule(
    5,
    MEDICAL,
    /\b(?:no (?:puede|puedo) mover (?:un|el|la|medio)|dolor (?:fuerte |aplastante |opresivo )*en el pecho|demasiadas pastillas|no (?:se )?despierta|kann (?:plötzlich )?(?:eine|seine|ihre|die) .{0,20}nicht (?:mehr )?bewegen|(?:druck|schmerzen) (?:auf|in) der brust|zu viele tabletten|nicht (?:mehr )?(?:aufwecken|wach)|ne peut plus bouger|douleur .{0,20}dans la poitrine|trop de (?:comprimés|cachets|médicaments)|não consegue (?:mexer|mover)|dor (?:forte )?no peito|comprimidos demais|non riesce a muovere|troppe (?:pastiglie|pillole)|te veel (?:tabletten|pillen)|pijn op de borst|niet meer bewegen)\b|胸が(?:苦し|痛)|意識がな/iu,
    undefined,
    false,
  ),
  rule(
    4,
    PHISHING,
    /\b(?:fake|fraudulent|bogus|look(?:s|ing)? (?:exactly )?like|as if (?:it (?:is|were|was|came)|from)|pretend\w*|pose as|posing as|imitat\w+|impersonat\w+|copy the style of|template (?:for )?an?|sound more real|seem(?:s|ing)? to (?:come|be) from)\b.{0,70}\b(?:bank|parcel|post office|postal|delivery|streaming|log-?in|it department|help ?desk|support team|head of the company|ceo|boss|paypal|microsoft|tax (?:office|authority)|irs|apple|amazon)\b.{0,60}\b(?:e-?mails?|mails?|messages?|sms|texts?|pages?|notices?|sites?|urgent\w*|gift cards?|password|payment|expires?)\b/i,
    /\b(?:i|we|she|he|my \w+) (?:got|received|have received|clicked|fell for)\b|is (?:this|it) (?:a )?(?:fake|real|scam|phishing)/i,
  ),
  rule(
    4,
    PHISHING,
    /\bfake (?:mail|e-?mail|message|sms|notice|page|login)\b.{0,50}\b(?:from|that|saying)\b|\bso (?:that )?(?:people|they|users|customers|employees|victims|colleagues) (?:will )?(?:enter|type|give|log ?in|click|tap|hand over)\b|\blog ?in through my (?:page|link|site)\b|\bgift cards? (?:are|is) needed\b/i,
    /\b(?:i|we) (?:got|received|clicked|fell for)\b/i,
  ),
  rule(
    4,
    PHISHING,
    /\b(?:faux|fausse|soi-disant|semble(?:r)? (?:envoyé|venir|provenir)|comme s'il (?:était|venait)|imiter|se faire passer pour|falso|falsa|como si (?:fuera|viniera|lo enviara)|haciéndose pasar|suplantar|gefälscht\w*|als (?:käme|ob|wäre)|aussieht wie|nachahmen|como se fosse|fingindo ser|finto|finta|come se (?:fosse|venisse)|fingendo|nep|alsof|zogenaamd)\b.{0,70}\b(?:banque|poste|informatique|impôts|livraison|streaming|banco|correos|hacienda|informática|mensajería|bank|post|paketdienst|it-abteilung|finanzamt|correios|receita|banca|posta|corriere|assistenza|belastingdienst|pakketdienst|it-afdeling)\b/iu,
  ),
  rule(
    4,
    PHISHING,
    /\b(?:pour que (?:les gens|ils|personne)|para que (?:la gente|las personas|as pessoas|escriban|pongan|nadie)|damit (?:die )?(?:leute|kunden|sie|niemand)|così che|in modo che (?:la gente|nessuno)|zodat (?:mensen|ze|niemand))\b.{0,60}\b(?:mot de passe|contraseña|passwort|senha|password|wachtwoord|méfie|sospeche|verdacht|clique|klick|cliquent|inloggen)\b/iu,
  ),
  rule(
    4,
    INTRUSION,
    /\b(?:read|get into|take over|access|log ?in(?:to)?|guess(?:ed)?|open|reset|crack)\b.{0,30}\b(?:ex|ex-\w+|stranger|someone(?: else)?|somebody|girlfriend|boyfriend|wife|husband|partner|colleague|coworker|neighbou?r|classmate|roommate|friend)(?:'s)\b.{0,30}\b(?:accounts?|instagram|facebook|password|e-?mails?|messages|phone|snapchat|whatsapp|gmail|icloud|chats?|wi-?fi)\b/i,
  ),
  rule(
    4,
    STALKING,
    /\b(?:track|follow|locate|watch|monitor|record|spy on|listen to)\b.{0,40}\b(?:woman|man|girl|boy|guy|ex|wife|husband|girlfriend|boyfriend|daughter|son|colleague|coworker|neighbou?r|someone|person|employee|her|him|them)\b.{0,40}\b(?:without (?:being noticed|\w+ (?:noticing|knowing|knowledge))|secretly|covertly|unnoticed)\b|\bread (?:the )?(?:messages|texts|mails|chats) of (?:a|my|the) (?:woman|man|girl|guy|ex|wife|husband|girlfriend|boyfriend|partner|daughter|colleague)\b/i,
  ),
  rule(
    4,
    STALKING,
    /\b(?:localizar|rastrear|seguir|espiar)\b.{0,40}\bsin que (?:se entere|lo sepa|me vea|se dé cuenta)\b|\b(?:orten|verfolgen|überwachen|ausspionieren|mitlesen)\b.{0,40}\b(?:ohne dass|heimlich|unbemerkt)\b|\b(?:heimlich|unbemerkt)\b.{0,30}\b(?:orten|verfolgen|überwachen|mitlesen)\b|\b(?:suivre|localiser|espionner|pister)\b.{0,40}\bsans (?:qu'|être (?:remarqué|vu)|se faire)|\b(?:rastrear|seguir|localizar)\b.{0,40}\bsem (?:que|ser)\b|\b(?:seguire|rintracciare|spiare)\b.{0,40}\bsenza (?:che|farmi|essere)\b|\b(?:volgen|opsporen|afluisteren|bespioneren)\b.{0,40}\bzonder dat\b/iu,
  ),
  rule(
    5,
    VIOLENCE,
    /\bfear for (?:their|his|her) li(?:fe|ves)\b|\b(?:see|learn|find out) what (?:i'?m|i am) capable of\b|\b(?:death threat|threatening (?:message|letter|note|e-?mail))\b/i,
    /\b(?:i (?:got|received)|sent me|from my)\b/i,
  ),
  rule(
    4,
    VIOLENCE,
    /\b(?:he|she|they|who\b.{0,40}|guy|man|woman|ex|boss|teacher|neighbou?r|kids?|people|everyone)\b.{0,12}\b(?:will|is going to|are going to|is gonna|'s going to|'ll)\s(?:pay for (?:it|this|that|what)|regret (?:it|this|what|ever)|be sorry)\b|\bi(?:'ll| will|'m going to| am going to) make (?:him|her|them) (?:pay|suffer|regret)\b|\bbeat (?:him|her|them) to\b/i,
    /pay for (?:it|this) (?:with|by|in|at|from)|insurance|dinner|tickets?/i,
  ),
  rule(
    4,
    VIOLENCE,
    /\b(?:va|van) a (?:pagar(?:lo|la)?|arrepentirse|lamentar(?:lo)?)\b|\bde lo que soy capaz\b|\bwozu ich fähig bin\b|\b(?:wird|werden) (?:dafür|das) (?:bezahlen|büßen|bereuen)\b|\bde quoi je suis capable\b|\bva (?:me )?le payer\b|\bvão? (?:pagar|se arrepender)\b|\bdo que sou capaz\b|\b(?:la pagher(?:à|anno)|di cosa sono capace)\b|\bwaartoe ik in staat ben\b|\bvoor boeten\b|殺してやる|思い知らせ/iu,
  ),
  rule(
    5,
    WEAPONS,
    /\b(?:make|making|build|building|construct|assemble|print)\b.{0,30}\bweapons?\b|\bweapon\b.{0,20}\b(?:no (?:scanner|detector)|undetectable|untraceable)|\b(?:fabricar|construir|hacer|fazer|costruire) (?:un|una|uma) arma\b|\bfabriquer une arme\b|\bwaffe(?:n)? (?:bauen|basteln|herstellen)\b|\bwapen (?:maken|bouwen)\b/i,
    /\b(?:in (?:minecraft|the game|skyrim|zelda|terraria)|cosplay|prop|foam|lego|toy)\b/i,
  ),
  rule(
    4,
    EATING,
    /\b(?:starv(?:e|ing) myself|(?:only |just )(?:allow myself|eat|eating|have)\b.{0,20}\b(?:one meal|\d{2,3} calories|an apple|once a day)|make myself (?:sick|throw up|vomit)|throw(?:ing)? up (?:after (?:eating|meals)|my (?:food|dinner))|purg(?:e|ing) after|(?:even )?stricter (?:diet|plan)|pro[- ]?ana\b|laxatives? to lose|not ill enough|eat as little as possible|una comida al día y|vomitar después de comer|nur eine mahlzeit|kotze? nach dem essen|me faire vomir|un seul repas par jour|vomitar depois|vomitare dopo)\b/iu,
    undefined,
    false,
  ),
  rule(
    2,
    HEALTH,
    /\b(?:symptoms?|dizz(?:y|iness)|rash|fever|migraines?|headaches?|chest|nausea|vomiting|blood (?:pressure|in my|test)|swollen|infection|side effects?|dosage|dose of|overdose|diagnos\w+|antibiotics?|ibuprofen|paracetamol|antidepressants?|pregnan\w+|miscarriage|std|sti|lump|bleeding|síntomas?|mareos?|fiebre|schwindel|fieber|symptome?|vertiges?|fièvre|symptômes?|tontura|febre|sintomas?|vertigini|febbre|sintomi|duizelig\w*|koorts)\b|めまい|発熱|症状/iu,
    /\b(?:treasure|chest of drawers|ice chest|chest (?:press|day|workout|exercise)|cabin fever|diagnos\w+ (?:the |my |an? )?(?:computer|laptop|network|engine|car|server|error|bug))\b/i,
  ),
];

/** Protecting oneself, learning about a danger, reporting it: the subject is grave, the request is not. */
const PROTECTIVE =
  /\b(?:prevent(?:ing|ion)?|avoid(?:ing)?|protect(?:ing|ion)?|detect(?:ing|ion)?|report(?:ing)?|spot(?:ting)?|recogni[sz]e|defen[cs]e|defend|awareness|training|security policy|hotline|helpline|victims? of|been hacked|got hacked|was hacked|got scammed|been scammed|was scammed|scan for|remove the|clean up|support group|statistics|law(?:s)? (?:on|about|against)|warning signs|prevenir|proteger|evitar|denunciar|schützen|verhindern|melden|protéger|éviter|signaler)\b/i;
const FICTION =
  /\b(?:novel|fiction(?:al)?|screenplay|short story|character|plot|movie|film|tv show|episode|lyrics|poem|board game|video game|minecraft|dungeons|d&d|history|historical|documentary|essay|thesis|dissertation|lecture|world war|roman|medieval|crossword|book)\b/i;

/** The patterns look within a clause; more than this of one conversation is not read. */
const MAX_CHARACTERS = 40_000;

/** By how much the sentence around a match takes back its gravity. What is said elsewhere excuses nothing. */
function softening(text: string, index: number, length: number): number {
  const from = Math.max(
    text.lastIndexOf(". ", index),
    text.lastIndexOf("? ", index),
    text.lastIndexOf("! ", index),
    index - 160,
    0,
  );
  const stop = text.slice(index + length).search(/[.?!](?: |$)/);
  const sentence = text.slice(
    from,
    stop < 0 ? index + length + 160 : Math.min(index + length + stop, index + length + 160),
  );
  if (PROTECTIVE.test(sentence)) return 2;
  return FICTION.test(sentence) ? 1 : 0;
}

/**
 * How worrying the user's words are, by lexicon: 5 grave danger or intent, 4 serious harm, 3 delicate, 2 sensitive or
 * slightly improper, 1 nothing found. Knows words, not intent; English, and the basics of some other languages.
 */
export function concernOf(userText: string): Concern {
  const text = fold(userText.slice(0, MAX_CHARACTERS)).text.replaceAll("’", "'").replace(/\s+/g, " ");
  let score: Rating = 1;
  let reason: string | null = null;
  for (const entry of RULES) {
    if (entry.score <= score) continue;
    const match = entry.pattern.exec(text);
    if (!match) continue;
    const around = text.slice(Math.max(0, match.index - 30), match.index + match[0].length + 30);
    if (entry.except?.test(around)) continue;
    const lowered = entry.softens ? softening(text, match.index, match[0].length) : 0;
    const softened = Math.max(Math.min(2, entry.score), entry.score - lowered);
    if (softened > score) {
      score = softened as Rating;
      reason = entry.reason;
    }
  }
  return { score, reason };
}
