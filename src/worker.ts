import release from "../build/release.bin";
import { createApp } from "./http/app.ts";
import type { Env } from "./http/env.ts";
import { Directory } from "./store/directory.ts";

const directory = Directory.open(new Uint8Array(release));
if (!directory.ok) {
  throw new Error(`Cannot use build/release.bin: ${directory.failure.detail}. Run npm run bundle`);
}

export default createApp(directory.value) satisfies ExportedHandler<Env>;
