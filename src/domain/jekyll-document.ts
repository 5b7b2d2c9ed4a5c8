import { CATEGORIES_PATH, feedPath, listPath } from "./links.ts";
import type { NamedScope } from "./scope.ts";
import { SITE_SCOPE } from "./scope.ts";

/** The name of a category or tag as the site spells it; null where it has none. */
export type NameOf = (scope: NamedScope) => string | null;

const HOME = listPath(SITE_SCOPE);
const SITE_ATOM = feedPath(SITE_SCOPE, "atom");

/** Documents that Jekyll sites and others have besides articles, by their plain path, and the nearest thing here. */
const DOCUMENTS: ReadonlyMap<string, string> = new Map([
  ["", HOME],
  ["/archive", HOME],
  ["/archives", HOME],
  ["/blog", HOME],
  ["/categories", CATEGORIES_PATH],
  ["/category", CATEGORIES_PATH],
  ["/posts", HOME],
  ["/tags", HOME],
  ["/feed/atom", SITE_ATOM],
  ["/feed/by_tag.xml", SITE_ATOM],
  ["/feed/posts.xml", SITE_ATOM],
  ["/feed/json", feedPath(SITE_SCOPE, "json")],
  ["/feed/rss", feedPath(SITE_SCOPE, "rss")],
  ["/feed/rss2", feedPath(SITE_SCOPE, "rss")],
]);

/** `/page2`, `/page/2`, and the same below a list, as jekyll-paginate and its second version make them. */
const FURTHER_PAGE = /^(.*)\/page[-_:]?\/?\d+$/;
/** Lists as jekyll-archives and themes have them. */
const LIST = /^\/(category|categories|tag|tags)\/([^/]+)$/;
/** Feeds as jekyll-feed has them, which are Atom. */
const FEED = /^\/feed\/(?:(by_tag)\/|posts\/)?([^/]+)\.xml$/;

/**
 * Where a document of a Jekyll site that is no article is now: lists, further pages of lists, feeds. Null for other paths.
 *
 * @param path plain, as `plainPath` gives it
 */
export function jekyllDocument(path: string, nameOf: NameOf): string | null {
  const list = FURTHER_PAGE.exec(path)?.[1] ?? path;
  const known = DOCUMENTS.get(list);
  if (known !== undefined) return known;
  const [, listed, listName = ""] = LIST.exec(list) ?? [];
  if (listed !== undefined) {
    const scope = existingScope(nameOf, listed.startsWith("tag") ? "tag" : "category", listName);
    return scope === null ? null : listPath(scope);
  }
  const [, byTag, feedName = ""] = FEED.exec(path) ?? [];
  const kind = byTag === undefined ? "category" : "tag";
  const fed = existingScope(nameOf, kind, feedName);
  if (fed !== null) return feedPath(fed, "atom");
  // Early versions of the old site had their categories at the root, as `/emnews/`.
  const rootName = /^\/([^/]+)$/.exec(list)?.[1] ?? "";
  const named = existingScope(nameOf, "category", rootName);
  return named === null ? null : listPath(named);
}

function existingScope(nameOf: NameOf, kind: NamedScope["kind"], name: string): NamedScope | null {
  if (name === "") return null;
  const known = nameOf({ kind, name });
  return known === null ? null : { kind, name: known };
}
