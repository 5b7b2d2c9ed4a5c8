import type { ArticleHeader } from "../../src/domain/article.ts";
import { sharePath } from "../../src/domain/links.ts";
import type { ReleaseChanges } from "../publish/compare-releases.ts";

/** Articles that answer 410 before a change of release, and can be read after it: somebody withdrew them for a reason. */
export function returningArticles({
  added,
  noLongerWithdrawn,
}: Pick<ReleaseChanges, "added" | "noLongerWithdrawn">): readonly ArticleHeader[] {
  const withdrawn = new Set(noLongerWithdrawn);
  return added.filter(({ id }) => withdrawn.has(sharePath(id)));
}
