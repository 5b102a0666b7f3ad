import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { runInNewContext } from "node:vm";
import * as fc from "fast-check";
import { expect, test } from "vitest";

const EDGE = resolve(import.meta.dirname, "../../infra/edge");

/** The path that a function of the distribution makes of a request's. */
function rewriter(file: string): (uri: string) => string {
  const handler = runInNewContext(`${readFileSync(join(EDGE, file), "utf8")}; handler`) as (event: {
    request: { uri: string };
  }) => { uri: string };
  return (uri) => handler({ request: { uri } }).uri;
}

test.each([
  ["/", "/index.html"],
  ["/runs", "/index.html"],
  ["/runs/run-1/map", "/index.html"],
  ["/runs/v1.2/", "/index.html"],
  ["/index.html", "/index.html"],
  ["/config.json", "/config.json"],
  ["/assets/index-abc.js", "/assets/index-abc.js"],
  ["/assets/gone.js", "/assets/gone.js"],
])("a page is index.html and a file is itself: %s", (uri, expected) => {
  expect(rewriter("pages.js")(uri)).toBe(expected);
});

test("a published key is below /data of the site, and nothing else is cut off", () => {
  const rewrite = rewriter("data.js");
  expect(rewrite("/data/runs/r/published/latest.json")).toBe("/runs/r/published/latest.json");
  expect(rewrite("/data/data/x.json")).toBe("/data/x.json");
  expect(rewrite("/database")).toBe("/database");
  fc.assert(
    fc.property(fc.webPath(), (path) => {
      expect(rewrite(`/data/${path}`)).toBe(`/${path}`);
    }),
  );
});
