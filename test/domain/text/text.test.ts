import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { glosses } from "../../../shared/domain/text/glossary.ts";
import { keyPhrases } from "../../../shared/domain/text/key-phrases.ts";
import { isCommonEnglish } from "../../../shared/domain/text/lexicon.ts";
import { sanitize, sanitizeLines } from "../../../shared/domain/text/sanitize.ts";
import { sentences } from "../../../shared/domain/text/sentences.ts";
import { stem } from "../../../shared/domain/text/stem.ts";
import { isStopWord } from "../../../shared/domain/text/stop-words.ts";
import { truncate, truncateWords } from "../../../shared/domain/text/truncate.ts";
import { tokens, words } from "../../../shared/domain/text/words.ts";

const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 80 }),
  fc.string({ unit: "grapheme", maxLength: 80 }),
);

describe("sanitize", () => {
  it.each([
    ["a\u001b[31mred\u001b[0m", "ared"],
    ["\u001b]0;title\u0007text", "text"],
    ["\u202eevil\u202c", "evil"],
    ["zero\u200bwidth\ufeff", "zerowidth"],
    ["a\u0000b\tc\r\nd", "ab c d"],
    ["  many   spaces\u00a0here ", "many spaces here"],
    ["half \ud800 pair", "half \ufffd pair"],
  ])("%j", (text, expected) => {
    expect(sanitize(text)).toBe(expected);
  });

  it("leaves nothing invisible, and is idempotent", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const clean = sanitize(text);
        expect(clean).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]|^\s|\s$|\s{2}/u);
        expect(sanitize(clean)).toBe(clean);
      }),
    );
  });

  it("keeps lines when asked to", () => {
    expect(sanitizeLines("a \r\n b\u2028c")).toBe("a\nb\nc");
  });
});

describe("truncate", () => {
  it("cuts at a word border and says so", () => {
    expect(truncate("the quick brown fox", 16)).toBe("the quick brown…");
    expect(truncate("short", 16)).toBe("short");
    expect(truncate("the quick brown fox", 16, "")).toBe("the quick brown");
  });

  it("never grows, exceeds the limit or cuts a pair", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), fc.nat(40), (text, max) => {
        const cut = truncate(text, max);
        expect(cut.length).toBeLessThanOrEqual(Math.max(max, 0));
        expect(cut.isWellFormed()).toBe(true);
      }),
    );
  });

  it("counts words", () => {
    expect(truncateWords("  one two  three ", 2)).toBe("one two");
    expect(truncateWords("one two", 5)).toBe("one two");
  });
});

describe("words", () => {
  it("keeps what belongs together", () => {
    expect(words("Don't stop e-mail, node.js and C++!")).toEqual([
      "Don't",
      "stop",
      "e-mail",
      "node.js",
      "and",
      "C++",
    ]);
    expect(tokens("It’s ÉTÉ")).toEqual(["it's", "été"]);
  });

  it("splits scripts without spaces", () => {
    expect(words("我的订单").length).toBeGreaterThan(1);
    expect(words("予約を変更したい").length).toBeGreaterThan(2);
  });

  it("takes every word from the text", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const word of words(text)) expect(text).toContain(word);
      }),
    );
  });
});

describe("sentences", () => {
  it("splits at stops, not at abbreviations", () => {
    expect(sentences("Hello Dr. Smith. How are you? See e.g. this\nnew line 你好。再见")).toEqual([
      "Hello Dr. Smith.",
      "How are you?",
      "See e.g. this",
      "new line 你好。",
      "再见",
    ]);
  });

  it("loses no letter", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const letters = (value: string): string => value.replace(/\s/gu, "");
        expect(letters(sentences(text).join(""))).toBe(letters(text));
      }),
    );
  });
});

describe("stem", () => {
  it.each([
    ["alarms", "alarm"],
    ["recipes", "recipe"],
    ["flies", "fly"],
    ["boxes", "box"],
    ["booking", "book"],
    ["running", "run"],
    ["making", "make"],
    ["cancelled", "cancel"],
    ["changing", "change"],
    ["tried", "try"],
    ["news", "news"],
    ["address", "address"],
    ["contraseñas", "contraseñas"],
  ])("%s -> %s", (word, expected) => {
    expect(stem(word)).toBe(expected);
  });
});

describe("lexicon and stop words", () => {
  it("knows common English and no names", () => {
    for (const word of ["website", "Diabetes", "can't", "well-known", "parcel"])
      expect(isCommonEnglish(word)).toBe(true);
    for (const word of ["maria", "smith", "flumadiddlewort", "hydroxyflumethiazide", "contraseña"]) {
      expect(isCommonEnglish(word)).toBe(false);
    }
  });

  it("knows function words by language", () => {
    expect([
      isStopWord("the"),
      isStopWord("para", "es"),
      isStopWord("para"),
      isStopWord("nicht", "de-AT"),
    ]).toEqual([true, true, false, true]);
  });
});

describe("glosses", () => {
  it.each([
    ["es", "He perdido la contraseña de mis cuentas", ["lost", "password", "account"]],
    ["de-AT", "Wo sind meine Rechnungen?", ["invoice"]],
    ["fr", "annuler mes commandes", ["cancel", "order"]],
    ["pl", "moje hasło", []],
  ])("%s: %s", (language, text, expected) => {
    expect(glosses(words(text), language)).toEqual(expected);
  });
});

describe("keyPhrases", () => {
  const members = ["set an alarm for 7", "my alarm clock", "alarm clock for monday", "set the alarm"];
  const outsiders = ["set a timer for 7", "timer for eggs", "set the volume"];

  it("puts first what the members have and the others have not", () => {
    const [best] = keyPhrases(members, outsiders);
    expect(best).toMatchObject({ key: "alarm", members: 4, outsiders: 0 });
  });

  it("counts a text once, however often it repeats a word", () => {
    const [best] = keyPhrases(["alarm alarm alarm alarm"], []);
    expect(best?.members).toBe(1);
  });

  it("shows the commonest form and joins inflections", () => {
    const [best] = keyPhrases(["blue Widgets", "Widgets", "a Widget"], []);
    expect(best).toMatchObject({ text: "Widgets", key: "widget", members: 3 });
  });

  it("goes over no stop, conjunction or function word at its ends", () => {
    const texts = keyPhrases(["the red car and blue bike, green van"], [], { limit: 50, nested: true }).map(
      ({ text }) => text,
    );
    expect(texts).toContain("red car");
    for (const text of texts) expect(text).not.toMatch(/car blue|bike green|^the |and/);
  });

  it("honours the minimum of members and does not depend on their order", () => {
    const options = { minMembers: 2, limit: 50 };
    for (const { members: count } of keyPhrases(members, outsiders, options))
      expect(count).toBeGreaterThanOrEqual(2);
    fc.assert(
      fc.property(fc.shuffledSubarray(members, { minLength: 4 }), (shuffled) => {
        expect(keyPhrases(shuffled, outsiders, options)).toEqual(keyPhrases(members, outsiders, options));
      }),
    );
  });
});
