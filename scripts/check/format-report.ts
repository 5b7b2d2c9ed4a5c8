import { formatRfc3339 } from "../../src/domain/moment.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { formatDiagnostic } from "../diagnostics/diagnostic.ts";
import { printable } from "../diagnostics/printable.ts";
import type { SourceArticle } from "../read/article/read-article.ts";
import type { ArticleReport, SkippedFile } from "../read/read-articles.ts";
import { counted } from "../terminal/counted.ts";
import { scheduledArticles } from "../read/scheduled.ts";

type Report = ArticleReport<SourceArticle>;

/** The report for people: a line for each diagnostic and each skipped file, and the totals. */
export function formatReport({ fileCount, articles, diagnostics, skipped }: Report): string {
  const due = scheduledArticles(skipped);
  const [next] = due;
  const drafts = skippedFor(skipped, "draft");
  const unpublished = skippedFor(skipped, "unpublished");
  const other = skipped.length - drafts - unpublished - due.length;
  const lines = [
    ...diagnostics.map(formatDiagnostic),
    ...skipped.flatMap(describeSkipped),
    "",
    `${counted(fileCount, "file")}, ${counted(articles.length, "article")}, ${skipped.length} skipped`,
    `skipped: ${counted(drafts, "draft")}, ${unpublished} unpublished, ${due.length} dated in the future, ${other} named above`,
    `${counted(count(diagnostics, "error"), "error")}, ${counted(count(diagnostics, "warning"), "warning")}`,
  ];
  if (next !== undefined) {
    lines.push(printable(`due next: ${next.path} at ${formatRfc3339(next.due)}`));
  }
  return lines.join("\n");
}

/** The report for programs, as one JSON document. */
export function formatReportAsJson({ fileCount, articles, diagnostics, skipped }: Report): string {
  const report = {
    counts: {
      files: fileCount,
      articles: articles.length,
      skipped: skipped.length,
      errors: count(diagnostics, "error"),
      warnings: count(diagnostics, "warning"),
    },
    diagnostics,
    skipped: skipped.map(({ path, why }) => ({
      path,
      reason: why.reason,
      ...(why.reason === "future" ? { due: formatRfc3339(why.due) } : {}),
    })),
  };
  return JSON.stringify(report, null, 2);
}

/** Files that are skipped because of a diagnostic need no further line. */
function describeSkipped({ path, why }: SkippedFile): readonly string[] {
  switch (why.reason) {
    case "draft":
    case "unpublished":
      return [printable(`${path}: skipped: ${why.reason}`)];
    case "future":
      return [printable(`${path}: skipped: due ${formatRfc3339(why.due)}`)];
    case "withdrawn":
    case "error":
    case "no-front-matter":
    case "template":
    case "undated":
      return [];
  }
}

function skippedFor(skipped: readonly SkippedFile[], reason: string): number {
  return skipped.filter(({ why }) => why.reason === reason).length;
}

function count(diagnostics: readonly Diagnostic[], level: Diagnostic["level"]): number {
  return diagnostics.filter((diagnostic) => diagnostic.level === level).length;
}
