import { formatRfc3339 } from "../../src/domain/moment.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { formatDiagnostic } from "../diagnostics/diagnostic.ts";
import { formatDiagnostics, kindNames } from "../diagnostics/format-diagnostics.ts";
import type { ContentReport } from "./check-content.ts";
import type { SourceArticle } from "../read/article/read-article.ts";
import type { ArticleReport, SkippedFile } from "../read/read-articles.ts";
import { counted } from "../terminal/counted.ts";
import { printable, printableLine } from "../terminal/printable.ts";
import { scheduledArticles } from "../read/scheduled.ts";

type Report = ArticleReport<SourceArticle> & Partial<Pick<ContentReport, "files">>;

/** What a report for people shows: examples of each kind, all, or all of one kind. */
type Shown = "all" | "examples" | { readonly kind: string };

/** So many skipped files of each kind are named where not all are asked for. */
const EXAMPLES = 3;

/** The report for people: what is wrong, the skipped files, and the totals. */
export function formatReport(report: Report, shown: Shown): string {
  const { fileCount, articles, pages, diagnostics, skipped, files } = report;
  if (typeof shown !== "string") return formatKind(diagnostics, shown.kind);
  const due = scheduledArticles(skipped);
  const [next] = due;
  const drafts = skippedFor(skipped, "draft");
  const unpublished = skippedFor(skipped, "unpublished");
  const withdrawn = skippedFor(skipped, "withdrawn");
  const other = skipped.length - drafts - unpublished - due.length - withdrawn;
  const wrong =
    shown === "all" ? diagnostics.map(formatDiagnostic).join("\n") : formatDiagnostics(diagnostics);
  const lines = [
    wrong,
    ...(wrong.includes("\n\n") ? [""] : []),
    ...describeSkipped(skipped, shown === "all" ? Infinity : EXAMPLES),
    "",
    `${counted(fileCount, "file")}, ${counted(articles.length, "article")}, ${skipped.length} skipped${pages.length === 0 ? "" : `; ${counted(pages.length, "page")}`}`,
    `skipped: ${counted(drafts, "draft")}, ${unpublished} unpublished, ${due.length} dated in the future, ${withdrawn} withdrawn, ${other} with an error or no article`,
    ...(files === undefined || files.served === 0
      ? []
      : [
          `${counted(files.served, "file")} of pictures and the like, of ${files.most} at the most`,
        ]),
    `${counted(count(diagnostics, "error"), "error")}, ${counted(count(diagnostics, "warning"), "warning")}`,
  ];
  if (next !== undefined) {
    lines.push(printableLine(`due next: ${next.path} at ${formatRfc3339(next.due)}`));
  }
  return lines.join("\n").trimStart();
}

function formatKind(diagnostics: readonly Diagnostic[], kind: string): string {
  const ofKind = diagnostics.filter(({ code }) => code === kind);
  const kinds = kindNames(diagnostics);
  if (ofKind.length > 0) return ofKind.map(formatDiagnostic).join("\n");
  const named = kinds.length === 0 ? "nothing is wrong" : `what is wrong is ${kinds.join(", ")}`;
  return printableLine(`Nothing of the kind "${kind}"; ${named}`);
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
  return printable(JSON.stringify(report, null, 2));
}

/** A line for each of so many skipped files of each kind. Those with a diagnostic need no further line. */
function describeSkipped(skipped: readonly SkippedFile[], most: number): readonly string[] {
  return [...Map.groupBy(skipped, ({ why }) => why.reason).values()].flatMap((files) => {
    const lines = files.slice(0, most).flatMap(describeSkippedFile);
    const more = files.length - most;
    return lines.length > 0 && more > 0
      ? [...lines, `  … and ${more} more, which --all names`]
      : lines;
  });
}

function describeSkippedFile({ path, why }: SkippedFile): readonly string[] {
  switch (why.reason) {
    case "draft":
    case "unpublished":
      return [printableLine(`${path}: skipped: ${why.reason}`)];
    case "future":
      return [printableLine(`${path}: skipped: due ${formatRfc3339(why.due)}`)];
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
