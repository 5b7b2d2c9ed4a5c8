import release from "../build/release.bin";
import { createApp } from "./http/app.ts";
import { callWhenDue } from "./http/call-when-due.ts";
import type { Env } from "./http/env.ts";
import { warmUp } from "./http/warm-up.ts";
import { Manifest } from "./store/manifest.ts";

const manifest = Manifest.open(new Uint8Array(release));
if (!manifest.ok) {
  throw new Error(`Cannot use build/release.bin: ${manifest.failure.detail}. Run npm run bundle`);
}

const app = createApp(manifest.value);
await warmUp(app, manifest.value);
const { onTime } = manifest.value;

export default {
  fetch: app.fetch,
  // The moment for which the run was planned is the clock, so that two runs never have the same one.
  scheduled: async ({ scheduledTime: now }, env) => {
    await callWhenDue(onTime, env, {
      now,
      fetch: async (url, init) => fetch(url, init),
      wait: async (milliseconds) => scheduler.wait(milliseconds),
    });
  },
} satisfies ExportedHandler<Env>;
