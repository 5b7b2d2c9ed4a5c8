import type { ArticleHeader, ArticleRef } from "../../src/domain/article.ts";

/**
 * An article as lists name it.
 *
 * @param withLead whether they show its summary
 */
export function articleRef(
  { id, entryId, title, published, updated, source, summary }: ArticleHeader,
  withLead: boolean,
): ArticleRef {
  return { id, entryId, title, published, updated, source, lead: withLead ? summary : null };
}
