import release from "../build/release.bin";
import { createApp } from "./http/app.ts";
import type { Env } from "./http/env.ts";
import { warmUp } from "./http/warm-up.ts";
import { Manifest } from "./store/manifest.ts";

const manifest = Manifest.open(new Uint8Array(release));
if (!manifest.ok) {
  throw new Error(`Cannot use build/release.bin: ${manifest.failure.detail}. Run npm run bundle`);
}

const app = createApp(manifest.value);
await warmUp(app, manifest.value);

export default app satisfies ExportedHandler<Env>;
