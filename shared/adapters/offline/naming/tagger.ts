import type { ItsFunction, PartOfSpeech } from "wink-nlp";

/** A word as it is written, with its part of speech and its base form. */
export interface TaggedWord {
  readonly text: string;
  readonly pos: PartOfSpeech;
  readonly lemma: string;
}

export type Tagger = (text: string) => readonly TaggedWord[];

/** Longest text that is tagged: a facet text has at most 1,000 characters, of which the first say what is wanted. */
const MAX_TEXT = 400;

/** Joins what the tokenizer cuts at a hyphen or a dot inside a word: "to-do", "node.js", "401k". */
const joins = (before: string, word: string): boolean =>
  /^[-.]$/.test(word) || /[-.]$/.test(before) || (/\d$/.test(before) && /^\p{L}/u.test(word));

/** The part-of-speech tagger that comes with the program. */
export async function loadTagger(): Promise<Tagger> {
  const [{ default: winkNLP }, { default: model }] = await Promise.all([
    import("wink-nlp"),
    import("wink-eng-lite-web-model"),
  ]);
  const nlp = winkNLP(model, ["sbd", "pos"]);
  const { its } = nlp;
  return (text) => {
    const words: TaggedWord[] = [];
    const tokens = nlp.readDoc(text.slice(0, MAX_TEXT)).tokens();
    const written = tokens.out(its.value);
    const tags = tokens.out(its.pos) as PartOfSpeech[];
    // The package's types leave the lemma helper out of what `out` takes.
    const lemmas = tokens.out(its.lemma as unknown as ItsFunction<string>);
    const spaces = tokens.out(its.precedingSpaces);
    written.forEach((word, i) => {
      const last = words.at(-1);
      const next = { text: word, pos: tags[i] ?? "X", lemma: lemmas[i] ?? word };
      if (last && next.pos === "PART" && /^['’]s$/i.test(word)) {
        words[words.length - 1] = { ...last, text: last.text + word };
        return;
      }
      const glued = last && spaces[i] === "" && joins(last.text, word) && /[\p{L}\p{N}]/u.test(last.text);
      // Such a compound stands before a noun or is one.
      const pos = /^(?:NOUN|PROPN)$/.test(next.pos)
        ? next.pos
        : /^\d/.test(last?.text ?? "")
          ? "NOUN"
          : "ADJ";
      if (glued) words[words.length - 1] = { pos, text: last.text + word, lemma: last.text + word };
      else words.push(next);
    });
    return words;
  };
}
