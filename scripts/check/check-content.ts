import { join } from "node:path";
import { createCardCoverage } from "../cards/card-coverage.ts";
import { fontSlices } from "../cards/card-fonts.ts";
import type { Settings } from "../config/settings.ts";
import { inLineOrder } from "../diagnostics/diagnostic.ts";
import type { SourceArticle } from "../read/article/read-article.ts";
import type { ArticleReport, ArticlesInput } from "../read/read-articles.ts";
import type { IO } from "../terminal/io.ts";
import { readWithPictures } from "../pictures/read-with-pictures.ts";
import { checkLocalFiles, countServedFiles } from "../read/files/copy-local-files.ts";
import { findLines } from "../read/find-lines.ts";
import { readArticles } from "../read/read-articles.ts";
import { siteLook } from "../look/site-look.ts";
import { REMOVED_FILE, readRemoved } from "../removed/read-removed.ts";
import { withdrawArticles } from "../removed/withdraw-articles.ts";
import { cardDiagnostics } from "./card-diagnostics.ts";
import { feedDiagnostics } from "./feed-diagnostics.ts";
import { podcastShow } from "./podcast-show.ts";
import { previewDiagnostics } from "./preview-diagnostics.ts";

/** What was read, and how many files a deploy would serve besides the pages, of how many that it may. */
export interface ContentReport extends ArticleReport<SourceArticle> {
  readonly files: { readonly served: number; readonly most: number };
}

interface CheckInput extends Omit<ArticlesInput, "cache" | "pictures"> {
  readonly settings: Settings;
  /** Keeps what is made of pictures: only who makes them knows what is wrong with them. */
  readonly pictureFolder: string;
  readonly io: Pick<IO, "now" | "progress" | "say">;
}

/** Reads all articles as a deploy would, and reports what is wrong with them, with their files, share cards, previews and feeds. */
export async function checkContent(input: CheckInput): Promise<ContentReport> {
  const { root, settings, io, pictureFolder } = input;
  const removed = await readRemoved(join(root, REMOVED_FILE));
  const read = await readWithPictures(
    async (pictures) => readArticles({ ...input, cache: null, pictures }),
    pictureFolder,
    io,
  );
  const { report } = withdrawArticles(read, removed, settings.hosts);
  const look = await siteLook(root, settings, pictureFolder);
  const show = podcastShow(root, settings, report.articles);
  const shown = [...report.articles, ...report.pages, ...look.files, ...show.files];
  return {
    ...report,
    files: countServedFiles(shown, pictureFolder),
    diagnostics: inLineOrder(
      findLines(root, [
        ...report.diagnostics,
        ...checkLocalFiles(shown, pictureFolder),
        ...look.diagnostics,
        ...show.diagnostics,
        ...cardDiagnostics(report.articles, settings, createCardCoverage(fontSlices())),
        ...previewDiagnostics(report.articles, settings),
        ...feedDiagnostics(report.articles, settings.site),
      ]),
    ),
  };
}
