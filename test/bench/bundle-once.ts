/** One bundling, in a process of its own, for bundling.ts: what `npm run bundle` does, into folders of the bench. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { keepCompiledCode } from "../../scripts/terminal/compiled-code.ts";

// As `npm run bundle` does.
keepCompiledCode(join(import.meta.dirname, "../../build/compile-cache"));
const [{ bundleSite }, { REAL_IO }, { readSettings }, { writeValues }] = await Promise.all([
  import("../../scripts/bundle/bundle-site.ts"),
  import("../../scripts/terminal/real-io.ts"),
  import("../../scripts/config/settings.ts"),
  import("../../scripts/bundle/write-values.ts"),
]);

const [root = "", cards = "0", cache = "cache"] = process.argv.slice(2);
/** After all generated articles. */
const NOW_SECONDS = 1_900_000_000;

const settings = readSettings(
  `[vars.SITE]\ntitle = "江城文摘"\nurl = "https://finews.example"\ncards = ${cards}\n`,
  "bench",
  {},
);
if (!settings.ok) throw new Error(JSON.stringify(settings.failure));
const build = join(root, "build");
mkdirSync(build, { recursive: true });
const { release } = await bundleSite({
  root,
  settings: settings.value,
  assets: join(build, "assets"),
  cacheFolder: join(build, "cache"),
  ignoresCache: cache === "no-cache",
  io: { ...REAL_IO, now: () => NOW_SECONDS * 1000 },
});
await writeValues(join(build, "values"), release.values);
writeFileSync(
  join(build, "release.bin"),
  release.manifestAfter({ previous: null, now: NOW_SECONDS }),
);
