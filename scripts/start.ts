/**
 * `npm start`, or `offprint start`: runs `wrangler dev`, tells it the address that the pages will have and that documents name, and watches the
 * source folders. Other options go to wrangler.
 */
import { join } from "node:path";
import { findConfigFile } from "./config/config-file.ts";
import { readEnvironment } from "./config/read-environment.ts";
import { readSettingsFile } from "./config/read-settings-file.ts";
import { ROOT_MEANING, rootOption } from "./config/root-option.ts";
import { withPackagePrograms } from "./dev/package-programs.ts";
import { freePort } from "./dev/free-port.ts";
import { missingSources } from "./read/files/source-folder.ts";
import { serveSite } from "./dev/serve-site.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import { formatDiagnostic, hasError } from "./diagnostics/diagnostic.ts";
import { REAL_IO } from "./terminal/real-io.ts";
import { environmentOption, text, wholeNumber } from "./terminal/option-kinds.ts";
import { EXIT_USAGE, runCommand } from "./terminal/run-command.ts";

const FIRST_PORT = 8787;
const LAST_PORT = 65_535;

const USAGE = `Usage: npm start -- [options]
   or: npx offprint start [options]

Serves the articles on this machine, and shows what changes in them. Options that are not named here go to wrangler dev.

  --port n           (default: the first one from ${FIRST_PORT} on that is free)
  --ip a             the address to listen at (default: localhost)
  --env name, -e name  an environment of wrangler's instead of the site itself; one at a time is served
  --root dir         ${ROOT_MEANING}
  --help             this text

Environment
  CLOUDFLARE_ENV     the environment, where --env does not say it
  OFFPRINT_SOURCES   source folders, with commas between, instead of those in the settings
  OFFPRINT_URL       the origin that documents name, instead of the one where they are served`;

interface StartOptions {
  readonly port: number | null;
  readonly ip: string | null;
  readonly env: string | null;
  readonly root: string;
}

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
      run: async (options) => serve(options, withoutRoot(args)),
    },
    args,
  );
}

/** @param args the options as they were written, for wrangler */
async function serve({ root, ...options }: StartOptions, args: readonly string[]): Promise<number> {
  const environment = readEnvironment(root, process.env, options.env);
  const path = findConfigFile(root);
  const read = readSettingsFile(join(root, path), path, environment);
  if (!read.ok) return refuse(read.failure);
  const { settings, workerDiagnostics } = read.value;
  const { sources, files, iconFile } = settings;
  const diagnostics = [...workerDiagnostics, ...missingSources(root, sources)];
  if (hasError(diagnostics)) return refuse(diagnostics);
  if (diagnostics.length > 0) REAL_IO.warn(diagnostics.map(formatDiagnostic).join("\n"));
  const port = String(options.port ?? (await freePort(FIRST_PORT)));
  const site = {
    root,
    sources: [...sources, ...files.pages, ...(iconFile === null ? [] : [iconFile])],
    host: options.ip ?? "localhost",
    port,
    args: [
      // wrangler would look for its file in the folders above too, and take one of JSON there first.
      ...(args.some((arg) => /^(?:-c|--config)(?:$|=)/.test(arg)) ? [] : ["--config", path]),
      ...(options.port === null ? ["--port", port] : []),
      ...args,
    ],
    environment: {
      ...withPackagePrograms(environment, root),
      OFFPRINT_URL: environment["OFFPRINT_URL"] ?? `http://localhost:${port}`,
      WRANGLER_SEND_METRICS: "false",
      // Otherwise, at each reload without a network, it prints a stack because it cannot ask where this machine is.
      CLOUDFLARE_CF_FETCH_ENABLED: environment["CLOUDFLARE_CF_FETCH_ENABLED"] ?? "false",
      // wrangler loads faster when its compiled code is kept, as `npm run bundle` keeps its own.
      NODE_COMPILE_CACHE: environment["NODE_COMPILE_CACHE"] ?? join(root, "build/compile-cache"),
    },
  };
  return serveSite(site, REAL_IO);
}

/** Options without `--root`, which wrangler does not know. */
function withoutRoot(args: readonly string[]): readonly string[] {
  return args.filter((arg, index) => !/^--root(?:$|=)/.test(arg) && args[index - 1] !== "--root");
}

/** Says what is wrong before wrangler starts, which would bury it, or serve what was bundled before. */
function refuse(diagnostics: readonly Diagnostic[]): number {
  console.error(diagnostics.map(formatDiagnostic).join("\n"));
  return EXIT_USAGE;
}
