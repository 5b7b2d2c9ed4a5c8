import { jekyllDocument } from "../../src/domain/jekyll-document.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { errorAt, warningAt } from "../diagnostics/diagnostic.ts";
import { nearestName } from "../terminal/nearest-name.ts";
import type { ArticleLink } from "./files/article-link.ts";
import type { LinkedArticles } from "./linked-articles.ts";

/** Searching for what was meant compares with every article, so that only the first links get this advice. */
const MOST_SEARCHES = 20;
/** Lists and their feeds may be of a category or tag that is not there yet. */
const LIST = /^\/(?:category|categories|tag|tags|feed)\//;

/**
 * Describes links that lead to no article: errors where Jekyll would build no site, else warnings.
 *
 * @param hasPage whether the site has a page or file of its own at the path of a link
 */
export function createDeadLinkReport(
  articles: LinkedArticles,
  hasPage: (link: ArticleLink) => boolean,
): (path: string, link: ArticleLink) => readonly Diagnostic[] {
  let searches = 0;
  const meant = (link: ArticleLink): string | null => {
    searches += 1;
    if (searches > MOST_SEARCHES) return null;
    return nearestName(link.target, candidatesOf(articles, link));
  };
  return (path, link) => {
    const target = articles.find(link);
    if (target.kind === "article" || hasPage(link)) return [];
    if (target.kind === "unpublished") {
      const what = `The link "${link.written}" leads to ${target.path}, which is not published`;
      const advice = "take the link out, or publish the article";
      return [warningAt(path, link.line, "link-unpublished", what, advice)];
    }
    if (link.kind === "address" && isOther(link.target)) return [];
    const near = meant(link);
    const advice = near === null ? "correct it, or take it out" : `did you mean "${near}"?`;
    const what = `The link "${link.written}" leads nowhere: the site has no such ${NAMES[link.kind]}`;
    const place = [path, link.line, "link-nowhere"] as const;
    return [
      link.isStrict
        ? errorAt(
            ...place,
            what,
            `${advice}${advice.endsWith("?") ? "" : ";"} the file was skipped`,
          )
        : warningAt(...place, what, advice),
    ];
  };
}

const NAMES = { post: "post", file: "article", address: "address" } as const;

/** Whether something else than an article may be at an address. */
function isOther(target: string): boolean {
  return LIST.test(target) || jekyllDocument(target, () => null) !== null;
}

function candidatesOf(articles: LinkedArticles, { kind }: ArticleLink): readonly string[] {
  switch (kind) {
    case "post":
      return articles.postNames();
    case "file":
      return articles.paths();
    case "address":
      return articles.addresses();
  }
}
