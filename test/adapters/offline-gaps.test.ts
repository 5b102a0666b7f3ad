import { expect, test } from "vitest";
import { fillGaps } from "../../shared/adapters/offline/naming/gaps.ts";

const member = (summary: string) => ({ summary, request: summary, task: null, topic: null });

test("listed words stand in the gaps in turn, over all members", () => {
  const filled = fillGaps([member("move my … to …"), member("a … please")], ["401k", "rollover"]);
  expect(filled.map(({ request }) => request)).toEqual(["move my 401k to rollover", "a rollover please"]);
  expect(filled.map(({ task }) => task)).toEqual([null, null]);
});

test("without listed words gaps stay gaps", () => {
  expect(fillGaps([member("move my …")], [])).toEqual([member("move my …")]);
});
