import { decodedScopePath } from "../../src/domain/links.ts";
import type { ShareId } from "../../src/domain/share-id.ts";
import type { SitePageHeader } from "../../src/domain/site-page.ts";
import type { Site } from "../../src/domain/site.ts";
import { plainPath } from "../../src/domain/plain-path.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { errorAt, warningAt } from "../diagnostics/diagnostic.ts";
import type { SourceArticle } from "./article/read-article.ts";
import { oldestFirst } from "./oldest-first.ts";
import { SiteNames } from "./site-names.ts";
import { withChanges } from "./with-changes.ts";

/** Articles in which no share id and no old path occurs twice. */
export interface ResolvedArticles<Article extends SourceArticle> {
  /** The articles that remain, the oldest first. */
  readonly articles: readonly Article[];
  /** Articles whose share id belongs to an older one, or whose names are too many for the site; each has an error. */
  readonly skipped: readonly Article[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What there is in a site besides its articles. */
interface SiteBeside {
  /** The source folders, as in the settings. */
  readonly sources: readonly string[];
  /** The prefixes of ids by folder, as in the settings. */
  readonly idPrefixes: ReadonlyMap<string, string>;
  readonly pages: readonly Pick<SitePageHeader, "address">[];
  readonly site: Pick<Site, "authors">;
}

const NOTHING_BESIDE: SiteBeside = { sources: [], idPrefixes: new Map(), pages: [], site: {} };

/**
 * Makes each share id belong to one article and each old path lead to one, and bounds how many names the site has. The older
 * article wins, since its links are already in use.
 */
export function resolveConflicts<Article extends SourceArticle>(
  written: readonly Article[],
  beside: SiteBeside = NOTHING_BESIDE,
): ResolvedArticles<Article> {
  const diagnostics: Diagnostic[] = [];
  const owners = new Map<ShareId, Article>();
  const skipped: Article[] = [];
  const names = new SiteNames(beside.site);
  for (const article of oldestFirst(written)) {
    const { id } = article;
    const owner = owners.get(id);
    const fault =
      owner === undefined ? names.take(article) : describeConflict(article, owner, beside);
    if (fault === null) {
      owners.set(id, article);
    } else {
      skipped.push(article);
      diagnostics.push(fault);
    }
  }
  const isSharePage = (path: string): boolean =>
    path.startsWith(SHARE_PAGES) && owners.has(path.slice(SHARE_PAGES.length) as ShareId);
  const redirectOwners = new Map<string, Article>();
  const lists = listsOf(names);
  let servedFiles: ReadonlySet<string> | null = null;
  const files = (): ReadonlySet<string> => (servedFiles ??= filesOf(owners.values()));
  const pages = new Set(beside.pages.map(({ address }) => plainPath(address)));
  /** What answers at an old path in an article's place; null if nothing does. */
  const shadowOf = (path: string): string | null => {
    if (lists.has(listAt(path))) return "the list of a category or tag answers";
    if (pages.has(path)) return "a page of the site is";
    return files().has(path) ? "a file of an article is served" : null;
  };
  const certain = [...owners.values()].map((article) => {
    if (article.redirects.length === 0) return article;
    const redirects = article.redirects.filter((path) => {
      // A former share page that is now another article's page belongs to that article.
      const plain = plainPath(path);
      if (isSharePage(plain)) return false;
      const shadow = shadowOf(plain);
      if (shadow !== null) {
        diagnostics.push(describeShadowed(article, path, shadow));
        return false;
      }
      const owner = redirectOwners.get(plain);
      if (owner === undefined) redirectOwners.set(plain, article);
      else diagnostics.push(describeSharedPath(article, owner, path));
      return owner === undefined;
    });
    return redirects.length === article.redirects.length
      ? article
      : withChanges<Article, "redirects">(article, { redirects });
  });
  // What an article may have had is its own only where nothing and nobody else is, and nothing is lost by it.
  const articles = certain.map((article) => {
    if (article.guessedRedirects.length === 0) return article;
    const guessedRedirects = article.guessedRedirects.filter((path) => {
      const plain = plainPath(path);
      if (shadowOf(plain) !== null || redirectOwners.has(plain)) return false;
      redirectOwners.set(plain, article);
      return true;
    });
    return withChanges<Article, "guessedRedirects">(article, { guessedRedirects });
  });
  return { articles, skipped, diagnostics: [...diagnostics, ...findCaseTwins(names)] };
}

/** The paths of all categories and tags, as `listAt` spells them. */
function listsOf(names: SiteNames): ReadonlySet<string> {
  const namesOf = (kind: "categories" | "tags"): readonly string[] => [
    ...new Set([...names.uses(kind).keys()].flat()),
  ];
  return new Set([
    ...namesOf("categories").map((name) => listAt(decodedScopePath({ kind: "category", name }))),
    ...namesOf("tags").map((name) => decodedScopePath({ kind: "tag", name })),
  ]);
}

/** The paths of all files of articles, which Cloudflare serves before it asks the Worker. */
function filesOf(articles: Iterable<Pick<SourceArticle, "localFiles">>): ReadonlySet<string> {
  const paths = new Set<string>();
  for (const { localFiles } of articles) {
    for (const { publicPath, picture } of localFiles) {
      paths.add(decodeURIComponent(publicPath));
      if (picture !== null) paths.add(decodeURIComponent(picture.formerPath));
    }
  }
  return paths;
}

/** The list that answers at a path, if there is one: a category also answers with `.html` behind it and in other capitals. */
function listAt(path: string): string {
  return path.startsWith("/category/") ? path.toLowerCase().replace(/\.html$/, "") : path;
}

/** Warns once of each two names of categories or tags that differ only in case; they stay separate, which authors seldom intend. */
function findCaseTwins(names: SiteNames): readonly Diagnostic[] {
  const twins = new Map<string, Diagnostic>();
  for (const key of ["categories", "tags"] as const) {
    for (const group of groupSpellings(names.uses(key)).values()) {
      const [usual, ...rare] = group.toSorted((a, b) => b.count - a.count);
      for (const { name, path } of rare) {
        const what = `"${name}" in "${key}" is "${usual?.name}" elsewhere; the two stay apart`;
        const advice = `write "${usual?.name}" if the same is meant`;
        const pair = [name, usual?.name ?? ""].toSorted().join("\n");
        const twin = warningAt(path, 1, "names-differ-in-case", what, advice);
        const mentions = [key === "tags" ? "tag" : "categor", name];
        if (!twins.has(pair)) twins.set(pair, { ...twin, mentions });
      }
    }
  }
  return [...twins.values()];
}

interface Spelling {
  readonly name: string;
  /** The path of the first article that uses this spelling. */
  readonly path: string;
  count: number;
}

function groupSpellings(
  lists: ReturnType<SiteNames["uses"]>,
): ReadonlyMap<string, readonly Spelling[]> {
  const spellings = new Map<string, Spelling>();
  for (const [names, { path, count }] of lists) {
    for (const name of names) {
      const spelling = spellings.get(name);
      if (spelling === undefined) spellings.set(name, { name, path, count });
      else spelling.count += count;
    }
  }
  return Map.groupBy(spellings.values(), ({ name }) => name.toLowerCase());
}

/** With what an `id` begins that is the address of a share page. */
const SHARE_PAGES = "/s/";

function describeConflict(
  { path, identity: { name } }: SourceArticle,
  owner: SourceArticle,
  beside: SiteBeside,
): Diagnostic {
  const cannot = `The article cannot be told from ${owner.path}`;
  const page = [name, owner.identity.name].find((each) => each.startsWith(SHARE_PAGES));
  if (page !== undefined) {
    const advice = `take the line id: ${page} out of one of them, or delete one`;
    return errorAt(
      path,
      1,
      "identity-taken",
      `${cannot}: both have the share page ${page}`,
      advice,
    );
  }
  const isSameName = name === owner.identity.name;
  // Two such paths look the same in every message: "é" as one character, and as "e" with an accent.
  const isTwin = path.normalize() === owner.path.normalize();
  const both = isTwin ? ", written in different Unicode normal forms" : "";
  const reason = isSameName ? `both are "${name}"${both}` : "their share ids happen to be the same";
  const prefix = isSameName ? adviseIdPrefix(path, owner.path, beside) : null;
  const advice = `delete one, or write in ${prefix ?? `this one's front matter: id: "${name}-2"`}`;
  return errorAt(path, 1, "identity-taken", `${cannot}: ${reason}`, advice);
}

/**
 * The setting that tells the articles of two source folders apart; null where they are in one folder, or where the setting
 * is there already.
 */
function adviseIdPrefix(
  path: string,
  ownerPath: string,
  { sources, idPrefixes }: SiteBeside,
): string | null {
  const folder = sourceOf(path, sources);
  if (folder === null || folder === sourceOf(ownerPath, sources)) return null;
  if (idPrefixes.has(folder)) return null;
  const words = folder.split("/").filter((segment) => !/^(?:\.*|_posts)$/.test(segment));
  return `the settings, which changes no other id: id_prefix = { "${folder}" = "${words.at(-1) ?? "posts"}" }`;
}

/** The source folder that a file is in, as diagnostics name both. */
function sourceOf(path: string, sources: readonly string[]): string | null {
  const folders = sources.map((source) => source.replace(/\/+$/, ""));
  const within = folders.filter((folder) => path.startsWith(`${folder}/`));
  return within.toSorted((a, b) => b.length - a.length)[0] ?? null;
}

function describeSharedPath(
  article: SourceArticle,
  owner: SourceArticle,
  path: string,
): Diagnostic {
  const what = `The old path "${path}" leads to ${owner.path} already`;
  const advice = "take it out of permalink or redirect_from of one of them";
  return { ...warningAt(article.path, 1, "redirect-taken", what, advice), mentions: [path] };
}

function describeShadowed({ path }: SourceArticle, address: string, shadow: string): Diagnostic {
  const what = `The old path "${address}" cannot lead to this article: ${shadow} there`;
  const advice = "take it out of permalink or redirect_from";
  return { ...warningAt(path, 1, "redirect-shadowed", what, advice), mentions: [address] };
}
