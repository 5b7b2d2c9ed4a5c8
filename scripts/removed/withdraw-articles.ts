import { percentDecoded } from "../../src/domain/percent-decoded.ts";
import { identityOfCode } from "../../src/domain/identity.ts";
import { identitiesOfPermalink } from "../../src/domain/jekyll-permalink.ts";
import { parseLegacyCode } from "../../src/domain/legacy-code.ts";
import { decodedScopePath, sharePath } from "../../src/domain/links.ts";
import type { ShareId } from "../../src/domain/share-id.ts";
import { parseShareId, shareIdOf } from "../../src/domain/share-id.ts";
import type { Diagnostic, DiagnosticLog } from "../diagnostics/diagnostic.ts";
import { createDiagnosticLog } from "../diagnostics/diagnostic.ts";
import type { SourceArticle } from "../read/article/read-article.ts";
import type { ArticleReport } from "../read/read-articles.ts";
import type { Removed, RemovedEntry } from "./read-removed.ts";
import { REMOVED_FILE } from "./read-removed.ts";

/** What is left of a report, and which paths answer 410, percent-decoded. */
export interface Withdrawal<Article extends SourceArticle> {
  readonly report: ArticleReport<Article>;
  readonly gone: readonly string[];
}

/** Leaves out what `removed.txt` names, also where the file is still there, and adds what is wrong with the list. */
export function withdrawArticles<Article extends SourceArticle>(
  report: ArticleReport<Article>,
  removed: Removed,
): Withdrawal<Article> {
  const log = createDiagnosticLog(REMOVED_FILE);
  const named = removed.entries.map((entry) => readEntry(entry, report.articles, log));
  const withdrawn = new Set<SourceArticle>(named.flatMap(({ articles }) => articles));
  const gone = new Set([
    ...named.flatMap(({ paths }) => paths),
    ...[...withdrawn].flatMap(({ id, redirects }) => [sharePath(id), ...redirects]),
  ]);
  const diagnostics = [...withdrawn].map(({ path, titleLine, id }): Diagnostic => ({
    level: "warning",
    path,
    line: titleLine,
    code: "article-withdrawn",
    what: `The article is left out, because ${REMOVED_FILE} names it`,
    advice: `delete the file, but first write "${sharePath(id)}" there, which says it without the file; or take its line out`,
  }));
  const articles = report.articles.filter((article) => !withdrawn.has(article));
  const contradictions = articles.flatMap(({ path, titleLine, redirects }) =>
    redirects
      .filter((redirect) => gone.has(redirect))
      .map((redirect): Diagnostic => ({
        level: "warning",
        path,
        line: titleLine,
        code: "redirect-withdrawn",
        what: `"${redirect}" leads to this article, though ${REMOVED_FILE} says that it was withdrawn`,
        advice: `take it out of redirect_from, or its line out of ${REMOVED_FILE}`,
      })),
  );
  return {
    gone: [...gone],
    report: {
      ...report,
      articles,
      skipped: [
        ...report.skipped,
        ...[...withdrawn].map(({ path }) => ({ path, why: { reason: "withdrawn" } as const })),
      ],
      diagnostics: [
        ...report.diagnostics,
        ...removed.diagnostics,
        ...log.diagnostics,
        ...diagnostics,
        ...contradictions,
      ],
    },
  };
}

interface NamedByEntry {
  readonly articles: readonly SourceArticle[];
  readonly paths: readonly string[];
}

const NOTHING: NamedByEntry = { articles: [], paths: [] };
/** Where a second address begins: after a blank, at a host, behind a page's `.html`, or at a second list. */
const SECOND_ADDRESS =
  /\s(?:\/|https?:)|.https?:|\.html?\/.|^\/(?:category|tag)\/.*\/(?:category|tag)\//i;
const ADVICE =
  "write a share id, an address of the article, old or new, or the path of its file, a line each";

/** A share id, an address with or without host, or the path of a file. */
function readEntry(
  { line, text }: RemovedEntry,
  articles: readonly SourceArticle[],
  log: DiagnosticLog,
): NamedByEntry {
  const id = parseShareId(text);
  if (id !== null) return byIds([id], [], articles);
  if (text.startsWith("/") || /^https?:/i.test(text)) return byAddress(line, text, articles, log);
  const path = text.normalize("NFC");
  const found = articles.filter(
    (article) =>
      article.path.normalize("NFC") === path || article.path.normalize("NFC").endsWith(`/${path}`),
  );
  if (found.length > 0) return { articles: found, paths: [] };
  log.error(line, "removed-unreadable", `"${text}" names no article that is there`, ADVICE);
  return NOTHING;
}

function byIds(
  ids: readonly ShareId[],
  paths: readonly string[],
  articles: readonly SourceArticle[],
): NamedByEntry {
  return {
    articles: articles.filter((article) => ids.includes(article.id)),
    paths: [...paths, ...ids.map(sharePath)],
  };
}

function byAddress(
  line: number,
  text: string,
  articles: readonly SourceArticle[],
  log: DiagnosticLog,
): NamedByEntry {
  const url = URL.parse(text, "http://localhost");
  const path = percentDecoded(url?.pathname ?? "%")?.normalize("NFC") ?? null;
  if (url === null || path === null) {
    log.error(line, "removed-unreadable", `"${text}" is no address`, ADVICE);
    return NOTHING;
  }
  if (isSeveral(text, path)) {
    log.error(line, "removed-unreadable", `"${text}" is several addresses in one line`, ADVICE);
    return NOTHING;
  }
  const infoCode = url.searchParams.get("infoCode");
  const code = parseLegacyCode(infoCode ?? "");
  if (code !== null) return byIds([shareIdOf(identityOfCode(code))], [], articles);
  const id = parseShareId(/^\/s\/([^/]+)\/?$/.exec(path)?.[1] ?? "");
  if (id !== null) return byIds([id], [], articles);
  if (infoCode !== null || /^\/s(?:\/|$)/.test(path)) {
    log.error(line, "removed-unreadable", `"${text}" can be the address of no article`, ADVICE);
    return NOTHING;
  }
  const scope = /^\/(category|tag)\/([^/]+)/.exec(path);
  if (scope !== null) {
    return byScope(line, scope[1] === "tag" ? "tag" : "category", scope[2] ?? "", articles, log);
  }
  const ids = identitiesOfPermalink(path).map(shareIdOf);
  const found = articles.filter(
    (article) => ids.includes(article.id) || article.redirects.includes(path),
  );
  // Without its file, an address that can be computed still says which share page is meant.
  return { articles: found, paths: [path, ...(found.length === 0 ? ids.map(sharePath) : [])] };
}

/** Whether lines ran together, as when somebody appends to a file that does not end with a line break. */
function isSeveral(text: string, path: string): boolean {
  if (SECOND_ADDRESS.test(text) || SECOND_ADDRESS.test(path)) return true;
  const pages = [...path.matchAll(/\/s\/([^/]+)/g)];
  return pages.some(({ index, 1: id = "" }) => index > 0 && parseShareId(id) !== null);
}

/** A category or tag ends with its last article; only then can its addresses say so. */
function byScope(
  line: number,
  kind: "category" | "tag",
  name: string,
  articles: readonly SourceArticle[],
  log: DiagnosticLog,
): NamedByEntry {
  const members = articles.filter(({ categories, tags }) =>
    (kind === "tag" ? tags : categories).includes(name),
  );
  if (members.length > 0) {
    const what = `The ${kind} "${name}" still has ${members.length} articles, such as "${members[0]?.path ?? ""}"`;
    log.warn(line, "removed-scope-in-use", what, "name the articles, or take the line out");
  }
  return { articles: [], paths: [decodedScopePath({ kind, name })] };
}
