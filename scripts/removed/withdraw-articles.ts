import { percentDecoded } from "../../src/domain/percent-decoded.ts";
import { identityOfCode } from "../../src/domain/identity.ts";
import { listIdentities } from "../../src/domain/jekyll-permalink.ts";
import { parseLegacyCode } from "../../src/domain/legacy-code.ts";
import { plainPath } from "../../src/domain/plain-path.ts";
import { decodedScopePath, sharePath } from "../../src/domain/links.ts";
import type { NamedScope } from "../../src/domain/scope.ts";
import { NAMED_KINDS } from "../../src/domain/scope.ts";
import type { ShareId } from "../../src/domain/share-id.ts";
import { isAnswered } from "../../src/domain/routes.ts";
import { parseShareId, shareIdOf } from "../../src/domain/share-id.ts";
import type { Diagnostic, DiagnosticLog } from "../diagnostics/diagnostic.ts";
import { createDiagnosticLog, warningAt } from "../diagnostics/diagnostic.ts";
import type { SourceArticle } from "../read/article/read-article.ts";
import type { ArticleReport } from "../read/read-articles.ts";
import { counted } from "../terminal/counted.ts";
import type { NearestKnown } from "./nearest-known.ts";
import { createNearestKnown } from "./nearest-known.ts";
import type { Removed, RemovedEntry } from "./read-removed.ts";
import { REMOVED_FILE } from "./read-removed.ts";

/** A report without the withdrawn articles, and the percent-decoded paths that answer 410. */
export interface Withdrawal<Article extends SourceArticle> {
  readonly report: ArticleReport<Article>;
  readonly gone: readonly string[];
}

/**
 * Skips the articles that `removed.txt` names even though their files are still there, and reports what is wrong in it.
 *
 * @param hosts names of hosts that are the site's
 */
export function withdrawArticles<Article extends SourceArticle>(
  report: ArticleReport<Article>,
  removed: Removed,
  hosts: ReadonlySet<string>,
): Withdrawal<Article> {
  const log = createDiagnosticLog(REMOVED_FILE);
  const nearest = createNearestKnown(report.articles);
  const known: Known = { articles: report.articles, hosts, nearest };
  const named = removed.entries.map((entry) => readEntry(entry, known, log));
  const enough = new Set(named.flatMap(({ ids }) => ids));
  const withdrawn = new Set<SourceArticle>(named.flatMap(({ articles }) => articles));
  const gone = new Set([
    ...named.flatMap(({ paths }) => paths),
    ...[...withdrawn].flatMap(({ id, redirects, guessedRedirects }) => [
      sharePath(id),
      ...redirects,
      ...guessedRedirects,
    ]),
  ]);
  const articles = report.articles.filter((article) => !withdrawn.has(article));
  const skipped = [...withdrawn].map(({ path }) => ({
    path,
    why: { reason: "withdrawn" } as const,
  }));
  return {
    gone: [...gone],
    report: {
      ...report,
      articles,
      skipped: [...report.skipped, ...skipped],
      diagnostics: [
        ...report.diagnostics,
        ...removed.diagnostics,
        ...log.diagnostics,
        ...[...withdrawn].map((article) => describeWithdrawn(article, enough.has(article.id))),
        ...articles.flatMap((article) => contradictions(article, gone)),
      ],
    },
  };
}

/** @param isEnough whether a line names it so that it answers 410 without its file too */
function describeWithdrawn({ path, titleLine, id }: SourceArticle, isEnough: boolean): Diagnostic {
  const what = `The article is skipped, because ${REMOVED_FILE} names it`;
  const deleting = isEnough
    ? "delete the file, which its line there does not need"
    : `delete the file, but first write "${sharePath(id)}" there, which says it without the file`;
  const advice = `${deleting}; or take its line out`;
  return warningAt(path, titleLine, "article-withdrawn", what, advice);
}

function contradictions(article: SourceArticle, gone: ReadonlySet<string>): readonly Diagnostic[] {
  const wrong = article.redirects.filter((redirect) => gone.has(redirect));
  if (wrong.length === 0) return [];
  const { path, titleLine } = article;
  const advice = `take it out of redirect_from, or its line out of ${REMOVED_FILE}`;
  return wrong.map((redirect) => {
    const what = `"${redirect}" leads to this article, though ${REMOVED_FILE} says that it was withdrawn`;
    return warningAt(path, titleLine, "redirect-withdrawn", what, advice);
  });
}

interface Known {
  readonly articles: readonly SourceArticle[];
  /** Names of hosts that are the site's. */
  readonly hosts: ReadonlySet<string>;
  readonly nearest: NearestKnown;
}

interface NamedByEntry {
  readonly articles: readonly SourceArticle[];
  readonly paths: readonly string[];
  /** The share ids that it says by itself, be the file there or not. */
  readonly ids: readonly ShareId[];
}

/** A second address in a line: after a blank, at a host, behind a page's `.html`, or at a second list. */
const SECOND_ADDRESS =
  /\s(?:\/|https?:)|.https?:|\.html?\/.|^\/(?:category|tag|author)\/.*\/(?:category|tag|author)\//i;
const NOTHING: NamedByEntry = { articles: [], paths: [], ids: [] };
/** Stands for the host of an address that is written without one. */
const NO_HOST = "offprint.invalid";
/** Where `npm start` serves, whence addresses are copied. */
const LOCAL_HOST = "localhost";
const ADVICE =
  "write a share id, an address of the article, old or new, or the path of its file, a line each";

/** Finds what an entry names: a share id, an address with or without host, or a file's path. */
function readEntry(
  { line, text }: RemovedEntry,
  { articles, hosts, nearest }: Known,
  log: DiagnosticLog,
): NamedByEntry {
  const refuse = (why: string, advice: string | null = ADVICE): NamedByEntry => {
    log.error(line, "removed-unreadable", `"${text}" ${why}`, advice ?? ADVICE);
    return NOTHING;
  };
  /** What was withdrawn long ago is not there any more, so only what is nearly the same as something else is a slip. */
  const warnOfSlip = (meant: string | null): void => {
    if (meant === null) return;
    const what = `"${text}" names no article that is there`;
    log.warn(line, "removed-unknown", what, `${meant} If not, leave it so`);
  };
  const byId = (id: ShareId): NamedByEntry => {
    const found = articles.filter((article) => article.id === id);
    if (found.length === 0) warnOfSlip(nearest.id(id));
    return { articles: found, paths: [sharePath(id)], ids: [id] };
  };
  const writtenId = parseShareId(text);
  if (writtenId !== null) return byId(writtenId);
  if (!/^(?:\/|https?:)/i.test(text)) {
    // Where the site's folder lies to that of the articles is not the same on every machine.
    const file = text.normalize("NFC").replace(/^(?:\.{1,2}\/)+/, "");
    const found = articles.filter(({ path }) => `/${path.normalize("NFC")}`.endsWith(`/${file}`));
    return found.length > 0
      ? { articles: found, paths: [], ids: [] }
      : refuse("names no article that is there", nearest.id(text) ?? nearest.file(file));
  }
  const url = URL.parse(text, `http://${NO_HOST}`);
  const path = percentDecoded(url?.pathname ?? "%")?.normalize("NFC") ?? null;
  if (url === null || path === null) return refuse("is no address");
  if (isSeveral(text, path)) return refuse("is several addresses in one line");
  const infoCode = url.searchParams.get("infoCode");
  const code = parseLegacyCode(infoCode ?? "");
  if (code !== null) return byId(shareIdOf(identityOfCode(code)));
  // The newspaper's own links, read above, are at its host.
  if (![NO_HOST, LOCAL_HOST, ...hosts].includes(url.hostname)) {
    const advice = "write the path alone, from the slash on, if it is this site's";
    return refuse(`is at "${url.host}", which is another site`, advice);
  }
  const [, writtenPageId = ""] = /^\/s\/([^/]+)\/?$/.exec(path) ?? [];
  const id = parseShareId(writtenPageId);
  if (id !== null) return byId(id);
  if (infoCode !== null || /^\/s(?:\/|$)/.test(path)) {
    return refuse("can be the address of no article", nearest.id(writtenPageId));
  }
  const [, word, name = ""] = /^\/([^/]+)\/([^/]+)/.exec(path) ?? [];
  const kind = NAMED_KINDS.find((each) => each === word);
  if (kind !== undefined) {
    warnOfMembers({ kind, name }, line, articles, log);
    return { ...NOTHING, paths: [decodedScopePath({ kind, name })] };
  }
  if (isAnswered(path)) return refuse("is an address of the site's own, not of an article");
  const ids = listIdentities(path).map((identity) => shareIdOf(identity));
  const found = articles.filter(
    ({ id: known, redirects, guessedRedirects }) =>
      ids.includes(known) ||
      [...redirects, ...guessedRedirects].some((old) => plainPath(old) === plainPath(path)),
  );
  if (found.length === 0) warnOfSlip(nearest.address(path));
  // Even without its file, an address that can be computed says which share page is meant.
  return { articles: found, paths: [path, ...(found.length === 0 ? ids.map(sharePath) : [])], ids };
}

/** Whether lines ran together, which happens when a line is appended to a file without a final line break. */
function isSeveral(text: string, path: string): boolean {
  if (SECOND_ADDRESS.test(text) || SECOND_ADDRESS.test(path)) return true;
  const pages = [...path.matchAll(/\/s\/([^/]+)/g)];
  return pages.some(({ index, 1: id = "" }) => index > 0 && parseShareId(id) !== null);
}

/** Warns that a named category, tag or author still has articles, since it answers 410 only once it has none. */
function warnOfMembers(
  { kind, name }: NamedScope,
  line: number,
  articles: readonly SourceArticle[],
  log: DiagnosticLog,
): void {
  const members = articles.filter(({ categories, tags, authors }) =>
    ({ category: categories, tag: tags, author: authors })[kind].includes(name),
  );
  if (members.length === 0) return;
  const what = `The ${kind} "${name}" still has ${counted(members.length, "article")}, such as "${members[0]?.path ?? ""}"`;
  log.warn(line, "removed-scope-in-use", what, "name the articles, or take the line out");
}
