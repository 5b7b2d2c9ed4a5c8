import { appendFile } from "node:fs/promises";
import type { ArticleHeader } from "../../../src/domain/article.ts";
import { sharePath } from "../../../src/domain/links.ts";
import { formatRfc3339 } from "../../../src/domain/moment.ts";
import type { Redirect } from "../../../src/store/redirect-entry.ts";

/** Links that a release would break. */
export interface BrokenLinks {
  /** Articles that vanish and of which nobody has said that they may. */
  readonly articles: readonly ArticleHeader[];
  /** Whether the settings let so few go without asking. */
  readonly isAllowed: boolean;
}

/**
 * Which links break: the articles that are live, are not in the new release, and neither lead elsewhere nor are named in
 * `removed.txt`.
 *
 * @param removed articles that the new release lacks
 * @param redirects of the new release; what `removed.txt` names is among them
 * @param liveCount articles that are live
 */
export function findBrokenLinks(
  removed: readonly ArticleHeader[],
  redirects: ReadonlyMap<string, Redirect>,
  liveCount: number,
  allowedPercent: number,
): BrokenLinks {
  const articles = removed.filter(({ id }) => !redirects.has(sharePath(id)));
  return { articles, isAllowed: articles.length * 100 <= allowedPercent * liveCount };
}

/** `/s/f5v4k2q9xa  2022-01-10  送服务送政策`, as messages and `removed.txt` name an article. */
export function describeArticle({ id, published, title }: ArticleHeader): string {
  return `${sharePath(id)}  ${formatRfc3339(published).slice(0, 10)}  ${title.replaceAll(/\s+/g, " ")}`;
}

/** Says in `removed.txt` that articles were taken away on purpose. */
export async function confirmRemovals(
  file: string,
  articles: readonly ArticleHeader[],
): Promise<void> {
  const lines = articles.map((article) => {
    const [path = "", ...rest] = describeArticle(article).split("  ");
    return `${path}  # ${rest.join(" ").replaceAll("#", "＃")}\n`;
  });
  await appendFile(file, lines.join(""));
}
