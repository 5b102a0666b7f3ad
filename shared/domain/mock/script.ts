/** The domains of the catalogue. `sensitive` holds the worrying conversations; the rest is ordinary use. */
export const domainIds = [
  "writing",
  "programming",
  "customer_support",
  "travel",
  "cooking",
  "personal_finance",
  "health_fitness",
  "data_analysis",
  "education",
  "career",
  "legal_admin",
  "home_diy",
  "leisure_family",
  "sensitive",
] as const;
export type DomainId = (typeof domainIds)[number];

/** BCP 47 tags of the languages that have scripts. */
export const languageIds = ["en", "es", "de", "fr", "pt", "it", "nl", "ja"] as const;
export type LanguageId = (typeof languageIds)[number];

/** What the user says and what the assistant answers. */
export type Exchange = readonly [user: string, assistant: string];

/**
 * How one use case sounds in one language. All strings are templates (see template.ts): `{name}` is a field of the
 * scene or a slot, `{a|b}` a choice, `{^name}` the value with a capital first letter.
 */
export interface Script {
  /** Facts that belong together; one scene is drawn per conversation. Every scene has the same fields. */
  readonly scenes: readonly Readonly<Record<string, string>>[];
  /** Facts that go with any scene; each is drawn once per conversation. */
  readonly slots?: Readonly<Record<string, readonly string[]>>;
  /** First messages that carry the whole request. A line break in one means that it ends in pasted text. */
  readonly requests: readonly string[];
  /** First messages as typed into a search box. */
  readonly terse?: readonly string[];
  /** Background sentences that go before or after a request. */
  readonly details?: readonly string[];
  /** What the user may paste below the request: logs, lists, drafts. */
  readonly pastes?: readonly string[];
  readonly replies: readonly string[];
  /** Sentences that may end a reply. */
  readonly tips?: readonly string[];
  /** In an order that makes sense: some of them are drawn, none is moved. */
  readonly followUps: readonly Exchange[];
  /** The user finds a mistake of the assistant; the assistant apologises and corrects it. */
  readonly slips?: readonly Exchange[];
  /**
   * Fields that the assistant may bring up although the user did not name them: what can be looked up or worked out.
   * All other fields of requests and details are the user's to tell.
   */
  readonly known?: readonly string[];
  /** What a tool answered before the first reply. */
  readonly tool?: { readonly name: string; readonly content: string };
}

/** How worrying a use case is, 1 (not at all) to 5 (act on it): the truth that the facet `concern` is scored against. */
export type Concern = 1 | 2 | 3 | 4 | 5;

export interface UseCase {
  /** Kebab-case, unique in the catalogue: the label in the truth file. */
  readonly id: string;
  readonly domain: DomainId;
  /** Default 1. */
  readonly concern?: Concern;
  /** Something does not work: the user may open the chat annoyed. */
  readonly trouble?: true;
  readonly english: Script;
}

/** Personal data that a corpus can carry; the truth names the kinds, never the values. */
export const plantedKinds = [
  "name",
  "email",
  "phone",
  "card",
  "iban",
  "ip",
  "api_key",
  "address",
  "ssn",
  "url",
] as const;
export type PlantedKind = (typeof plantedKinds)[number];

/** A sentence that gives personal data away: `{email}` and so on are filled with the user's fake identity. */
export interface Plant {
  /** Where one would say this: domains or use cases, by id; anywhere when both are absent. */
  readonly domains?: readonly DomainId[];
  readonly useCases?: readonly string[];
  readonly text: string;
}

/** What a language has whatever the use case: greetings, thanks, names, ways to change the subject. */
export interface Manner {
  /** Between sentences: a space, or nothing in Japanese. */
  readonly joiner: string;
  /** Whole sentences, or phrases ending in a comma that a sentence can follow. */
  readonly openers: readonly string[];
  readonly closers: readonly string[];
  readonly annoyed: readonly string[];
  readonly thanks: readonly Exchange[];
  /** Before a second request of another use case. */
  readonly switches: readonly string[];
  /** First words of a sentence that lose their capital after a comma. */
  readonly softWords: readonly string[];
  readonly plants: readonly Plant[];
  readonly firstNames: readonly string[];
  readonly lastNames: readonly string[];
  /** Invented addresses; `{number}` is the house number. */
  readonly addresses: readonly string[];
}

/** One language other than English: its manner and the use cases that it has scripts for, by id. */
export interface LanguagePack {
  readonly manner: Manner;
  readonly scripts: Readonly<Record<string, Script>>;
}
