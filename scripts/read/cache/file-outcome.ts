import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { ReadResult } from "../article/read-article.ts";
import type { BundledArticle } from "../article/store-article.ts";
import type { ArticleLink } from "../files/article-link.ts";
import type { FileStamp } from "../files/file-stamp.ts";
import type { Lookup } from "./lookups.ts";

/** The outcome of reading one file as an article. The body is compressed and may be on disk. */
export interface FileOutcome {
  /** The file's path as diagnostics name it. */
  readonly path: string;
  /** The path inside the source folder; below another source folder, the same file would be another article. */
  readonly pathInSource: string;
  readonly stamp: FileStamp;
  /** The other files that the article refers to, as they were found. */
  readonly lookups: readonly Lookup[];
  readonly diagnostics: readonly Diagnostic[];
  readonly result: ReadResult<BundledArticle>;
}

/** Its links to other articles, and to what may be one; none where it is no article. */
export function linksOf({ result }: FileOutcome): readonly ArticleLink[] {
  return result.kind === "article" ? result.article.links : [];
}
