import { join, posix } from "node:path";
import { impossibleDate } from "../../src/domain/identity.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { warningAt } from "../diagnostics/diagnostic.ts";
import type { ArticleLink } from "./files/article-link.ts";
import { filesWithOtherLinks } from "./files-with-other-links.ts";
import type { FoundFile } from "./files/find-articles.ts";
import type { KnownPictures } from "./files/find-local-picture.ts";
import { PLAIN_FILE_SETTINGS, findArticles } from "./files/find-articles.ts";
import { createFollowFile } from "./files/follow-file.ts";
import { ofFolder } from "./files/of-folder.ts";
import { boundGarbage } from "../terminal/bound-garbage.ts";
import type { ShowProgress } from "../terminal/progress.ts";
import type { ParsedPage } from "./article/read-page.ts";
import { readLinkedPages } from "./read-linked-pages.ts";
import { readPages } from "./read-pages.ts";
import { withDeadLinks } from "./with-dead-links.ts";
import type { SkipReason } from "./article/skip-reason.ts";
import type { SourceArticle } from "./article/read-article.ts";
import type { FileToRead } from "./cache/article-reader.ts";
import { createArticleReader } from "./cache/article-reader.ts";
import type { FileOutcome } from "./cache/file-outcome.ts";
import { decodeChunk, encodeChunk } from "./cache/outcome-chunk.ts";
import { readInThreads } from "./cache/read-in-threads.ts";
import type { ReadBefore } from "./cache/unchanged-files.ts";
import { unchangedFiles } from "./cache/unchanged-files.ts";
import type { IndexedOutcome } from "./index/index-pack.ts";
import type { SourceState } from "./source-state.ts";
import { sourceStateOf } from "./source-state.ts";
import type { Settings } from "../config/settings.ts";
import type { DescribeDeadLink } from "./dead-links.ts";
import { createDeadLinkReport } from "./dead-links.ts";
import { linkedArticles } from "./linked-articles.ts";
import type { ResolvedArticles } from "./resolve-conflicts.ts";
import { resolveConflicts } from "./resolve-conflicts.ts";
import { settleEntryIds } from "./settle-entry-ids.ts";
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
    Partial<Pick<Settings, "files" | "idPrefixes" | "categoryNames" | "media">>;
  /** Seconds since 1970; articles dated later are skipped. */
  readonly now: number;
  /** The cache of what was read before; null for reading every file. */
  readonly cache: ReadBefore | null;
  /** What is known of pictures; left out where none were made. */
  readonly pictures?: KnownPictures;
  /** Receives the number of files read so far and the number of files to read. */
  readonly progress: ShowProgress;
}

/** Fewer files are read in less time than a thread takes to start. */
const LEAST_FILES_FOR_THREADS = 600;
const FILES_PER_CHUNK = 50;

/** What was read, and what it was read from. */
export interface ReadReport extends ArticleReport<BundledArticle> {
  /** What came of each file, which is so until the file, the code or the settings change. */
  readonly outcomes: () => readonly IndexedOutcome[];
  /** Null where there is no cache, or nobody could tell later whether it is the same. */
  readonly state: SourceState | null;
}

/** Reads all articles of the source folders; unchanged files are taken from the cache. */
export async function readArticles(input: ArticlesInput): Promise<ReadReport> {
  const { root, settings, cache } = input;
  const { sources, files = PLAIN_FILE_SETTINGS, idPrefixes = new Map<string, string>() } = settings;
  const follow = createFollowFile(root, sources);
  const { absent, find } = cache ?? {};
  const found =
    absent === undefined && find !== undefined
      ? find()
      : findArticles(root, sources, follow, files, absent?.blobs.keys());
  const outcomes = new Map<string, FileOutcome>();
  /** What is in the place of others, as they are read while no other article has their id. */
  const instead = new Map<string, FileOutcome | undefined>();
  const keepAnew = (outcome: FileOutcome): void => {
    if (!instead.has(outcome.path)) instead.set(outcome.path, outcomes.get(outcome.path));
    outcomes.set(outcome.path, outcome);
  };
  const keep = (outcome: FileOutcome): void => {
    outcomes.set(outcome.path, outcome);
  };
  const keepable = (path: string): FileOutcome | undefined =>
    instead.has(path) ? instead.get(path) : outcomes.get(path);
  const unchanged =
    cache === null
      ? null
      : await unchangedFiles(found.articles, cache, root, follow, input.now, input.pictures);
  unchanged?.outcomes.forEach(keep);
  const changed = found.articles.filter(({ path }) => !outcomes.has(path));
  boundGarbage(changed.length);
  await readFiles(changed, input, keep);
  const unkept = { ...input, keepsNothing: true };

  const ownPages = { root, ...settings, files, pictures: input.pictures };
  const unlinked = readPages({ ...ownPages, findArticle: () => null });
  const settle = (read: Iterable<FileOutcome>): ResolvedArticles<BundledArticle> => {
    const articles: BundledArticle[] = [];
    for (const { result } of read) if (result.kind === "article") articles.push(result.article);
    return resolveConflicts(articles, {
      sources,
      idPrefixes,
      pages: unlinked.pages,
      site: settings.site,
    });
  };
  const first = settle(outcomes.values());
  const taken = new Set(first.skipped.map(({ path }) => path));
  const renamed = new Map(
    (taken.size === 0 ? [] : found.articles).flatMap((file): [string, FoundFile][] => {
      if (!taken.has(file.path)) return [];
      const pathFromRoot = posix.join(file.folder.fromRoot, file.pathInSource);
      const idPrefix = ofFolder(idPrefixes, root, { file: file.file, pathFromRoot });
      return idPrefix === null
        ? []
        : [[file.path, { ...file, folder: { ...file.folder, idPrefix } }]];
    }),
  );
  // They are read once more, since an article's text holds its own address; the cache knows it by its other id.
  await readFiles([...renamed.values()], unkept, keepAnew);
  const relinked = filesWithOtherLinks(
    renamed.size === 0
      ? found.articles
      : found.articles.map((file) => renamed.get(file.path) ?? file),
    outcomes,
    unlinked.pages,
  );
  const isRenamed = ({ path }: FoundFile): boolean => renamed.has(path);
  await readFiles(
    relinked.filter((file) => !isRenamed(file)),
    input,
    keep,
  );
  await readFiles(relinked.filter(isRenamed), unkept, keepAnew);
  cache?.articles.keepOnly(found.articles.map(({ path }) => path));

  const statuses = new Map(unchanged?.statuses);
  for (const { path } of changed) statuses.delete(path);
  const read = found.articles.flatMap(({ path }) => outcomes.get(path) ?? []);
  const own = readLinkedPages(ownPages, unlinked, read);
  const linked = new Map<string, boolean>();
  const hasFile = ({ kind, target }: ArticleLink): boolean => {
    if (kind !== "file") return false;
    const path = join(root, target);
    const isThere = follow(path).ok;
    linked.set(path, isThere);
    return isThere;
  };
  const describe = (): DescribeDeadLink =>
    createDeadLinkReport(linkedArticles(read, own.pages), hasFile, ownPages.site.url);
  const inOrder = withDeadLinks(read, describe);
  const isSettled = renamed.size + relinked.length === 0 && inOrder === read;
  const resolved = isSettled ? first : settle(inOrder);
  const settled = await settleEntryIds(resolved.articles, settings.site.idAuthority);
  const skipped: SkippedFile[] = [];
  for (const { path, result } of inOrder) {
    if (result.kind === "skipped") skipped.push({ path, why: result.why });
  }
  const conflicting = resolved.skipped.map(({ path }) => ({
    path,
    why: { reason: "error" } as const,
  }));
  return {
    articles: settled.articles,
    skipped: [...skipped, ...conflicting],
    diagnostics: [
      ...found.diagnostics,
      ...inOrder.flatMap(({ diagnostics }) => diagnostics),
      ...describeUndated(skipped),
      ...resolved.diagnostics,
      ...settled.diagnostics,
      ...own.diagnostics,
    ],
    pages: own.pages,
    outcomes: () =>
      found.articles.flatMap(({ path, source }) => {
        const outcome = keepable(path);
        return outcome === undefined ? [] : { source, outcome };
      }),
    fileCount: found.articles.length,
    state:
      cache === null
        ? null
        : sourceStateOf({
            found,
            outcomes,
            statuses,
            linked,
            pages: unlinked,
            startedAt: cache.startedAt,
          }),
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
  const impossible = impossibleDate(posix.parse(first).name);
  const why =
    impossible === null ? "has no date" : `there is no such day as the "${impossible}" in its name`;
  const what = `The file is ignored, as Jekyll does, because it is in _posts and ${why}${all}`;
  const advice = "name it 2022-01-10-title.md if it is an article";
  return [warningAt(first, 1, "post-undated", what, advice)];
}

async function readFiles(
  files: readonly FileToRead[],
  {
    root,
    settings: { site, sources, splitNames, categoryNames, markdown, addresses, media },
    now,
    cache,
    keepsNothing = false,
    pictures,
    progress,
  }: ArticlesInput & { readonly keepsNothing?: boolean },
  onOutcome: (outcome: FileOutcome) => void,
): Promise<void> {
  await cache?.absent?.checkOut(files.map(({ file }) => file));
  const articles = keepsNothing ? undefined : cache?.articles;
  const startedAt = cache?.startedAt ?? 0;
  const context = {
    root,
    sources,
    site,
    splitNames,
    ...(categoryNames === undefined ? {} : { categoryNames }),
    markdown,
    addresses,
    ...(media === undefined ? {} : { media }),
    ...(pictures === undefined ? {} : { pictures }),
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
      keep(articles?.add(chunk) ?? decodeChunk(chunk));
    });
    return;
  }
  const read = createArticleReader(context);
  for (let start = 0; start < files.length; start += FILES_PER_CHUNK) {
    const outcomes = read(files.slice(start, start + FILES_PER_CHUNK));
    keep(articles?.add(encodeChunk(outcomes)) ?? outcomes);
  }
}
