import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  maskAround,
  maskText,
  maskValue,
  showKey,
  showPointer,
} from "../../../shared/domain/input/excerpt.ts";
import { runs } from "./support.ts";

/** What a mask may consist of: x, 0, "?", the ellipsis, ASCII punctuation and space; no other letter, digit or control. */
const MASKED = /^[x0?… !-/:-@[-`{-~]*$/u;
const anyText = fc.string({ unit: "binary", maxLength: 100 });

describe("masks", () => {
  it("keep the shape and nothing else", () => {
    expect(maskText("Anna Müller, +49 (0)170-12, anna@x.de")).toBe("xxxx xxxxxx, +00 (0)000-00, xxxx@x.xx");
    expect(maskText("日本\t\u0000\u001b[31m٣👍é")).toBe("xx???[00x0?x");
  });

  it("never let a letter, a digit, a control character or more than 40 characters through", () => {
    fc.assert(
      fc.property(anyText, fc.nat(100), (text, at) => {
        for (const masked of [maskText(text), maskAround(text, at), maskValue(text)]) {
          expect(masked).toMatch(MASKED);
          expect(masked.length).toBeLessThanOrEqual(42);
        }
      }),
      runs(500),
    );
  });

  it("show of a list or an object its size only", () => {
    expect(maskValue(["secret"])).toBe("[1 value]");
    expect(maskValue({ secret: 1, other: 2 })).toBe("{2 keys}");
    expect([maskValue(1234.5), maskValue(true), maskValue(null), maskValue(undefined)]).toEqual([
      "0000.0",
      "xxxx",
      "xxxx",
      "",
    ]);
  });

  it("show the surroundings of a place", () => {
    const text = `${"a".repeat(100)}!${"1".repeat(100)}`;
    expect(maskAround(text, 100)).toBe(`…${"x".repeat(20)}!${"0".repeat(19)}…`);
    expect(maskAround("ab", 2)).toBe("xx");
  });
});

describe("showKey", () => {
  it.each(["conversation_id", "userId", "created_at", "tool-calls", "toolCalls", "modelVersion", "userID"])(
    "shows %s, which is made of field words",
    (key) => {
      expect(showKey(key)).toBe(key);
    },
  );

  it.each([
    ["john_smith", "xxxx_xxxxx"],
    ["anna", "xxxx"],
    ["user_anna", "xxxx_xxxx"],
    ["anna@example.org", "xxxx@xxxxxxx.xxx"],
    ["user id", "xxxx xx"],
    ["user_id_2", "xxxx_xx_0"],
    ["user_name_email_phone_address", "xxxx_xxxx_xxxxx_xxxxx_xxxxxxx"],
  ])("masks %s", (key, masked) => {
    expect(showKey(key)).toBe(masked);
  });

  it("masks every key with a word that is not a field word", () => {
    const word = fc.stringMatching(/^[a-z]{3,8}$/).map((letters) => `q${letters}z`);
    fc.assert(
      fc.property(word, fc.constantFrom("", "user_", "Id-"), (unknown, prefix) => {
        expect(showKey(prefix + unknown)).toMatch(MASKED);
      }),
      runs(200),
    );
  });
});

describe("showPointer", () => {
  it("is a JSON pointer whose unknown keys are masked", () => {
    expect(showPointer([])).toBe("");
    expect(showPointer(["messages", 12, "content"])).toBe("/messages/12/content");
    expect(showPointer(["metadata", "a/b~c", 0])).toBe("/metadata/x~1x~0x/0");
  });
});
