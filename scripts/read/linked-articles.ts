import { posix } from "node:path";
import { listIdentities } from "../../src/domain/jekyll-permalink.ts";
import { sharePath } from "../../src/domain/links.ts";
import { plainPath } from "../../src/domain/plain-path.ts";
import type { ShareId } from "../../src/domain/share-id.ts";
import { shareIdOf } from "../../src/domain/share-id.ts";
import type { SourceArticle } from "./article/read-article.ts";
import type { FileOutcome } from "./cache/outcome-chunk.ts";
import type { ArticleReference } from "./files/article-link.ts";

/** What a link leads to. */
export type LinkTarget =
  | { readonly kind: "article"; readonly id: ShareId }
  /** The file is there, but it is no article that readers see: a draft, scheduled, or with an error. */
  | { readonly kind: "unpublished"; readonly path: string }
  | { readonly kind: "missing" };

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

/** @param outcomes of all files, read for the first time or again */
export function linkedArticles(outcomes: readonly FileOutcome[]): LinkedArticles {
  const byPath = new Map(outcomes.map((outcome) => [posix.normalize(outcome.path), outcome]));
  const byName = Map.groupBy(outcomes, ({ path }) => nameOf(path));
  const articles = outcomes.flatMap(({ result }) =>
    result.kind === "article" ? result.article : [],
  );
  const addresses = knownAddresses(articles);
  const computed = new Map(articles.map(({ id, identity }) => [identity.name, id]));

  const ofFile = (outcome: FileOutcome | undefined): LinkTarget => {
    if (outcome === undefined) return { kind: "missing" };
    const { path, result } = outcome;
    if (result.kind === "article") return { kind: "article", id: result.article.id };
    return { kind: "unpublished", path };
  };
  const find = ({ kind, target }: ArticleReference): LinkTarget => {
    switch (kind) {
      case "post": {
        const named = byName.get(posix.basename(target)) ?? [];
        return ofFile(
          named.find(({ path }) => `/${withoutExtension(path)}`.endsWith(`/${target}`)),
        );
      }
      case "file": {
        // A dated name says which file is meant, in whatever folder it was written for.
        const named = byName.get(nameOf(target)) ?? [];
        const isDated = /^\d{4}-\d{1,2}-\d{1,2}-/.test(posix.basename(target));
        return ofFile(byPath.get(target) ?? (isDated ? named[0] : undefined));
      }
      case "address": {
        const stored = addresses.get(target);
        if (stored !== undefined) return { kind: "article", id: stored };
        const identity = listIdentities(target).find(
          (candidate) => computed.get(candidate.name) === shareIdOf(candidate),
        );
        return identity === undefined
          ? { kind: "missing" }
          : { kind: "article", id: shareIdOf(identity) };
      }
    }
  };
  return {
    find,
    postNames: () => [...byName.keys()],
    paths: () => [...byPath.keys()],
    addresses: () => [
      ...addresses.keys(),
      ...articles.map(({ identity: { name } }) => name.replace(DATE, "/$1/$2/$3/")),
    ],
  };
}

const DATE = /^(\d{4})-(\d{2})-(\d{2})-/;

/** Where stored paths lead, what is certain before what is guessed. */
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

function withoutExtension(path: string): string {
  return path.replace(/\.[^./]+$/, "");
}

function nameOf(path: string): string {
  return posix.basename(withoutExtension(path));
}
