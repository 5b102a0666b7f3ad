/**
 * For system texts: what no answer may tell. A model keeps a short list better than a principle, and writes better
 * when told what to put instead.
 */
export const PRIVACY_RULE =
  "Nobody may be recognised from your answer. Leave out names of people, organisations and towns, user names, addresses, " +
  "identifying numbers, exact dates, quotations, and any combination of details that could fit only a few people. " +
  'Say the kind instead: "a colleague", "a company", "a small town". ' +
  "Public subjects that say nothing about the user may be named: a programming language, a country, a famous book.";
