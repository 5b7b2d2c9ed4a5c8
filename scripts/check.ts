/** `npm run check:content`, or `offprint check`: says what is wrong with the articles, as `file:line: what; what to do`, grouped by kind. */
import { dirname, join, resolve } from "node:path";
import { MILLISECONDS_PER_SECOND } from "../src/domain/moment.ts";
import { checkContent } from "./check/check-content.ts";
import { formatReport, formatReportAsJson } from "./check/format-report.ts";
import { findConfigFile } from "./config/config-file.ts";
import { readEnvironment } from "./config/read-environment.ts";
import { readSettingsFile } from "./config/read-settings-file.ts";
import { ROOT_MEANING, rootOption } from "./config/root-option.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import { formatDiagnostic, hasError } from "./diagnostics/diagnostic.ts";
import { lacksSource, missingSources } from "./read/files/source-folder.ts";
import { isThemeWrong } from "./look/read-theme.ts";
import { isRemovedUnreadable } from "./removed/read-removed.ts";
import { REAL_IO } from "./terminal/real-io.ts";
import { environmentOption, flag, text } from "./terminal/option-kinds.ts";
import { EXIT_USAGE, runCommand } from "./terminal/run-command.ts";

const USAGE = `Usage: npm run check:content -- [options]
   or: npx offprint check [options]

Reads all articles and says what is wrong with them: three examples of each kind, and a table of all kinds.

  --all           every error and warning, and every skipped file, file by file
  --kind name     every error and warning of one kind
  --sources a,b   folders to read instead of those in the settings
  --config file   the settings (default: the one that wrangler takes of wrangler.json, wrangler.jsonc and wrangler.toml)
  --env name      the settings of one of wrangler's environments (default: what CLOUDFLARE_ENV says)
  --root dir      ${ROOT_MEANING}
  --json          the report as one JSON document
  --help          this text

Exit code, as a deploy's: 0 no errors, 2 errors in options, settings, theme.css or removed.txt, or a folder of
articles is missing or cannot be listed, 3 articles with an error, which a deploy would leave out.`;

const EXIT_ARTICLE_ERRORS = 3;

/** Checks the articles of a site. */
export async function check(args: readonly string[]): Promise<void> {
  await runCommand(
    {
      name: "npm run check:content --",
      usage: USAGE,
      options: {
        all: flag,
        kind: text,
        sources: text,
        config: text,
        env: environmentOption,
        json: flag,
        root: rootOption,
      },
      run: checkRoot,
    },
    args,
  );
}

interface CheckOptions {
  readonly all: boolean;
  readonly kind: string | null;
  readonly sources: string | null;
  readonly config: string | null;
  readonly env: string | null;
  readonly json: boolean;
  readonly root: string;
}

async function checkRoot(options: CheckOptions): Promise<number> {
  const { all, kind, sources, config, env, json } = options;
  const root = config === null ? options.root : dirname(resolve(config));
  const file = config ?? findConfigFile(root);
  const environment = readEnvironment(root, process.env, env);
  const site = readSettingsFile(config ?? join(root, file), file, {
    ...environment,
    OFFPRINT_SOURCES: sources ?? environment["OFFPRINT_SOURCES"],
  });
  if (!site.ok) return refuse(site.failure);
  const { settings, workerDiagnostics } = site.value;
  const faults = [...workerDiagnostics, ...missingSources(root, settings.sources)];
  if (hasError(faults)) return refuse(faults);

  const content = await checkContent({
    root,
    settings,
    now: Math.floor(REAL_IO.now() / MILLISECONDS_PER_SECOND),
    progress: REAL_IO.progress("articles read"),
    pictureFolder: join(root, "build/cache/pictures"),
    io: { ...REAL_IO, say: REAL_IO.warn },
  });
  const diagnostics = [...faults, ...content.diagnostics];
  const report = { ...content, diagnostics };
  const shown = kind === null ? (all ? "all" : "examples") : { kind };
  console.log(json ? formatReportAsJson(report) : formatReport(report, shown));
  const isSiteWrong = [lacksSource, isRemovedUnreadable, isThemeWrong].some((is) =>
    is(diagnostics),
  );
  if (isSiteWrong) return EXIT_USAGE;
  return hasError(diagnostics) ? EXIT_ARTICLE_ERRORS : 0;
}

function refuse(diagnostics: readonly Diagnostic[]): number {
  console.error(diagnostics.map(formatDiagnostic).join("\n"));
  return EXIT_USAGE;
}
