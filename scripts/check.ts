/**
 * Checks every article and says what is wrong with it: `file:line: what, and what to do`.
 * Exits with 1 where an article has an error, with 2 where the settings or the options have one.
 */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { formatRfc3339 } from "../src/domain/moment.ts";
import { cardFaults } from "./check/card-diagnostics.ts";
import { createCoverage, fontSlices } from "./cards/card-fonts.ts";
import type { Fault } from "./diagnostics/diagnostic.ts";
import { formatFault, inLineOrder } from "./diagnostics/diagnostic.ts";
import { parseOptions } from "./terminal/parse-options.ts";
import { createProgress } from "./terminal/progress.ts";
import type { LeftOut } from "./read/article/read-article.ts";
import type { SourceArticle } from "./read/article/read-article.ts";
import type { ArticleReport } from "./read/read-articles.ts";
import { readArticles } from "./read/read-articles.ts";
import { REMOVED_FILE, readRemoved } from "./removed/read-removed.ts";
import { runCommand } from "./terminal/run-command.ts";
import type { DueArticle } from "./read/scheduled.ts";
import { stillToCome } from "./read/scheduled.ts";
import { readSettings } from "./config/settings.ts";
import { shareFaults } from "./check/preview-diagnostics.ts";
import { withdrawArticles } from "./removed/withdraw-articles.ts";

const USAGE = `Usage: node scripts/check.ts [options]

Reads all articles and lists what is wrong with them.

  --sources a,b   folders to read instead of those in the settings
  --config file   the settings (default: wrangler.toml)
  --json          the report as one JSON document
  --help          this text

Exit code: 0 no errors, 1 errors in articles, 2 errors in options or settings.`;

const EXIT_ARTICLE_ERRORS = 1;
const EXIT_USAGE = 2;
const MILLISECONDS_PER_SECOND = 1000;

await runCommand(main);

async function main(args: string[]): Promise<number> {
  const options = readOptions(args);
  if (typeof options === "string") return refuse(options);
  if (options.help) {
    console.log(USAGE);
    return 0;
  }
  if (!existsSync(options.config)) return refuse(`There is no file "${options.config}"`);
  const settings = readSettings(readFileSync(options.config, "utf8"), options.config, {
    OFFPRINT_SOURCES: options.sources ?? process.env["OFFPRINT_SOURCES"],
    OFFPRINT_URL: process.env["OFFPRINT_URL"],
  });
  if (!settings.ok) return refuse(settings.failure.map(formatFault).join("\n"));

  const now = Math.floor(Date.now() / MILLISECONDS_PER_SECOND);
  const progress = createProgress("articles read", process.stderr, () => performance.now());
  const root = dirname(resolve(options.config));
  const removed = await readRemoved(join(root, REMOVED_FILE));
  const { report: read } = withdrawArticles(
    await readArticles({ root, settings: settings.value, now, cache: null, progress }),
    removed,
  );
  const cards = cardFaults(read.articles, settings.value, createCoverage(fontSlices()));
  const report = {
    ...read,
    faults: inLineOrder([...read.faults, ...cards, ...shareFaults(read.articles, settings.value)]),
  };
  console.log(options.json ? formatJson(report) : formatReport(report));
  return count(report.faults, "error") > 0 ? EXIT_ARTICLE_ERRORS : 0;
}

function readOptions(args: string[]) {
  const parsed = parseOptions({
    args,
    options: {
      sources: { type: "string" },
      config: { type: "string", default: "wrangler.toml" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  return typeof parsed === "string" ? parsed : parsed.values;
}

function refuse(message: string): number {
  console.error(`${message}\n\nSee node scripts/check.ts --help`);
  return EXIT_USAGE;
}

function formatReport(report: ArticleReport<SourceArticle>): string {
  const { drafts, unpublished, due, other } = sumUp(report);
  const next = due[0];
  const lines = [
    ...report.faults.map(formatFault),
    ...report.leftOut.flatMap(({ path, why }) => describeLeftOut(path, why)),
    "",
    `${report.fileCount} files, ${report.articles.length} articles, ${report.leftOut.length} left out`,
    `left out: ${drafts} drafts, ${unpublished} unpublished, ${due.length} dated in the future, ${other} named above`,
    `${count(report.faults, "error")} errors, ${count(report.faults, "warning")} warnings`,
  ];
  if (next !== undefined) lines.push(`due next: ${next.path} at ${formatRfc3339(next.due)}`);
  return lines.join("\n");
}

/** Files that stay out for a fault are named by it already. */
function describeLeftOut(path: string, why: LeftOut): readonly string[] {
  switch (why.reason) {
    case "draft":
    case "unpublished":
      return [`${path}: left out: ${why.reason}`];
    case "future":
      return [`${path}: left out: due ${formatRfc3339(why.due)}`];
    case "withdrawn":
    case "error":
    case "no-front-matter":
    case "template":
      return [];
  }
}

function formatJson(report: ArticleReport<SourceArticle>): string {
  const leftOut = report.leftOut.map(({ path, why }) =>
    why.reason === "future"
      ? { path, reason: why.reason, due: formatRfc3339(why.due) }
      : { path, reason: why.reason },
  );
  const counts = {
    files: report.fileCount,
    articles: report.articles.length,
    leftOut: report.leftOut.length,
    errors: count(report.faults, "error"),
    warnings: count(report.faults, "warning"),
  };
  return JSON.stringify({ counts, faults: report.faults, leftOut }, null, 2);
}

interface Summary {
  readonly drafts: number;
  readonly unpublished: number;
  /** Next first. */
  readonly due: readonly DueArticle[];
  readonly other: number;
}

function sumUp({ leftOut }: ArticleReport<SourceArticle>): Summary {
  const withReason = (reason: string): number =>
    leftOut.filter(({ why }) => why.reason === reason).length;
  const due = stillToCome(leftOut);
  const drafts = withReason("draft");
  const unpublished = withReason("unpublished");
  return { drafts, unpublished, due, other: leftOut.length - drafts - unpublished - due.length };
}

function count(faults: readonly Fault[], level: Fault["level"]): number {
  return faults.filter((fault) => fault.level === level).length;
}
