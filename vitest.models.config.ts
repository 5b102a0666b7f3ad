import { defineConfig } from "vitest/config";

/** A run through a real language model on loopback: `npm run test:models`. */
export default defineConfig({
  test: {
    include: ["test/models/**/*.test.ts"],
    // A small model on two busy cores; a hang is what this catches.
    testTimeout: 3_600_000,
    hookTimeout: 300_000,
    fileParallelism: false,
    // What comes later needs what came before.
    bail: 1,
  },
});
