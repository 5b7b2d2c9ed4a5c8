import { hash } from "node:crypto";
import { listIdentities } from "../../src/domain/jekyll-permalink.ts";
import type { ShareId } from "../../src/domain/share-id.ts";
import { shareIdOf } from "../../src/domain/share-id.ts";
import type { PackEntry } from "../../src/store/pack.ts";
import { lazyPackEntry } from "../../src/store/pack.ts";
import type { Redirect } from "../../src/store/redirect-entry.ts";
import { encodeRedirect, redirectKey, strongRedirectKey } from "../../src/store/redirect-entry.ts";

export interface RedirectArticle {
  readonly id: ShareId;
}

const EMPTY = new Uint8Array();

/**
 * The entries of the `redirects` map. Paths without a date lie in any order, so that a publish would change every pack: those
 * of the newest month's articles lie apart, and join the others when the next month begins. It depends on the articles alone.
 *
 * @param redirects by percent-decoded path
 * @param monthOf an article, such as `2022-01`
 */
export function planRedirects<Article extends RedirectArticle>(
  redirects: ReadonlyMap<string, Redirect>,
  articles: readonly Article[],
  monthOf: (article: Article) => string,
): readonly PackEntry[] {
  if (redirects.size === 0) return [];
  const newest = articles.reduce((latest, article) => {
    const month = monthOf(article);
    return month > latest ? month : latest;
  }, "");
  const recent = new Set(
    articles.filter((article) => monthOf(article) === newest).map(({ id }) => id),
  );
  const ids = new Set(articles.map(({ id }) => id));
  return Array.from(redirects, ([path, redirect]) => {
    const id = redirect.kind === "article" ? redirect.id : null;
    const key =
      id !== null && isComputedForAnother(path, id, ids)
        ? strongRedirectKey(path)
        : redirectKey(path, id !== null && recent.has(id));
    return lazyPackEntry(key, encodeRedirect(redirect), EMPTY);
  });
}

/** Whether the Worker would find another article than `id`, whose id can be computed from a path. */
function isComputedForAnother(path: string, id: ShareId, ids: ReadonlySet<ShareId>): boolean {
  return listIdentities(path).some((identity) => {
    const other = shareIdOf(identity, (name) => hash("sha256", name, "buffer"));
    return other !== id && ids.has(other);
  });
}
