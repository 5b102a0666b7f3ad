import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cardPrefix, ibanCheck, luhn } from "../../shared/domain/masking/checksums.ts";
import { fold, unfold } from "../../shared/domain/masking/fold.ts";
import { looksEncoded } from "../../shared/domain/masking/tokens.ts";
import { findPersonalData, maskPersonalData, PII_KINDS } from "../../shared/domain/masking.ts";

const mask = (text: string): string => maskPersonalData(text).text;

describe("what is masked", () => {
  it.each([
    ["write to jane.doe+x@mail.example.co.uk now", "write to [email] now"],
    ["<jane@example.com>, bob@example.org.", "<[email]>, [email]."],
    ["mail josé@пример.рф please", "mail [email] please"],
    ["jane at example dot com", "[email]"],
    ["jane.doe [at] example [dot] com", "[email]"],
    ["jane(at)example.com", "[email]"],
    ["my mail is jane.doe at gmail.com", "my mail is [email]"],
    ["call +49 171 1234567 now", "call [phone] now"],
    ["(415) 555-2671 / 415.555.2671 / 415-555-2671", "[phone] / [phone] / [phone]"],
    ["my number is 5552671", "my number is [phone]"],
    ["llámame al teléfono 612 345 678", "llámame al teléfono [phone]"],
    ["Tel. 030 1234567", "Tel. [phone]"],
    ["appelle le 06 12 34 56 78", "appelle le [phone]"],
    ["打电话给我 13812345678", "打电话给我 [phone]"],
    ["card 4111 1111 1111 1111 exp 12/27", "card [card] exp 12/27"],
    ["card 4111-1111-1111-1111", "card [card]"],
    ["card 4111111111111111", "card [card]"],
    ["card 3782 822463 10005", "card [card]"],
    ["4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", "[card]"],
    ["4.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1", "[card]"],
    ["DE89 3704 0044 0532 0130 00 is mine", "[iban] is mine"],
    ["iban gb82west12345698765432", "iban [iban]"],
    ["from 84.23.11.9 today", "from [ip] today"],
    ["host 2001:0db8:85a3::8a2e:0370:7334", "host [ip]"],
    ["use sk-proj-abcdefghijklmnopqrstuvwx1234 here", "use [key] here"],
    ["AKIAIOSFODNN7EXAMPLE", "[key]"],
    ["ghp_abcdefghijklmnopqrstuvwxyz0123456789", "[key]"],
    ["secret wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "secret [key]"],
    ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N", "[key]"],
    ["Authorization: Bearer abcdef123456ghijkl", "Authorization: Bearer [key]"],
    ["my password is hunter2, thanks", "my password is [key], thanks"],
    ["api_key = 'a1b2c3d4'", "api_key = '[key]'"],
    ["-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n-----END RSA PRIVATE KEY----- done", "[key] done"],
    ["-----BEGIN PRIVATE KEY-----\nMIIEpAIBAAKCAQEA", "[key]"],
    ["ssn 078-05-1120", "ssn [ssn]"],
    ["social security number is 078051120", "social security number is [ssn]"],
    ["my DNI is 12345678Z", "my DNI is [ssn]"],
    ["CPF 529.982.247-25", "CPF [ssn]"],
    ["NI number AB123456C", "NI number [ssn]"],
    ["see https://example.com/users/829182?t=1.", "see [url]."],
    ["linkedin.com/in/jane-doe", "[url]"],
    ["550e8400-e29b-41d4-a716-446655440000", "[id]"],
    ["e3b0c44298fc1c149afbf4c8996fb924", "[id]"],
    ["account number 12345678", "account number [id]"],
    ["passport no. X1234567", "passport no. [id]"],
    ["customer 123456789012345", "customer [id]"],
    ["mac aa:bb:cc:dd:ee:ff", "mac [id]"],
    ["Mr. Smith and Dr Jane van der Berg met Mrs O'Brien", "Mr. [name] and Dr [name] met Mrs [name]"],
    ["my name is john smith and i need help", "my name is [name] and i need help"],
    ["Hi, I'm Sarah Connor.", "Hi, I'm [name]."],
    ["me llamo José García", "me llamo [name]"],
    ["ich heiße Anna", "ich heiße [name]"],
    ["je m'appelle Zoé Dupont", "je m'appelle [name]"],
    ["我叫王小明", "我叫[name]"],
    ["my wife Laura is ill", "my wife [name] is ill"],
    ["Hi Anna, how are you", "Hi [name], how are you"],
    ["Best regards,\nPeter Parker", "Best regards,\n[name]"],
    ["I live at 12 Elm Street, Apt 4, Springfield, IL 62704", "I live at [address]"],
    ["at 221b baker street please", "at [address] please"],
    ["Hauptstraße 12, 10115 Berlin", "[address]"],
    ["Calle de Alcalá 45", "[address]"],
    ["10 rue de la Paix", "[address]"],
    ["postcode SW1A 1AA", "postcode [address]"],
    ["at 37.77493, -122.41942", "at [address]"],
    ["I was born on 12/05/1980", "I was born on [birthdate]"],
    ["DOB: March 4, 1979", "DOB: [birthdate]"],
  ])("%s", (text, expected) => {
    expect(mask(text)).toBe(expected);
  });

  it.each([
    ["fullwidth digits", "４１１１ １１１１ １１１１ １１１１", "[card]"],
    ["fullwidth letters", "ｊａｎｅ＠ｅｘａｍｐｌｅ．ｃｏｍ", "[email]"],
    ["mathematical digits", "4𝟏𝟏𝟏 1111 1111 111𝟏", "[card]"],
    ["Arabic-Indic digits", "٤١١١ ١١١١ ١١١١ ١١١١", "[card]"],
    ["zero-width spaces", "4\u200b111\u200b1111\u200b1111\u200b1111", "[card]"],
    ["no-break spaces and dashes", "4111\u00a01111\u20111111\u20131111", "[card]"],
    ["letters with spaces between", "j a n e . d o e @ e x a m p l e . c o m", "[email]"],
    ["a soft hyphen in an address", "jane@exam\u00adple.com", "[email]"],
  ])("sees through %s", (_, text, expected) => {
    expect(mask(`été ${text} été`)).toBe(`été ${expected} été`);
  });

  it("counts findings by kind", () => {
    const { counts } = maskPersonalData("a@example.com b@example.com +49 171 1234567");
    expect(counts).toMatchObject({ email: 2, phone: 1, card: 0 });
    expect(Object.keys(counts)).toEqual([...PII_KINDS]);
  });

  it("finds spans of the original text", () => {
    const text = "ﬁrst ４１１１ １１１１ １１１１ １１１１ then jane@example.com";
    const found = findPersonalData(text).map(({ kind, start, end }) => [kind, text.slice(start, end)]);
    expect(found).toEqual([
      ["card", "４１１１ １１１１ １１１１ １１１１"],
      ["email", "jane@example.com"],
    ]);
  });
});

describe("what is left alone", () => {
  it.each([
    "order 1234567890 shipped, ticket #4938271, invoice no. 20240115",
    "version 1.2.3.4 and v10.0.19041.1234, python 3.12.1",
    "on 2024-01-15 10:30 or 12/31/2024 or 15.01.2024, between 2019-2021",
    "ISBN 978-3-16-148410-0 and 0-306-40615-2 or 9783161484100",
    "it costs $1,234.56 or 1.234.567,89 EUR or 12 000 000",
    "std::vector<int> a::b foo::bar::baz at 12:30:45",
    "function getUserProfileByIdentifierAndTenant(a: number) { return AbstractSingletonProxyFactoryBean }",
    "/usr/local/lib/python3.12/site-packages/numpy/core/_multiarray_umath.cpython-312.so",
    "npm install @types/node@24.1.0 lodash",
    "3.141592653589793 and 2.718281828459045",
    "look at example.com, it is at home",
    "This is Great. I'm so happy. It's Monday. I'm Going home. I'm German",
    "Hi there, Hello World, Dear Sir or Madam, Dear Hiring Manager, Hey Siri",
    "epoch 1700000000 and 1700000000000",
    "5 minutes drive, 3 way street, 10 miles down the road",
    "phone number please? iPhone 12 Pro 256 GB",
    "1.50 2.75 3.20 4.10 5.65 6.80 7.90",
    "password is not working, token: string, secret = getSecret()",
    "Thanks,\nThe Team",
    "localhost:8080 127.0.0.1 255.255.255.0",
    "https://www.python.org/ and http://example.com",
    "git clone git@github.com:org/repo",
    "color: #a1b2c3d4; margin: 0 10px 20px 30px",
    "[email] and [phone] stay",
  ])("%s", (text) => {
    expect(mask(text)).toBe(text);
  });
});

const DIGITS = "0123456789".split("");
const digitText = fc
  .array(
    fc.oneof(
      fc.constantFrom(...DIGITS),
      fc.constantFrom(
        "4111111111111111",
        "5500000000000004",
        "37828224631000",
        " ",
        "-",
        ".",
        "+",
        "(",
        "x",
        ",",
        "\n",
      ),
      fc.constantFrom(
        "@",
        "a.b",
        "my name is ",
        "Ann ",
        "password: ",
        "DE89",
        "http://a.b/c",
        "[key]",
        "１",
        "\u200b",
      ),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(""));
const anyText = fc.oneof(
  digitText,
  fc.string({ unit: "binary", maxLength: 80 }),
  fc.string({ unit: "grapheme", maxLength: 80 }),
);

describe("for any text", () => {
  it("does not throw, and masks what it finds", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        let end = 0;
        for (const finding of findPersonalData(text)) {
          expect(finding.start).toBeGreaterThanOrEqual(end);
          expect(finding.end).toBeGreaterThan(finding.start);
          end = finding.end;
        }
        expect(end).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 500 },
    );
  });

  it("is idempotent", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = mask(text);
        expect(mask(once)).toBe(once);
      }),
      { numRuns: 2000 },
    );
  });

  it("is idempotent on long texts as well", () => {
    const filler = "the quick brown fox jumps over the lazy dog. ".repeat(12);
    fc.assert(
      fc.property(fc.array(digitText, { minLength: 5, maxLength: 8 }), (texts) => {
        const once = mask(texts.join(` ${filler}`));
        expect(mask(once)).toBe(once);
      }),
      { numRuns: 200 },
    );
  });

  it("leaves no Luhn-valid run of 13 to 19 digits", () => {
    fc.assert(
      fc.property(digitText, (text) => {
        const runs = fold(mask(text)).text.match(/\d+/g) ?? [];
        expect(runs.filter((run) => run.length >= 13 && run.length <= 19 && luhn(run))).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it("masks every card of the usual groupings, wherever it stands", () => {
    const card = fc
      .tuple(fc.constantFrom("4", "51", "6011"), fc.stringMatching(/^\d{15}$/))
      .map(([prefix, rest]) => {
        const body = (prefix + rest).slice(0, 15);
        return body + DIGITS.find((digit) => luhn(body + digit));
      });
    fc.assert(
      fc.property(
        card,
        fc.constantFrom("", " ", "-", "."),
        fc.constantFrom("", "card: ", "my order ", "é"),
        (digits, separator, before) => {
          const grouped = (digits.match(/\d{4}/g) ?? []).join(separator);
          expect(mask(`${before}${grouped} thanks`)).toBe(`${before}[card] thanks`);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("masks base64 of any sentence of 18 bytes or more", () => {
    const word = fc.stringMatching(/^[a-z]{2,9}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 6, maxLength: 12 }), (words) => {
        const encoded = Buffer.from(words.join(" ").padEnd(18, "x")).toString("base64");
        expect(mask(`decode ${encoded} please`)).toBe("decode [key] please");
      }),
      { numRuns: 1000 },
    );
  });
});

describe("looksEncoded", () => {
  it.each([
    "AbstractSingletonProxyFactoryBeanImplementation2",
    "NonSharedUint8ClampedArray",
    "node_modules/typescript/lib/lib.es2024",
    "2024-01-15T10:30:00.000+00:00",
    "this-is-a-long-kebab-case-slug-for-a-post-2024",
    "SCREAMING_SNAKE_CASE_CONSTANT_NAME_42",
  ])("takes %s for written text", (run) => {
    expect(looksEncoded(run)).toBe(false);
  });
});

describe("time on hostile text is linear", () => {
  const units = [
    "a",
    "@",
    "a@",
    "1 ",
    "4-1",
    "http://",
    "eyJ.",
    "-----BEGIN PRIVATE KEY-----",
    "my name is ",
    "Dr Aa Bb ",
    "ab:",
    "a at b dot ",
    "DE89 ",
    "Regards\n",
    "12 Aa Bb ",
    "a=",
    "\u200b",
    "４",
  ];
  it.each(units)(
    "%j repeated",
    (unit) => {
      // A quadratic pattern needs minutes for 400,000 characters; the test's own time limit catches it.
      const text = unit.repeat(Math.ceil(400_000 / unit.length));
      expect(typeof mask(text)).toBe("string");
    },
    10_000,
  );
});

describe("time on hostile text does not grow with its square", () => {
  const pieces = fc.constantFrom(
    ..."aZ0１@.-+()/:=#_ \n".split(""),
    "+1",
    "DE8",
    "ab at c dot com ",
    "bel ",
    "tel",
    "numara",
    "ul. A ",
    "Aa Bb ",
    "straat",
    "1丁目",
    "0a.",
    "process.env",
    "19850312-",
    "x9",
    "steuer-id ",
    "eyJ",
    "電話",
  );
  // Patterns with two unbounded parts would need hours for the longest of these; the test's time limit catches it.
  it("any unit of a few pieces, repeated to 60,000 characters", () => {
    fc.assert(
      fc.property(fc.array(pieces, { minLength: 1, maxLength: 4 }), (parts) => {
        const unit = parts.join("");
        const text = unit.repeat(Math.ceil(60_000 / unit.length));
        expect(typeof mask(text)).toBe("string");
      }),
      { numRuns: 60 },
    );
  });
});

describe("checksums", () => {
  it("knows Luhn, issuers and IBAN", () => {
    expect([luhn("4111111111111111"), luhn("4111111111111112")]).toEqual([true, false]);
    expect([cardPrefix("4111111111111111"), cardPrefix("1111111111111117")]).toEqual([true, false]);
    expect([ibanCheck("DE89370400440532013000"), ibanCheck("DE89370400440532013001")]).toEqual([true, false]);
  });
});

describe("fold", () => {
  it("maps any folded span to whole characters of the original", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), fc.nat(40), fc.nat(40), (text, a, b) => {
        const folded = fold(text);
        const [from, to] = [Math.min(a, b), Math.max(a, b)].map((at) => Math.min(at, folded.text.length));
        if (from === undefined || to === undefined || from === to) return;
        const { start, end } = unfold(folded, from, to);
        expect(end).toBeGreaterThan(start);
        expect(fold(text.slice(start, end)).text).toContain(folded.text.slice(from, to));
      }),
    );
  });
});
