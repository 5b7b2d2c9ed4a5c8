import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { warningAt } from "../diagnostics/diagnostic.ts";
import type { FoundFile } from "./files/find-articles.ts";
import { PLAIN_FILE_SETTINGS, findArticles } from "./files/find-articles.ts";
import { createFollowFile } from "./files/follow-file.ts";
import { ofFolder } from "./files/of-folder.ts";
import type { ShowProgress } from "../terminal/progress.ts";
import type { ParsedPage } from "./article/read-page.ts";
import { readPages } from "./read-pages.ts";
import type { SkipReason } from "./article/skip-reason.ts";
import type { SourceArticle } from "./article/read-article.ts";
import { createArticleReader } from "./cache/article-reader.ts";
import type { FileOutcome } from "./cache/outcome-chunk.ts";
import { decodeChunk, encodeChunk } from "./cache/outcome-chunk.ts";
import { readInThreads } from "./cache/read-in-threads.ts";
import type { ReadBefore } from "./cache/unchanged-files.ts";
import { unchangedOutcomes } from "./cache/unchanged-files.ts";
import type { Settings } from "../config/settings.ts";
import type { ResolvedArticles } from "./resolve-conflicts.ts";
import { resolveConflicts } from "./resolve-conflicts.ts";
import type { BundledArticle } from "./article/store-article.ts";

/** A file that is not among the articles, with the reason. */
export interface SkippedFile {
  readonly path: string;
  readonly why: SkipReason;
}

export interface ArticleReport<Article extends SourceArticle> {
  readonly articles: readonly Article[];
  readonly skipped: readonly SkippedFile[];
  /** Those of the search, then of each file in the order in which it was found, then of conflicts. */
  readonly diagnostics: readonly Diagnostic[];
  readonly pages: readonly ParsedPage[];
  /** The number of files with an article's extension. */
  readonly fileCount: number;
}

export interface ArticlesInput {
  /** The folder of `wrangler.toml`, absolute. */
  readonly root: string;
  readonly settings: Pick<Settings, "site" | "sources" | "splitNames" | "markdown" | "addresses"> &
    Partial<Pick<Settings, "files" | "idPrefixes">>;
  /** Seconds since 1970; articles dated later are skipped. */
  readonly now: number;
  /** The cache of what was read before; null for reading every file. */
  readonly cache: ReadBefore | null;
  /** Receives the number of files read so far and the number of files to read. */
  readonly progress: ShowProgress;
}

/** Fewer files are read in less time than a thread takes to start. */
const LEAST_FILES_FOR_THREADS = 600;
const FILES_PER_CHUNK = 50;

/** Reads all articles of the source folders; unchanged files are taken from the cache. */
export async function readArticles(input: ArticlesInput): Promise<ArticleReport<BundledArticle>> {
  const { root, settings, cache } = input;
  const { sources, files = PLAIN_FILE_SETTINGS, idPrefixes = new Map<string, string>() } = settings;
  const follow = createFollowFile(root, sources);
  const found = findArticles(root, sources, follow, files);
  const outcomes = new Map<string, FileOutcome>();
  const keep = (outcome: FileOutcome): void => {
    outcomes.set(outcome.path, outcome);
  };
  if (cache !== null) {
    (await unchangedOutcomes(found.articles, cache, root, follow, input.now)).forEach(keep);
  }
  const changed = found.articles.filter(({ path }) => !outcomes.has(path));
  await readFiles(changed, input, keep);
  cache?.articles.keepOnly(new Set(found.articles.map(({ path }) => path)));

  const { pages, diagnostics: ofPages } = readPages({ root, ...settings, files });
  const settle = (): ResolvedArticles<BundledArticle> =>
    resolveConflicts(
      [...outcomes.values()].flatMap(({ result }) =>
        result.kind === "article" ? result.article : [],
      ),
      { sources, idPrefixes, pages },
    );
  let resolved = settle();
  const taken = new Set(resolved.skipped.map(({ path }) => path));
  const renamed = found.articles.flatMap((file) => {
    const idPrefix = ofFolder(idPrefixes, root, file.file);
    return idPrefix === null || !taken.has(file.path)
      ? []
      : { ...file, folder: { ...file.folder, idPrefix } };
  });
  if (renamed.length > 0) {
    // They are read once more, since an article's text holds its own address; the cache knows it by its other id.
    await readFiles(renamed, { ...input, cache: null }, keep);
    resolved = settle();
  }

  const inOrder = found.articles.flatMap(({ path }) => outcomes.get(path) ?? []);
  const skipped = inOrder.flatMap(({ path, result }) =>
    result.kind === "skipped" ? { path, why: result.why } : [],
  );
  const conflicting = resolved.skipped.map(({ path }) => ({
    path,
    why: { reason: "error" } as const,
  }));
  return {
    articles: resolved.articles,
    skipped: [...skipped, ...conflicting],
    diagnostics: [
      ...found.diagnostics,
      ...inOrder.flatMap(({ diagnostics }) => diagnostics),
      ...describeUndated(skipped),
      ...resolved.diagnostics,
      ...ofPages,
    ],
    pages,
    fileCount: found.articles.length,
  };
}

const MOST_NAMED = 3;

/** One line for all files that Jekyll ignores because they have no date; there may be hundreds. */
function describeUndated(skipped: readonly SkippedFile[]): readonly Diagnostic[] {
  const undated = skipped.filter(({ why }) => why.reason === "undated").map(({ path }) => path);
  const [first, ...others] = undated;
  if (first === undefined) return [];
  const names = others.slice(0, MOST_NAMED).map((path) => `"${path}"`);
  const rest = others.length > MOST_NAMED ? [...names, "…"] : names;
  const all = others.length === 0 ? "" : `; so are ${others.length} more: ${rest.join(", ")}`;
  const what = `The file is ignored, as Jekyll does, because it is in _posts and has no date${all}`;
  const advice = "name it 2022-01-10-title.md if it is an article";
  return [warningAt(first, 1, "post-undated", what, advice)];
}

async function readFiles(
  files: readonly FoundFile[],
  {
    root,
    settings: { site, sources, splitNames, markdown, addresses },
    now,
    cache,
    progress,
  }: ArticlesInput,
  onOutcome: (outcome: FileOutcome) => void,
): Promise<void> {
  const startedAt = cache?.startedAt ?? 0;
  const context = {
    root,
    sources,
    site,
    splitNames,
    markdown,
    addresses,
    nowEpochSeconds: now,
    startedAt,
  };
  let done = 0;
  const keep = (outcomes: readonly FileOutcome[]): void => {
    done += outcomes.length;
    progress(done, files.length);
    outcomes.forEach(onOutcome);
  };
  if (files.length >= LEAST_FILES_FOR_THREADS) {
    await readInThreads(files, context, (chunk) => {
      const inMemory = (place: number, length: number): Uint8Array =>
        chunk.bodies.subarray(place, place + length);
      keep(cache?.articles.add(chunk) ?? decodeChunk(chunk.index, inMemory));
    });
    return;
  }
  const read = createArticleReader(context);
  for (let start = 0; start < files.length; start += FILES_PER_CHUNK) {
    const outcomes = read(files.slice(start, start + FILES_PER_CHUNK));
    keep(cache?.articles.add(encodeChunk(outcomes)) ?? outcomes);
  }
}
