import { posix } from "node:path";
import { listIdentities } from "../../src/domain/jekyll-permalink.ts";
import { encodedPath, sharePath } from "../../src/domain/links.ts";
import { plainPath } from "../../src/domain/plain-path.ts";
import type { ShareId } from "../../src/domain/share-id.ts";
import { shareIdOf } from "../../src/domain/share-id.ts";
import type { SourceArticle } from "./article/read-article.ts";
import type { ParsedPage } from "./article/read-page.ts";
import type { FileOutcome } from "./cache/file-outcome.ts";
import type { ArticleReference } from "./files/article-link.ts";
import { oldestFirst } from "./oldest-first.ts";

/** What a link leads to. */
export type LinkTarget =
  /** An article or a page of the site's own, at a percent-encoded path. */
  | { readonly kind: "found"; readonly path: string }
  /** The file is there, but it is no article that readers see: a draft, scheduled, or with an error. */
  | { readonly kind: "unpublished"; readonly path: string }
  | { readonly kind: "missing" };

/** A page of the site's own, by what links may name it by. */
export type LinkedPage = Pick<ParsedPage, "address" | "aliases" | "path" | "pathInSite">;

/** All files of a site, by all that links may name them by. */
export interface LinkedArticles {
  readonly find: (reference: ArticleReference) => LinkTarget;
  /** The names that `{% post_url %}` may have: file names without extension. */
  readonly postNames: () => readonly string[];
  /** The paths of all files. */
  readonly paths: () => readonly string[];
  /** The plain paths that articles had, and their pages. */
  readonly addresses: () => readonly string[];
}

/** Where a reference leads, percent-encoded; null if to nothing that readers see. */
export function pathOf(linked: LinkedArticles, reference: ArticleReference): string | null {
  const target = linked.find(reference);
  return target.kind === "found" ? target.path : null;
}

/**
 * @param outcomes of all articles' files, read for the first time or again, in the order in which the files were found
 * @param pages the site's own, which come first where an article had their address
 */
export function linkedArticles(
  outcomes: readonly FileOutcome[],
  pages: readonly LinkedPage[],
): LinkedArticles {
  const pageFiles = new Map(
    pages.flatMap(({ path, pathInSite, address }) =>
      [posix.normalize(path), pathInSite].map((file) => [file, encodedPath(address)] as const),
    ),
  );
  const pagePaths = new Map(
    pages.flatMap(({ address, aliases }) =>
      [...aliases, address].map((path) => [plainPath(path), encodedPath(address)] as const),
    ),
  );
  const byPath = new Map(outcomes.map((outcome) => [posix.normalize(outcome.path), outcome]));
  /** By the path from the site's root, wherever that is: the source folder itself, or the folder above it. */
  const bySitePath = Map.groupBy(
    outcomes.flatMap((outcome) => sitePathsOf(outcome).map((path) => ({ path, outcome }))),
    ({ path }) => path,
  );
  const byName = Map.groupBy(outcomes, ({ path }) => nameOf(path));
  const articles = oldestFirst(
    outcomes.flatMap(({ result }) => (result.kind === "article" ? result.article : [])),
  );
  const addresses = knownAddresses(articles);
  // The oldest comes last, so that it is the one.
  const byId = new Map(articles.toReversed().map((article) => [article.id, article]));

  const ofFile = (outcome: FileOutcome | undefined): LinkTarget => {
    if (outcome === undefined) return { kind: "missing" };
    const { path, result } = outcome;
    if (result.kind === "article") return pageOf(result.article.id);
    return { kind: "unpublished", path };
  };
  const find = ({ kind, target }: ArticleReference): LinkTarget => {
    switch (kind) {
      case "post": {
        const named = byName.get(posix.basename(target)) ?? [];
        const isMeant = ({ path }: FileOutcome): boolean =>
          `/${withoutExtension(path)}`.endsWith(`/${target}`);
        // A post that was moved to another folder is still the only one of its name.
        return ofFile(named.find(isMeant) ?? (named.length === 1 ? named[0] : undefined));
      }
      case "file": {
        // A dated name says which file is meant, in whatever folder it was written for.
        const page = pageFiles.get(target);
        if (page !== undefined) return { kind: "found", path: page };
        const named = byName.get(nameOf(target)) ?? [];
        const isDated = /^\d{4}-\d{1,2}-\d{1,2}-/.test(posix.basename(target));
        const inSite = bySitePath.get(target) ?? [];
        const only = inSite.length === 1 ? inSite[0]?.outcome : undefined;
        return ofFile(byPath.get(target) ?? (isDated ? named[0] : only));
      }
      case "address": {
        const page = pagePaths.get(target);
        if (page !== undefined) return { kind: "found", path: page };
        const stored = addresses.get(target);
        if (stored !== undefined) return pageOf(stored);
        const identity = listIdentities(target).find(
          (candidate) => byId.get(shareIdOf(candidate))?.identity.name === candidate.name,
        );
        return identity === undefined ? { kind: "missing" } : pageOf(shareIdOf(identity));
      }
    }
  };
  return {
    find,
    postNames: () => [...byName.keys()],
    paths: () => [...byPath.keys(), ...pageFiles.keys()],
    addresses: () => [
      ...pagePaths.keys(),
      ...addresses.keys(),
      ...articles.map(({ identity: { name } }) => name.replace(DATE, "/$1/$2/$3/")),
    ],
  };
}

function pageOf(id: ShareId): LinkTarget {
  return { kind: "found", path: sharePath(id) };
}

const DATE = /^(\d{4})-(\d{2})-(\d{2})-/;

/** Where stored paths lead, what is certain before what is guessed, and the oldest before others. */
function knownAddresses(
  articles: readonly Pick<SourceArticle, "id" | "redirects" | "guessedRedirects">[],
): ReadonlyMap<string, ShareId> {
  const addresses = new Map<string, ShareId>();
  const add = (path: string, id: ShareId): void => {
    const plain = plainPath(path);
    if (!addresses.has(plain)) addresses.set(plain, id);
  };
  for (const { id } of articles) add(sharePath(id), id);
  for (const { id, redirects } of articles) for (const path of redirects) add(path, id);
  for (const { id, guessedRedirects } of articles) {
    for (const path of guessedRedirects) add(path, id);
  }
  return addresses;
}

function sitePathsOf({ path, pathInSource }: FileOutcome): readonly string[] {
  const source = posix.basename(path.slice(0, -pathInSource.length));
  return [pathInSource, `${source}/${pathInSource}`];
}

function withoutExtension(path: string): string {
  return path.replace(/\.[^./]+$/, "");
}

function nameOf(path: string): string {
  return posix.basename(withoutExtension(path));
}
