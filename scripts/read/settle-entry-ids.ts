import { entryIdOf } from "../../src/render/feed-entry.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { warningAt } from "../diagnostics/diagnostic.ts";
import type { BundledArticle } from "./article/store-article.ts";
import { bringArticle, factsOf, storeArticle } from "./article/store-article.ts";

/** Articles of which no two have one id in feeds. */
export interface SettledEntryIds {
  readonly articles: readonly BundledArticle[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Gives an id that two articles had in the feeds of the site before to the older of them, since readers that know it mean that
 * one most likely. The other has our own, which no other article may take.
 *
 * @param articles the oldest first
 */
export async function settleEntryIds(
  articles: readonly BundledArticle[],
  idAuthority: string,
): Promise<SettledEntryIds> {
  if (articles.every(({ entryId }) => entryId === null)) return { articles, diagnostics: [] };
  const ownId = ({ id }: BundledArticle): string => entryIdOf({ id, entryId: null }, idAuthority);
  const owners = new Map(articles.map((article) => [ownId(article), article]));
  const diagnostics: Diagnostic[] = [];
  const settled = articles.map(async (article) => {
    const { entryId } = article;
    if (entryId === null) return article;
    const owner = owners.get(entryId) ?? article;
    owners.set(entryId, owner);
    if (owner === article) return article;
    diagnostics.push(describeTaken(article, entryId, owner, ownId(article)));
    return storeArticle({
      ...factsOf(article),
      ...(await bringArticle(article)),
      entryId: null,
    });
  });
  return { articles: await Promise.all(settled), diagnostics };
}

function describeTaken(
  { path }: BundledArticle,
  entryId: string,
  owner: BundledArticle,
  ownId: string,
): Diagnostic {
  const what = `In feeds "${entryId}" is the id of ${owner.path} already; this article has "${ownId}"`;
  const advice = "write in the front matter of one of them, as feed_id:, the id that it had itself";
  return { ...warningAt(path, 1, "feed-id-taken", what, advice), mentions: [entryId] };
}
