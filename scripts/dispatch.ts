/** The commands of `offprint`. Only the one that is run is loaded, because loading takes longer than most of them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

const USAGE = `Usage: npx offprint <command> [options]

  init      makes a site of this folder: an empty one, a Jekyll repository, or one with articles
  start     serves the articles on this machine, and shows what changes in them (npm start)
  check     says what is wrong with the articles (npm run check:content)
  bundle    bundles the articles into the folder build (npm run bundle)
  deploy    publishes the articles (npm run deploy)
  release   lists, compares and verifies releases, rolls back, prunes (npm run release)

  --version  the version of Offprint
  --help     this text, and behind a command its own

init works on this folder, any other command on the site in the nearest folder from here upwards with wrangler's file
(wrangler.json, wrangler.jsonc or wrangler.toml); both on the folder that --root names.`;

type Run = (args: readonly string[]) => Promise<void>;

const COMMANDS: Readonly<Record<string, () => Promise<Run>>> = {
  init: async () => (await import("./init.ts")).init,
  start: async () => (await import("./start.ts")).start,
  check: async () => (await import("./check.ts")).check,
  bundle: async () => (await import("./bundle.ts")).bundle,
  deploy: async () => (await import("./deploy.ts")).deploy,
  release: async () => (await import("./release.ts")).release,
};

const EXIT_USAGE = 2;

/** Runs the command that the first argument names, with the others, and sets the exit code. */
export async function dispatch([name = "", ...args]: readonly string[]): Promise<void> {
  if (["--help", "-h", "help"].includes(name)) {
    console.log(USAGE);
    return;
  }
  if (["--version", "-v"].includes(name)) {
    console.log(readVersion());
    return;
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (load !== undefined) {
    await (
      await load()
    )(args);
    return;
  }
  const { nearestName } = await import("./terminal/nearest-name.ts");
  const near = nearestName(name, Object.keys(COMMANDS));
  const advice = near === null ? "" : `; did you mean "${near}"?`;
  console.error(
    name === "" ? USAGE : `There is no command "${name}"${advice}\n\nSee npx offprint --help`,
  );
  process.exitCode = EXIT_USAGE;
}

/** The version in the package's own file, which lies above the folder of sources and that of compiled code alike. */
function readVersion(): string {
  const file = join(import.meta.dirname, "../package.json");
  return (JSON.parse(readFileSync(file, "utf8")) as { readonly version: string }).version;
}
