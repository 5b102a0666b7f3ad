import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Whole runs on an emulator, `npm run test:e2e`; through a real model, `npm run test:models`; in a browser, `npm run test:browser`.
    exclude: ["test/aws-e2e/**", "test/models/**", "test/browser/**"],
    // End-to-end runs start child processes and a 28 MB encoder, on two cores that may be busy: a hang is what this catches.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    maxWorkers: 2,
    coverage: {
      provider: "v8",
      include: ["shared/**/*.ts", "cli/**/*.ts", "lambdas/**/*.ts"],
      reporter: ["text-summary", "html"],
    },
  },
});
