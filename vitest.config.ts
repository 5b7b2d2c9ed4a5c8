import { join } from "node:path";
import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

/** Some tests make weeks of deploys, or pictures of every kind, and a machine may be slow or busy with other things. */
const TIMEOUT_MILLISECONDS = 180_000;
const END_TO_END_TIMEOUT_MILLISECONDS = 240_000;
/** vitest alone would leave one for itself, which sleeps while tests run: on two cores that is half of the machine. */
const ALL_CORES = "100%";
/** For the programs that tests start: to load `offprint` or wrangler takes as long as most of what they are asked to do. */
const FOR_PROGRAMS = { NODE_COMPILE_CACHE: join(import.meta.dirname, "build/compile-cache") };

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
          env: FOR_PROGRAMS,
          maxWorkers: ALL_CORES,
          testTimeout: TIMEOUT_MILLISECONDS,
          hookTimeout: TIMEOUT_MILLISECONDS,
        },
      },
      {
        // Runs in workerd with the bindings of wrangler.toml. All files share one storage, whose keys are hashes of values.
        plugins: [
          cloudflareTest({
            wrangler: { configPath: "./wrangler.toml" },
            // As `npm start` binds it where a site counts who follows.
            miniflare: { analyticsEngineDatasets: { FOLLOWERS: { dataset: "followers" } } },
          }),
        ],
        test: {
          name: "worker",
          isolate: false,
          include: ["test/worker/**/*.test.ts"],
          maxWorkers: ALL_CORES,
          testTimeout: TIMEOUT_MILLISECONDS,
          hookTimeout: TIMEOUT_MILLISECONDS,
          globalSetup: ["test/seed-worker-tests.ts"],
        },
      },
      {
        test: {
          name: "end-to-end",
          // They wait for programs a good part of their time, so they run beside each other and beside the other projects.
          isolate: false,
          include: ["test/end-to-end/**/*.test.ts"],
          env: FOR_PROGRAMS,
          maxWorkers: ALL_CORES,
          testTimeout: END_TO_END_TIMEOUT_MILLISECONDS,
          hookTimeout: END_TO_END_TIMEOUT_MILLISECONDS,
        },
      },
    ],
  },
});
