/**
 * Checks every article and says what is wrong with it: `file:line: what, and what to do`.
 * Exits with 1 where an article has an error, with 2 where the settings or the options have one.
 */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { MILLISECONDS_PER_SECOND, formatRfc3339 } from "../src/domain/moment.ts";
import { cardDiagnostics } from "./check/card-diagnostics.ts";
import { createCoverage, fontSlices } from "./cards/card-fonts.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import { formatDiagnostic, inLineOrder } from "./diagnostics/diagnostic.ts";
import { flag, text } from "./terminal/options.ts";
import { createProgress } from "./terminal/progress.ts";
import type { SkipReason } from "./read/article/read-article.ts";
import type { SourceArticle } from "./read/article/read-article.ts";
import type { ArticleReport } from "./read/read-articles.ts";
import { readArticles } from "./read/read-articles.ts";
import { REMOVED_FILE, readRemoved } from "./removed/read-removed.ts";
import { runCommand } from "./terminal/run-command.ts";
import type { ScheduledArticle } from "./read/scheduled.ts";
import { scheduledArticles } from "./read/scheduled.ts";
import { readSettings } from "./config/settings.ts";
import { previewDiagnostics } from "./check/preview-diagnostics.ts";
import { withdrawArticles } from "./removed/withdraw-articles.ts";

const USAGE = `Usage: npm run check:content -- [options]

Reads all articles and lists what is wrong with them.

  --sources a,b   folders to read instead of those in the settings
  --config file   the settings (default: wrangler.toml)
  --json          the report as one JSON document
  --help          this text

Exit code: 0 no errors, 1 errors in articles, 2 errors in options or settings.`;

const EXIT_ARTICLE_ERRORS = 1;
const EXIT_USAGE = 2;

await runCommand({
  name: "npm run check:content --",
  usage: USAGE,
  options: { sources: text, config: text, json: flag },
  run: async ({ sources, config, json }) => check(sources, config ?? "wrangler.toml", json),
});

async function check(
  sources: string | null,
  config: string,
  isForPrograms: boolean,
): Promise<number> {
  if (!existsSync(config)) return refuse(`There is no file "${config}"`);
  const settings = readSettings(readFileSync(config, "utf8"), config, {
    OFFPRINT_SOURCES: sources ?? process.env["OFFPRINT_SOURCES"],
    OFFPRINT_URL: process.env["OFFPRINT_URL"],
  });
  if (!settings.ok) return refuse(settings.failure.map(formatDiagnostic).join("\n"));

  const now = Math.floor(Date.now() / MILLISECONDS_PER_SECOND);
  const progress = createProgress("articles read", process.stderr, () => performance.now());
  const root = dirname(resolve(config));
  const removed = await readRemoved(join(root, REMOVED_FILE));
  const { report: read } = withdrawArticles(
    await readArticles({ root, settings: settings.value, now, cache: null, progress }),
    removed,
  );
  const cards = cardDiagnostics(read.articles, settings.value, createCoverage(fontSlices()));
  const report = {
    ...read,
    diagnostics: inLineOrder([
      ...read.diagnostics,
      ...cards,
      ...previewDiagnostics(read.articles, settings.value),
    ]),
  };
  console.log(isForPrograms ? formatJson(report) : formatReport(report));
  return count(report.diagnostics, "error") > 0 ? EXIT_ARTICLE_ERRORS : 0;
}

function refuse(message: string): number {
  console.error(message);
  return EXIT_USAGE;
}

function formatReport(report: ArticleReport<SourceArticle>): string {
  const { drafts, unpublished, due, other } = sumUp(report);
  const next = due[0];
  const lines = [
    ...report.diagnostics.map(formatDiagnostic),
    ...report.skipped.flatMap(({ path, why }) => describeSkipped(path, why)),
    "",
    `${report.fileCount} files, ${report.articles.length} articles, ${report.skipped.length} skipped`,
    `skipped: ${drafts} drafts, ${unpublished} unpublished, ${due.length} dated in the future, ${other} named above`,
    `${count(report.diagnostics, "error")} errors, ${count(report.diagnostics, "warning")} warnings`,
  ];
  if (next !== undefined) lines.push(`due next: ${next.path} at ${formatRfc3339(next.due)}`);
  return lines.join("\n");
}

/** Files that stay out for a diagnostic are named by it already. */
function describeSkipped(path: string, why: SkipReason): readonly string[] {
  switch (why.reason) {
    case "draft":
    case "unpublished":
      return [`${path}: skipped: ${why.reason}`];
    case "future":
      return [`${path}: skipped: due ${formatRfc3339(why.due)}`];
    case "withdrawn":
    case "error":
    case "no-front-matter":
    case "template":
      return [];
  }
}

function formatJson(report: ArticleReport<SourceArticle>): string {
  const skipped = report.skipped.map(({ path, why }) =>
    why.reason === "future"
      ? { path, reason: why.reason, due: formatRfc3339(why.due) }
      : { path, reason: why.reason },
  );
  const counts = {
    files: report.fileCount,
    articles: report.articles.length,
    skipped: report.skipped.length,
    errors: count(report.diagnostics, "error"),
    warnings: count(report.diagnostics, "warning"),
  };
  return JSON.stringify({ counts, diagnostics: report.diagnostics, skipped }, null, 2);
}

interface Summary {
  readonly drafts: number;
  readonly unpublished: number;
  /** Next first. */
  readonly due: readonly ScheduledArticle[];
  readonly other: number;
}

function sumUp({ skipped }: ArticleReport<SourceArticle>): Summary {
  const withReason = (reason: string): number =>
    skipped.filter(({ why }) => why.reason === reason).length;
  const due = scheduledArticles(skipped);
  const drafts = withReason("draft");
  const unpublished = withReason("unpublished");
  return { drafts, unpublished, due, other: skipped.length - drafts - unpublished - due.length };
}

function count(diagnostics: readonly Diagnostic[], level: Diagnostic["level"]): number {
  return diagnostics.filter((diagnostic) => diagnostic.level === level).length;
}
