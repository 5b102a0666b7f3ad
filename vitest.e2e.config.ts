import { defineConfig } from "vitest/config";

/** The pipeline on an emulator: `npm run test:e2e`. One file, one emulator, each test after the other. */
export default defineConfig({
  test: {
    include: ["test/aws-e2e/**/*.test.ts"],
    // Whole runs on two cores; a hang is what this catches.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    fileParallelism: false,
    // What comes later needs what came before.
    bail: 1,
  },
});
