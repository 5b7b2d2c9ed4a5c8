import type { ShareId } from "../../src/domain/share-id.ts";
import { sharePath } from "../../src/domain/links.ts";
import type { BundledSources } from "../bundle/bundled-site.ts";
import type { BrokenLinks } from "./broken-links.ts";
import { describeArticle, idLine } from "./broken-links.ts";
import type { FollowedArticles } from "./follow-articles.ts";

const LINES_SHOWN = 20;

/** The path of an article's file, as messages name it. */
export function fileOf(id: ShareId, articles: BundledSources["articles"]): string {
  return articles.find((article) => article.id === id)?.path ?? sharePath(id);
}

/**
 * What a deploy says of articles that readers would take for others.
 *
 * @param broken what stops the deploy, which says of each article by itself what it is called now
 */
export function describeFollowed(
  { renamed, replaced }: FollowedArticles,
  broken: BrokenLinks,
  { articles, redirects }: Pick<BundledSources, "articles" | "redirects">,
): readonly string[] {
  const said = new Set(broken.isAllowed ? [] : broken.articles.map(({ id }) => id));
  const lines = [
    ...renamed
      .filter(({ before: { id } }) => !said.has(id))
      .filter(({ before: { id } }) => redirects.get(sharePath(id))?.kind !== "gone")
      .map(
        ({ before, now }) =>
          `${fileOf(now.id, articles)}: this is ${describeArticle(before)} under another name, and readers get it as new; add to its front matter: ${idLine(before)}`,
      ),
    ...replaced.map(({ before, now }) => {
      const article = articles.find(({ id }) => id === now.id);
      return `${fileOf(now.id, articles)}: this was ${describeArticle(before)}, and title, date and text are others now; if it is another article, write in its front matter: id: "${article?.identity.name ?? now.id}-2", else its readers see one in place of the other`;
    }),
  ];
  const more = lines.length - LINES_SHOWN;
  return more > 0 ? [...lines.slice(0, LINES_SHOWN), `and ${more} more such articles`] : lines;
}
