import { defineConfig } from "vitest/config";

/** The dashboard in a real browser, against `clio viz`: `npm run test:browser`. */
export default defineConfig({
  test: {
    include: ["test/browser/**/*.test.ts"],
    globalSetup: ["test/browser/support/prepare.ts"],
    // Software rendering on two cores that may be busy; a hang is what this catches.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    maxWorkers: 2,
  },
});
