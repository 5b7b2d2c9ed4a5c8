import { join } from "node:path";
import { createCardCoverage } from "../cards/card-coverage.ts";
import { fontSlices } from "../cards/card-fonts.ts";
import type { Settings } from "../config/settings.ts";
import { inLineOrder } from "../diagnostics/diagnostic.ts";
import type { SourceArticle } from "../read/article/read-article.ts";
import type { ArticleReport, ArticlesInput } from "../read/read-articles.ts";
import { checkLocalFiles } from "../read/files/copy-local-files.ts";
import { findLines } from "../read/find-lines.ts";
import { readArticles } from "../read/read-articles.ts";
import { REMOVED_FILE, readRemoved } from "../removed/read-removed.ts";
import { withdrawArticles } from "../removed/withdraw-articles.ts";
import { cardDiagnostics } from "./card-diagnostics.ts";
import { feedDiagnostics } from "./feed-diagnostics.ts";
import { podcastShow } from "./podcast-show.ts";
import { previewDiagnostics } from "./preview-diagnostics.ts";

/** Reads all articles as a deploy would, and reports what is wrong with them, with their files, share cards, previews and feeds. */
export async function checkContent(
  input: Omit<ArticlesInput, "cache"> & { readonly settings: Settings },
): Promise<ArticleReport<SourceArticle>> {
  const { root, settings } = input;
  const removed = await readRemoved(join(root, REMOVED_FILE));
  const read = await readArticles({ ...input, cache: null });
  const { report } = withdrawArticles(read, removed, settings.hosts);
  const show = podcastShow(root, settings, report.articles);
  return {
    ...report,
    diagnostics: inLineOrder(
      findLines(root, [
        ...report.diagnostics,
        ...checkLocalFiles([...report.articles, ...show.files]),
        ...show.diagnostics,
        ...cardDiagnostics(report.articles, settings, createCardCoverage(fontSlices())),
        ...previewDiagnostics(report.articles, settings),
        ...feedDiagnostics(report.articles, settings.site),
      ]),
    ),
  };
}
