/** Two sets of sentences and of negatives: "a" was there while the masker was mended, "b" was written after. */
export type Half = "a" | "b";

interface Carriers {
  /** Sentences that do not say what the value is. */
  readonly neutral: readonly string[];
  readonly phone: readonly string[];
  readonly nationalId: readonly string[];
  /** A sentence that introduces a name. */
  readonly named?: string;
}

const a: Readonly<Record<string, Carriers>> = {
  en_US: {
    neutral: [
      "Could you check {} for me, please?",
      "I wrote down {}, is that right?",
      "What does {} mean in this message?",
    ],
    phone: [
      "Call me at {} after six.",
      "My cell is {}, text me anytime.",
      "The clinic's phone number is {}.",
    ],
    nationalId: ["My social security number is {}.", "They asked for my SSN: {}, is that normal?"],
    named: "My name is {} and I need help with a letter.",
  },
  en_GB: {
    neutral: [
      "Would you have a look at {} please?",
      "It says {} on the form.",
      "Please keep {} out of the draft.",
    ],
    phone: ["Ring me on {} tomorrow.", "You can reach her mobile on {}.", "Tel: {}"],
    nationalId: ["My National Insurance number is {}.", "The letter says {} at the top."],
    named: "My name is {} and I would like to complain.",
  },
  de: {
    neutral: [
      "Kannst du bitte {} prüfen?",
      "In der Mail steht {}, stimmt das?",
      "Ich habe {} aufgeschrieben.",
    ],
    phone: ["Ruf mich bitte unter {} an.", "Meine Telefonnummer ist {}.", "Handy: {}"],
    nationalId: ["Meine Steuer-ID ist {}.", "Meine steuerliche Identifikationsnummer lautet {}."],
    named: "Ich heiße {} und brauche Hilfe bei einem Brief.",
  },
  fr: {
    neutral: [
      "Peux-tu vérifier {} s'il te plaît ?",
      "J'ai noté {} dans le dossier.",
      "Que veut dire {} dans ce message ?",
    ],
    phone: ["Appelle-moi au {} ce soir.", "Mon numéro de téléphone est le {}.", "Tél. : {}"],
    nationalId: ["Mon numéro de sécurité sociale est {}.", "Sur ma carte vitale il y a {}."],
    named: "Je m'appelle {} et je cherche un emploi.",
  },
  es: {
    neutral: [
      "¿Puedes comprobar {} por favor?",
      "He apuntado {} en la hoja.",
      "¿Qué significa {} en este mensaje?",
    ],
    phone: ["Llámame al {} por la tarde.", "Mi número de teléfono es {}.", "Móvil: {}"],
    nationalId: ["Mi DNI es {}.", "En el contrato figura {} como titular."],
    named: "Me llamo {} y necesito ayuda.",
  },
  it: {
    neutral: [
      "Puoi controllare {} per favore?",
      "Ho scritto {} nel modulo.",
      "Cosa significa {} in questo messaggio?",
    ],
    phone: ["Chiamami al {} dopo cena.", "Il mio numero di telefono è {}.", "Cellulare: {}"],
    nationalId: ["Il mio codice fiscale è {}.", "Sul documento c'è scritto {}."],
    named: "Mi chiamo {} e cerco lavoro.",
  },
  nl: {
    neutral: [
      "Kun je {} even controleren?",
      "Ik heb {} op het formulier gezet.",
      "Wat betekent {} in dit bericht?",
    ],
    phone: ["Bel me op {} na zes uur.", "Mijn telefoonnummer is {}.", "Mobiel: {}"],
    nationalId: ["Mijn BSN is {}.", "Mijn burgerservicenummer is {}, klopt dat?"],
    named: "Mijn naam is {} en ik heb hulp nodig.",
  },
  pt_BR: {
    neutral: [
      "Você pode verificar {} por favor?",
      "Anotei {} no formulário.",
      "O que significa {} nesta mensagem?",
    ],
    phone: ["Me liga no {} mais tarde.", "Meu número de telefone é {}.", "Celular: {}"],
    nationalId: ["Meu CPF é {}.", "No contrato consta {} como titular."],
    named: "Meu nome é {} e preciso de ajuda.",
  },
  pl: {
    neutral: [
      "Czy możesz sprawdzić {} proszę?",
      "Wpisałem {} w formularzu.",
      "Co oznacza {} w tej wiadomości?",
    ],
    phone: ["Zadzwoń do mnie pod {} wieczorem.", "Mój numer telefonu to {}.", "Tel. kom.: {}"],
    nationalId: ["Mój PESEL to {}.", "W umowie jest {} jako właściciel."],
    named: "Nazywam się {} i potrzebuję pomocy.",
  },
  sv: {
    neutral: [
      "Kan du kontrollera {} tack?",
      "Jag skrev {} i formuläret.",
      "Vad betyder {} i det här meddelandet?",
    ],
    phone: ["Ring mig på {} i kväll.", "Mitt telefonnummer är {}.", "Mobil: {}"],
    nationalId: ["Mitt personnummer är {}.", "Personnr {} enligt blanketten."],
    named: "Jag heter {} och behöver hjälp.",
  },
  ja: {
    neutral: [
      "{} を確認してもらえますか。",
      "フォームに {} と書きました。",
      "このメッセージの {} とは何ですか。",
    ],
    phone: ["電話番号は{}です。", "携帯は {} です。", "{}に電話してください。"],
    nationalId: ["マイナンバーは{}です。", "個人番号: {}"],
    named: "私の名前は{}です。",
  },
  tr: {
    neutral: ["Lütfen {} bilgisini kontrol eder misin?", "Forma {} yazdım.", "Bu mesajdaki {} ne demek?"],
    phone: ["Beni {} numaradan ara.", "Telefon numaram {}.", "Cep: {}"],
    nationalId: ["TC kimlik numaram {}.", "Sözleşmede {} yazıyor."],
    named: "Benim adım {} ve yardıma ihtiyacım var.",
  },
};

const b: Readonly<Record<string, Carriers>> = {
  en_US: {
    neutral: ["Is {} something I should delete before sending?", "They replied with {} and nothing else."],
    phone: ["If anything changes, dial {}.", "Fax the papers to {} by Friday."],
    nationalId: ["I accidentally pasted my Social Security number, {}, into the chat."],
  },
  en_GB: {
    neutral: ["Why does {} keep turning up in my notes?", "Cheers, {} is the one I meant."],
    phone: ["Give me a bell on {} when you land.", "Her new phone is {}."],
    nationalId: ["HR wants my NI number ({}) before payday."],
  },
  de: {
    neutral: ["Warum taucht {} immer wieder auf?", "Danke, {} war gemeint."],
    phone: ["Du erreichst mich tagsüber unter {}.", "Telefon: {}, bitte nur vormittags."],
    nationalId: ["Das Finanzamt fragt nach meiner IdNr {}."],
  },
  fr: {
    neutral: ["Pourquoi {} revient-il sans cesse ?", "Merci, je voulais dire {}."],
    phone: ["Tu peux me joindre au {} demain.", "Portable : {}"],
    nationalId: ["La CPAM me demande mon numéro de sécu, le {}."],
  },
  es: {
    neutral: ["¿Por qué aparece {} otra vez?", "Gracias, me refería a {}."],
    phone: ["Puedes localizarme en el teléfono {}.", "WhatsApp: {}"],
    nationalId: ["Necesito rellenar el NIE o DNI, que es {}, en el impreso."],
  },
  it: {
    neutral: ["Perché compare di nuovo {}?", "Grazie, intendevo {}."],
    phone: ["Mi trovi al telefono {} la mattina.", "Tel. {}"],
    nationalId: ["L'ufficio chiede il C.F. {} entro lunedì."],
  },
  nl: {
    neutral: ["Waarom zie ik steeds {} terug?", "Dank je, ik bedoelde {}."],
    phone: ["Ik ben overdag bereikbaar op {}.", "Telefoon: {}"],
    nationalId: ["De gemeente vraagt om burgerservicenummer {}."],
  },
  pt_BR: {
    neutral: ["Por que aparece {} de novo?", "Obrigado, eu quis dizer {}."],
    phone: ["Pode ligar para {} de manhã.", "WhatsApp {}"],
    nationalId: ["A loja pediu o CPF: {}"],
  },
  pl: {
    neutral: ["Dlaczego znowu widzę {}?", "Dzięki, chodziło mi o {}."],
    phone: ["Proszę o telefon pod numer {}.", "Komórka: {}"],
    nationalId: ["Urząd pyta o numer PESEL {}."],
  },
  sv: {
    neutral: ["Varför dyker {} upp igen?", "Tack, jag menade {}."],
    phone: ["Du når mig på {} dagtid.", "Telefon: {}"],
    nationalId: ["Banken vill ha personnummer {} först."],
  },
  ja: {
    neutral: ["なぜ{}が何度も出てくるのですか。", "すみません、{}のことです。"],
    phone: ["連絡先は{}です。", "TEL {}"],
    nationalId: ["会社にマイナンバー（{}）を出しました。"],
  },
  tr: {
    neutral: ["Neden {} tekrar çıkıyor?", "Teşekkürler, {} demek istedim."],
    phone: ["Bana {} numarasından ulaşabilirsin.", "Tel: {}"],
    nationalId: ["Banka TC kimlik no {} istedi."],
  },
};

export const carriers: Readonly<Record<Half, Readonly<Record<string, Carriers>>>> = { a, b };
