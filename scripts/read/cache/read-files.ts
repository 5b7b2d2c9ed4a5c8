import { dirname } from "node:path";
import type { FoundFile } from "../files/find-articles.ts";
import { createLocalFileFinder } from "../files/find-local-files.ts";
import type { ReadContext } from "../article/read-article.ts";
import { readArticle } from "../article/read-article.ts";
import { storeArticle } from "../article/store-article.ts";
import type { FileOutcome } from "./file-outcome.ts";
import { FileReader } from "./file-reader.ts";
import { stampFile } from "./file-stamp.ts";
import { recordLookups } from "./recorded-lookups.ts";

/** With what all files of a site are read. */
export interface ReadingContext extends Omit<ReadContext, "findLocalFile"> {
  /** The folder of `wrangler.toml`, absolute. */
  readonly root: string;
}

/** Reads files and compresses what is in them; files that were taken away since they were found are passed over. */
export type ReadFiles = (files: readonly FoundFile[]) => readonly FileOutcome[];

export function createFileReader(context: ReadingContext): ReadFiles {
  const { root } = context;
  const findIn = createLocalFileFinder();
  const files = new FileReader();
  const read = (found: FoundFile): FileOutcome | null => {
    const { find, lookups } = recordLookups(
      findIn({ project: root, source: found.source, article: dirname(found.file) }),
    );
    const readAt = Date.now();
    const file = files.read(found.file);
    if (file === null) return null;
    const outcome = readArticle(file.bytes, found, { ...context, findLocalFile: find });
    return {
      path: found.path,
      pathInSource: found.pathInSource,
      stamp: stampFile(file.bytes, file.stats, readAt),
      lookups,
      diagnostics: outcome.diagnostics,
      result:
        outcome.kind === "article"
          ? { kind: "article", article: storeArticle(outcome.article) }
          : { kind: "skipped", why: outcome.why },
    };
  };
  return (task) => task.map(read).filter((outcome) => outcome !== null);
}
