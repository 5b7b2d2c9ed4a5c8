/** `npm run check:content`: lists what is wrong with the articles, as `file:line: what, and what to do`. */
import { dirname, resolve } from "node:path";
import { MILLISECONDS_PER_SECOND } from "../src/domain/moment.ts";
import { checkContent } from "./check/check-content.ts";
import { formatReport, formatReportAsJson } from "./check/format-report.ts";
import { findConfigFile } from "./config/config-file.ts";
import { readEnvironment } from "./config/read-environment.ts";
import { readSettingsFile } from "./config/read-settings-file.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import { formatDiagnostic, hasError } from "./diagnostics/diagnostic.ts";
import { missingSources } from "./read/files/source-folder.ts";
import { REAL_IO } from "./terminal/real-io.ts";
import { environmentOption, flag, text } from "./terminal/option-kinds.ts";
import { EXIT_USAGE, runCommand } from "./terminal/run-command.ts";

const USAGE = `Usage: npm run check:content -- [options]

Reads all articles and lists what is wrong with them.

  --sources a,b   folders to read instead of those in the settings
  --config file   the settings (default: the one that wrangler takes of wrangler.json, wrangler.jsonc and wrangler.toml)
  --env name      the settings of one of wrangler's environments (default: what CLOUDFLARE_ENV says)
  --json          the report as one JSON document
  --help          this text

Exit code: 0 no errors, 1 errors in articles, 2 errors in options or settings.`;

const EXIT_ARTICLE_ERRORS = 1;

await runCommand({
  name: "npm run check:content --",
  usage: USAGE,
  options: { sources: text, config: text, env: environmentOption, json: flag },
  run: async ({ sources, config, env, json }) =>
    check(sources, config ?? findConfigFile("."), env, json),
});

async function check(
  sources: string | null,
  config: string,
  env: string | null,
  json: boolean,
): Promise<number> {
  const root = dirname(resolve(config));
  const environment = readEnvironment(root, process.env, env);
  const site = readSettingsFile(config, config, {
    ...environment,
    OFFPRINT_SOURCES: sources ?? environment["OFFPRINT_SOURCES"],
  });
  if (!site.ok) return refuse(site.failure);
  const { settings } = site.value;
  const missing = missingSources(root, settings.sources);
  if (missing.length > 0) return refuse(missing);

  const report = await checkContent({
    root,
    settings,
    now: Math.floor(REAL_IO.now() / MILLISECONDS_PER_SECOND),
    progress: REAL_IO.progress("articles read"),
  });
  console.log(json ? formatReportAsJson(report) : formatReport(report));
  return hasError(report.diagnostics) ? EXIT_ARTICLE_ERRORS : 0;
}

function refuse(diagnostics: readonly Diagnostic[]): number {
  console.error(diagnostics.map(formatDiagnostic).join("\n"));
  return EXIT_USAGE;
}
