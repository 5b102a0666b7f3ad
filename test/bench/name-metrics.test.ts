import { describe, expect, it } from "vitest";
import {
  beginsWithVerb,
  contentStems,
  coverage,
  isOverTenWords,
  jaccard,
  shareCommonToAll,
  shareWithTwin,
} from "../../bench/labels/name-metrics.ts";

const set = (text: string): Set<string> => new Set(text.split(" ").filter(Boolean));

describe("the metrics of names", () => {
  it("compare stems of words that say something", () => {
    expect(contentStems("Find the flights, and booking a flight")).toEqual(set("flight book"));
    expect(contentStems("Get help with this").has("get")).toBe(false);
  });

  it("measure overlap of words", () => {
    expect(jaccard(set("a b"), set("b c"))).toBeCloseTo(1 / 3);
    expect(jaccard(set("a"), set("a"))).toBe(1);
    expect(jaccard(set(""), set(""))).toBe(0);
  });

  it("count names with a twin among their siblings, not elsewhere", () => {
    const places = [0, 0.1, 5, 0, 9];
    const closeness = (a: number, b: number): number => -Math.abs(places[a]! - places[b]!);
    expect(shareWithTwin([[0, 1, 2], [3], [4]], closeness, -0.2)).toBe(2 / 5);
    expect(shareWithTwin([[0, 3]], closeness, 0)).toBe(1);
    expect(shareWithTwin([], closeness, 0)).toBe(0);
  });

  it("count words that every sibling holds, an only child apart", () => {
    expect(shareCommonToAll([[set("card lost"), set("card new"), set("card")], [set("oil")]])).toBe(3 / 5);
    expect(shareCommonToAll([[set("card"), set("oil")]])).toBe(0);
    expect(shareCommonToAll([[set("oil")]])).toBe(0);
  });

  it("count the members that share a word with the name", () => {
    expect(coverage(set("oil car"), [set("oil"), set("my car"), set("song"), set("")])).toBe(0.5);
    expect(coverage(set(""), [set("oil")])).toBe(0);
  });

  it("tell long names and names that begin with a verb", () => {
    expect(isOverTenWords("one two three four five six seven eight nine ten")).toBe(false);
    expect(isOverTenWords("one two three four five six seven eight nine ten eleven")).toBe(true);
    expect(
      ["Book a flight", "Booking flights", "Flight booking", "Requests", "Morning runs", ""].map(
        beginsWithVerb,
      ),
    ).toEqual([true, true, false, false, false, false]);
  });
});
