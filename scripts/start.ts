/**
 * `npm start`, or `offprint start`: runs `wrangler dev`, tells it the address that the pages will have and that documents name, and watches the
 * source folders. Other options go to wrangler.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { findConfigFile } from "./config/config-file.ts";
import { ROOT_MEANING, rootOption } from "./config/root-option.ts";
import { keepCompiledCode } from "./terminal/compiled-code.ts";
import { environmentOption, text, wholeNumber } from "./terminal/option-kinds.ts";
import { REAL_IO } from "./terminal/real-io.ts";
import { runCommand } from "./terminal/run-command.ts";

const LAST_PORT = 65_535;

const USAGE = `Usage: npm start -- [options]
   or: npx offprint start [options]

Serves the articles on this machine, and shows what changes in them. Options that are not named here go to wrangler dev.

  --port n           (default: the first one from 8787 on that is free)
  --ip a             the address to listen at (default: localhost)
  --env name, -e name  an environment of wrangler's instead of the site itself; one at a time is served
  --root dir         ${ROOT_MEANING}
  --help             this text

Environment
  CLOUDFLARE_ENV     the environment, where --env does not say it
  OFFPRINT_SOURCES   source folders, with commas between, instead of those in the settings
  OFFPRINT_URL       the origin that documents name, instead of the one where they are served`;

/** Serves a site until it is told to end. */
export async function start(args: readonly string[]): Promise<void> {
  await runCommand(
    {
      name: "npm start --",
      usage: USAGE,
      options: {
        port: wholeNumber(1, LAST_PORT, null),
        ip: text,
        env: environmentOption,
        root: rootOption,
      },
      strict: false,
      allowPositionals: true,
      run: async (options) => {
        // Loading code takes longer than all else that this does, so what is loaded from here on is kept compiled.
        if (existsSync(join(options.root, findConfigFile(options.root)))) {
          keepCompiledCode(join(options.root, "build/compile-cache"));
        }
        const { startSite } = await import("./dev/start-site.ts");
        return startSite(options, withoutRoot(args), REAL_IO);
      },
    },
    args,
  );
}

/** Options without `--root`, which wrangler does not know. */
function withoutRoot(args: readonly string[]): readonly string[] {
  return args.filter((arg, index) => !/^--root(?:$|=)/.test(arg) && args[index - 1] !== "--root");
}
