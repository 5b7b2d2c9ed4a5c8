import { join } from "node:path";
import { findConfigFile } from "../config/config-file.ts";
import { readEnvironment } from "../config/read-environment.ts";
import { readSettingsFile } from "../config/read-settings-file.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { formatDiagnostic, hasError } from "../diagnostics/diagnostic.ts";
import { missingSources } from "../read/files/source-folder.ts";
import type { IO } from "../terminal/io.ts";
import { EXIT_USAGE } from "../terminal/run-command.ts";
import { freePort } from "./free-port.ts";
import { withPackagePrograms } from "./package-programs.ts";
import { serveSite } from "./serve-site.ts";

const FIRST_PORT = 8787;

interface StartOptions {
  readonly port: number | null;
  readonly ip: string | null;
  readonly env: string | null;
  readonly root: string;
}

/**
 * Serves a site with `wrangler dev` until it is told to end.
 *
 * @param args the options as they were written, for wrangler
 */
export async function startSite(
  { root, ...options }: StartOptions,
  args: readonly string[],
  io: IO,
): Promise<number> {
  const environment = readEnvironment(root, io.environment, options.env);
  const path = findConfigFile(root);
  const read = readSettingsFile(join(root, path), path, environment);
  if (!read.ok) return refuse(read.failure, io);
  const { settings, workerDiagnostics } = read.value;
  const { sources, files, iconFile } = settings;
  const diagnostics = [...workerDiagnostics, ...missingSources(root, sources)];
  if (hasError(diagnostics)) return refuse(diagnostics, io);
  if (diagnostics.length > 0) io.warn(diagnostics.map(formatDiagnostic).join("\n"));
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
  return serveSite(site, io);
}

/** Says what is wrong before wrangler starts, which would bury it, or serve what was bundled before. */
function refuse(diagnostics: readonly Diagnostic[], io: IO): number {
  io.warn(diagnostics.map(formatDiagnostic).join("\n"));
  return EXIT_USAGE;
}
