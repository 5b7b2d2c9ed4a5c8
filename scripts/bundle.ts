/**
 * Bundles the articles into a release: `build/release.bin`, which the Worker carries, and `build/values`, which belong
 * into KV. wrangler runs it as `[build]` for `wrangler dev`, whose local KV it then fills.
 */
import { join } from "node:path";
import { keepCompiledCode } from "./terminal/compiled-code.ts";
import { runCommand } from "./terminal/run-command.ts";

// Half of the time of a small site's bundling is loading code: before any of it is loaded.
keepCompiledCode(join(import.meta.dirname, "../build/compile-cache"));
const { BUNDLE_COMMAND } = await import("./dev/bundle-command.ts");
await runCommand(BUNDLE_COMMAND);
