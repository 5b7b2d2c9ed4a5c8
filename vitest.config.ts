import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

/** Some tests make sixty days of deploys, or pictures of every kind, and a machine may be slow or busy with other things. */
const TIMEOUT_MILLISECONDS = 60_000;
const END_TO_END_TIMEOUT_MILLISECONDS = 120_000;

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "node",
          // No test changes a module or a global, so that files can share what is loaded: half of the time was loading.
          isolate: false,
          include: ["test/**/*.test.ts"],
          exclude: ["test/worker/**", "test/end-to-end/**"],
          testTimeout: TIMEOUT_MILLISECONDS,
          hookTimeout: TIMEOUT_MILLISECONDS,
        },
      },
      {
        // Runs in workerd with the bindings of wrangler.toml. All files share one storage, whose keys are hashes of values.
        plugins: [cloudflareTest({ wrangler: { configPath: "./wrangler.toml" } })],
        test: {
          name: "worker",
          isolate: false,
          include: ["test/worker/**/*.test.ts"],
          testTimeout: TIMEOUT_MILLISECONDS,
          hookTimeout: TIMEOUT_MILLISECONDS,
          globalSetup: ["test/seed-worker-tests.ts"],
        },
      },
      {
        test: {
          name: "end-to-end",
          include: ["test/end-to-end/**/*.test.ts"],
          // Each starts the site as a user would, and the machine has few cores.
          fileParallelism: false,
          testTimeout: END_TO_END_TIMEOUT_MILLISECONDS,
          hookTimeout: END_TO_END_TIMEOUT_MILLISECONDS,
        },
      },
    ],
  },
});
