/*
 * Words before and after a run of digits that tell what it is, in the languages of the masker's test corpus. Each pattern
 * is tried on a few dozen characters that end (or begin) at the digits; none has two unbounded parts.
 */

/** Up to 30 characters that are neither digits nor the end of a line, then the number. */
const GAP = String.raw`[^\d\n]{0,30}$`;

const PHONE_WORDS = [
  // English
  "phone|mobile|cell|tel|telephone|fax|whats ?app|call(?! stack)|(?:text|ring|dial|sms)(?: (?:me|us|him|her|them|my|mum|mom|dad|back|on|the office))?(?= )|reach|contact|my (?:number|no)",
  // Spanish, Portuguese
  "tel[eéè]fono|m[oó]vil|celular|ll[aá]m[ae](?:me|nos|lo|la|r)?|mi n[uú]mero|telefone|telem[oó]vel|lig(?:a|ue|ar|o)|meu n[uú]mero|zap",
  // German
  "telefon|telefonnummer|rufnummer|handy|handynummer|mobil|festnetz|ruf|meine nummer|erreich(?:bar|e|st|en)",
  // French
  "t[eé]l[eé]phone|t[eé]l|portable|appel(?:le|lez|er)(?:-moi|-nous)?|joindre|joignable|mon num[eé]ro",
  // Italian
  "telefono|cellulare|cell|chiam(?:a|ami|ate|atemi|are)|il mio numero",
  // Dutch
  "bel|bellen|telefoon|telefoonnummer|mobiel|mijn nummer|bereikbaar",
  // Polish
  "zadzwo[nń]|dzwo[nń]|telefonu|kom[oó]rk[aię]|m[oó]j numer|kontaktowy",
  // Swedish
  "ring|telefonnummer|mobilnummer|mitt nummer|n[aå](?:r|s)? (?:mig|oss|på)",
  // Turkish
  "cep|telefonum|numaram|ara|aray[iı]n|telefonumuz",
].join("|");

/** A number that follows is a phone number. */
export const PHONE_CONTEXT = new RegExp(
  String.raw`(?:(?<!\p{L})(?:${PHONE_WORDS})(?!\p{L})|telefon|handy|(?:电话|手机|電話|携帯|連絡先))${GAP}`,
  "iu",
);

/** What makes a number before it a phone number, in languages that put the verb last. */
export const PHONE_AFTER =
  /^\)? ?(?:(?:に|へ|まで)(?:お?電話|ご?連絡|かけ)|numara(?:dan|sından|lı|yı ara|mdan)|['’]?(?:den|dan|ten|tan|yı|yi|i) ara)/iu;

/** A number that follows is that of a record, not of a person. */
export const RECORD_CONTEXT =
  /(?:(?<![\p{L}\p{N}])(?:order|ticket|invoice|ref|reference|case|tracking|bug|issue|sku|isbn|item|product|part|model|serial|version|build|pedido|bestellung|bestelling|bestellnummer|artikel|artikelnummer|commande|rechnung|factura|fattura|ordine|ordernummer|zamówienie|zamówienia|sipariş|siparişim|no(?=[.:])|n[°º])|#|注文番号|注文|品番|型番)[\s.:#]{0,3}(?:no|number|num|nr|id|code|is|ist|es|numaram|numarası|番号)?[\s.:#は]{0,4}$/iu;

/** A number that follows is a national one: social security, tax, health or person number. */
export const ID_CONTEXT = new RegExp(
  String.raw`(?:(?<!\p{L})(?:ssn|sin|itin|nhs|social security|social insurance|national insurance|national id|tax id|steuer-?id|steueridentifikationsnummer|steuerliche identifikationsnummer|idnr|s[eé]curit[eé] sociale|nir|carte vitale|dni|nie|nif|seguridad social|codice fiscale|bsn|sofinummer|burgerservicenummer|cpf|rg|pis|pesel|nip|personnr|personnummer|samordningsnummer|tckn|t\.?c\.? ?kimlik|kimlik)|マイナンバー|個人番号|身份证)${GAP}`,
  "iu",
);

/** A quantity, not a number to call. */
export const UNIT_AFTER =
  /^ ?(?:%|‰|[€$£¥]|(?:eur|euros?|usd|dollars?|gbp|kr|zł|tl|yen|円|rows?|bytes?|[kmg]b|characters?|tokens?|words?|times|ms|seconds?|minutes?|hours?|days?|years?|people|users?|visits?|visitors|views?|clicks?|hits|calls|downloads|installs|followers|subscribers|votes|miles|steps|items?|records?|lines?|points?|px|km|kg|m²)(?!\p{L}))/iu;
