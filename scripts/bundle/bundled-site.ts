import type { ContentHash } from "../../src/store/content-hash.ts";
import type { Redirect } from "../../src/store/redirect-entry.ts";
import type { Settings } from "../config/settings.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { BundledArticle } from "../read/article/store-article.ts";
import type { ReadElsewhere } from "../read/cache/unchanged-files.ts";
import type { AbsentFiles } from "../read/git/absent-files.ts";
import type { IndexSource, IndexedOutcome } from "../read/index/index-pack.ts";
import type { ArticleReport, SkippedFile } from "../read/read-articles.ts";
import type { IO } from "../terminal/io.ts";
import type { BundledRelease } from "./bundled-release.ts";
import type { RendererHashes } from "../program/renderer-hashes.ts";

export interface BundleInput {
  /** The project's folder; settings name folders relative to it. */
  readonly root: string;
  readonly settings: Settings;
  /** The folder into which images that lie beside the articles are copied. */
  readonly assets: string;
  /** The cache's folder, which may be deleted at any time; null for no cache. */
  readonly cacheFolder: string | null;
  /** Whether all articles are read anew. */
  readonly ignoresCache: boolean;
  /**
   * Whether pictures are served as they are, and no share cards drawn, where that was not done before: both take longer than all else. Left
   * out where the release is to be whole.
   */
  readonly drawsLater?: boolean;
  /** Asks for what another machine has read of the same files; left out where nobody is to be asked. */
  readonly askElsewhere?: AskElsewhere;
  /** What a sparse checkout has left away; left out where only what is on disk counts. */
  readonly absent?: AbsentFiles;
  /** Its clock decides which articles are scheduled, and which files changed too recently to be trusted. */
  readonly io: Pick<IO, "now" | "environment" | "progress" | "say">;
}

/** What came of each file, as other machines may take it over. */
export interface IndexedFiles {
  /** A hash of all that decided it, besides the files; the same wherever the folders are. */
  readonly basis: ContentHash;
  readonly sources: readonly IndexSource[];
  readonly outcomes: () => readonly IndexedOutcome[];
}

/**
 * Asks for what another machine has read; null if there is nothing, or it is not worth it.
 *
 * @param unknown how many files this machine knows nothing of
 */
export type AskElsewhere = (
  files: Omit<IndexedFiles, "outcomes">,
  unknown: number,
) => Promise<ReadElsewhere | null>;

/** Articles as they were read, and the hashes of the code that will show them. */
export interface ReadSite {
  readonly report: ArticleReport<BundledArticle>;
  readonly files: IndexedFiles;
  readonly renderers: RendererHashes;
}

/** What a release was made of. */
export interface BundledSources {
  /** All articles as read, including those that `removed.txt` names. */
  readonly read: ReadSite;
  readonly articles: readonly BundledArticle[];
  /** Old paths, percent-decoded and as they are stored, and where they lead. */
  readonly redirects: ReadonlyMap<string, Redirect>;
}

/** What of a release is still to be drawn. */
export interface ToFollow {
  /** How many pictures are served as they are. */
  readonly pictures: number;
  /** Whether there are to be share cards. */
  readonly cards: boolean;
}

/** A release, and what is to be said about it. */
export interface BundledSite {
  readonly release: BundledRelease;
  readonly skipped: readonly SkippedFile[];
  readonly diagnostics: readonly Diagnostic[];
  /** Null where the release is whole. */
  readonly toFollow: ToFollow | null;
  /** What it was made of; where nothing has changed since the last time, this looks at the articles after all. */
  readonly sources: () => Promise<BundledSources>;
}
