import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { MOST_FILE_BYTES } from "./files/read-whole-file.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { warningAt } from "../diagnostics/diagnostic.ts";
import type { PageContext, PageOutcome, ParsedPage } from "./article/read-page.ts";
import { readPage } from "./article/read-page.ts";
import { FILE_BUDGET } from "./cache/article-reader.ts";
import { mapWithinBudget } from "./cache/cpu-budget.ts";
import { outcomeOfFault, outcomeOfLargeFile, outcomeOfSlowFile } from "./cache/unread-file.ts";
import type { FileSettings, FoundFile } from "./files/find-articles.ts";
import type { KnownPictures } from "./files/find-local-picture.ts";
import { createLocalFileFinder } from "./files/find-local-files.ts";
import { findPages } from "./files/find-pages.ts";
import { createFollowFile } from "./files/follow-file.ts";
import { statOf } from "./files/stat-of.ts";

export interface PagesInput extends Omit<PageContext, "findLocalFile"> {
  /** The folder of `wrangler.toml`, absolute. */
  readonly root: string;
  readonly sources: readonly string[];
  readonly files: FileSettings;
  readonly pictures?: KnownPictures | undefined;
}

export interface ReadPages {
  /** In the order of their addresses, each once. */
  readonly pages: readonly ParsedPage[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads all pages of the site's own. There are few, so that they are read each time. */
export function readPages({ root, sources, files, pictures, ...shared }: PagesInput): ReadPages {
  if (files.pages.length === 0) return { pages: [], diagnostics: [] };
  const found = findPages(
    root,
    sources,
    files,
    createFollowFile(root, [...sources, ...files.pages]),
  );
  const roots = found.pages.map(({ source }) => source);
  const findIn = createLocalFileFinder(
    createFollowFile(root, sources, [...new Set(roots)]),
    pictures,
  );
  const read = (file: FoundFile): PageOutcome => {
    try {
      const stats = statOf(file.file);
      if (stats?.isFile() !== true) return { page: null, diagnostics: [] };
      if (stats.size > MOST_FILE_BYTES) {
        return skipped(outcomeOfLargeFile(file, stats.size, MOST_FILE_BYTES));
      }
      const { source, folder } = file;
      const article = dirname(file.file);
      const folders = { project: root, source, place: folder.place, article };
      const context = { ...shared, findLocalFile: findIn(folders) };
      return readPage(readFileSync(file.file), file, context);
    } catch (error) {
      return skipped(outcomeOfFault(error, file, root));
    }
  };
  const giveUp = (file: FoundFile): PageOutcome =>
    skipped(outcomeOfSlowFile(file, FILE_BUDGET.cpuSeconds));
  const outcomes = mapWithinBudget(found.pages, read, giveUp, FILE_BUDGET);
  const pages = new Map<string, ParsedPage>();
  const diagnostics = [...found.diagnostics];
  for (const { page, diagnostics: own } of outcomes) {
    diagnostics.push(...own);
    if (page === null) continue;
    const other = pages.get(page.address);
    if (other === undefined) pages.set(page.address, page);
    else diagnostics.push(describeTaken(page, other));
  }
  return {
    pages: [...pages.values()].toSorted((a, b) => (a.address < b.address ? -1 : 1)),
    diagnostics,
  };
}

function skipped({ diagnostics }: Pick<PageOutcome, "diagnostics">): PageOutcome {
  return { page: null, diagnostics };
}

function describeTaken({ path, address }: ParsedPage, other: ParsedPage): Diagnostic {
  const what = `The page cannot be at "${address}", where ${other.path} is; it was skipped`;
  return warningAt(path, 1, "page-taken", what, "write another permalink, or exclude it");
}
