import { compareNewestFirst } from "../../src/domain/article.ts";
import { sharePath } from "../../src/domain/links.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { SourceArticle } from "./article/read-article.ts";

/** Articles that do not contradict each other. */
export interface SettledArticles<Settled extends SourceArticle> {
  /** Oldest first. */
  readonly articles: readonly Settled[];
  /** Those that had to give way to an older one, with an error each. */
  readonly displaced: readonly Settled[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Looks at all articles together: each share id belongs to one article, and each old path leads to one. The older one
 * wins, since its links are in the world already.
 */
export function resolveConflicts<Settled extends SourceArticle>(
  articles: readonly Settled[],
): SettledArticles<Settled> {
  const diagnostics: Diagnostic[] = [];
  const owners = new Map<string, Settled>();
  const displaced: Settled[] = [];
  for (const article of articles.toSorted(compareOldestFirst)) {
    const page = sharePath(article.id);
    const owner = owners.get(page);
    if (owner === undefined) {
      owners.set(page, article);
    } else {
      displaced.push(article);
      diagnostics.push(describeClash(article, owner));
    }
  }
  const settled: Settled[] = [];
  const redirectOwners = new Map<string, Settled>();
  for (const article of owners.values()) {
    const redirects: string[] = [];
    // A former share page that is another article's today is that article's.
    for (const redirect of article.redirects.filter((path) => !owners.has(path))) {
      const owner = redirectOwners.get(redirect);
      if (owner === undefined) {
        redirectOwners.set(redirect, article);
        redirects.push(redirect);
      } else {
        diagnostics.push(describeSharedPath(article, owner, redirect));
      }
    }
    const isWhole = redirects.length === article.redirects.length;
    settled.push(isWhole ? article : { ...article, redirects });
  }
  return { articles: settled, displaced, diagnostics: [...diagnostics, ...findCaseTwins(settled)] };
}

/** Warns of categories and tags that differ only in case: they stay apart, which is seldom meant. */
function findCaseTwins(
  articles: readonly Pick<SourceArticle, "path" | "categories" | "tags">[],
): readonly Diagnostic[] {
  return (["categories", "tags"] as const).flatMap((key) =>
    [...groupSpellings(articles, key).values()].flatMap((group) => {
      const [usual, ...rare] = group.toSorted((a, b) => b.count - a.count);
      return usual === undefined ? [] : rare.map((name) => describeTwin(key, name, usual.name));
    }),
  );
}

interface Spelling {
  readonly name: string;
  /** The first article that has it. */
  readonly path: string;
  count: number;
}

function groupSpellings(
  articles: readonly Pick<SourceArticle, "path" | "categories" | "tags">[],
  key: "categories" | "tags",
): ReadonlyMap<string, readonly Spelling[]> {
  const spellings = new Map<string, Spelling>();
  for (const article of articles) {
    for (const name of article[key]) {
      const spelling = spellings.get(name);
      if (spelling === undefined) spellings.set(name, { name, path: article.path, count: 1 });
      else spelling.count += 1;
    }
  }
  return Map.groupBy(spellings.values(), ({ name }) => name.toLowerCase());
}

function describeTwin(key: string, { name, path }: Spelling, usual: string): Diagnostic {
  return {
    level: "warning",
    path,
    line: 1,
    code: "names-differ-in-case",
    what: `"${name}" in "${key}" is "${usual}" elsewhere; the two stay apart`,
    advice: `write "${usual}" if the same is meant`,
  };
}

function describeClash(article: SourceArticle, owner: SourceArticle): Diagnostic {
  const isSame = article.identity.name === owner.identity.name;
  const reason = isSame
    ? `both are "${article.identity.name}"`
    : "their share ids happen to be the same";
  return {
    level: "error",
    path: article.path,
    line: 1,
    code: "identity-taken",
    what: `The article cannot be told from ${owner.path}: ${reason}`,
    advice: `delete one, or write in this one's front matter: id: "${article.identity.name}-2"`,
  };
}

function describeSharedPath(
  article: SourceArticle,
  owner: SourceArticle,
  path: string,
): Diagnostic {
  return {
    level: "warning",
    path: article.path,
    line: 1,
    code: "redirect-taken",
    what: `The old path "${path}" leads to ${owner.path} already`,
    advice: "take it out of permalink or redirect_from of one of them",
  };
}

/** By date; articles of one second by path. */
function compareOldestFirst(a: SourceArticle, b: SourceArticle): number {
  return compareNewestFirst(b, a) || (a.path < b.path ? -1 : 1);
}
