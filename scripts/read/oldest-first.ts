import type { ArticleRef } from "../../src/domain/article.ts";
import { compareNewestFirst } from "../../src/domain/article.ts";

/** Articles sorted by date, then by path: who comes first owns what two of them claim. Each is asked for its date once. */
export function oldestFirst<
  Article extends Pick<ArticleRef, "id" | "published"> & { readonly path: string },
>(articles: readonly Article[]): readonly Article[] {
  const dated = articles.map((article) => ({ seconds: article.published.epochSeconds, article }));
  return dated
    .toSorted(({ seconds, article: one }, { seconds: others, article: other }) => {
      const apart = seconds - others || compareNewestFirst(other, one);
      return apart || (one.path < other.path ? -1 : 1);
    })
    .map(({ article }) => article);
}
