import { jekyllDocument } from "../../src/domain/jekyll-document.ts";
import { pathBelow } from "../../src/domain/path-below.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { errorAt, warningAt } from "../diagnostics/diagnostic.ts";
import { nearestName } from "../terminal/nearest-name.ts";
import type { ArticleLink } from "./files/article-link.ts";
import type { LinkedArticles } from "./linked-articles.ts";

/** Searching for what was meant compares with every article, so that only the first links get this advice. */
const MOST_SEARCHES = 20;
/** In characters; nobody mistypes more. */
const LONGEST_SEARCHED = 200;
const DIFFERENCES = [
  ["digits", /\D/g],
  ["letters", /\d/g],
] as const;
/** Lists and their feeds may be of a category or tag that is not there yet. */
const LIST = /^\/(?:category|categories|tag|tags|feed)\//;

/** What is wrong with a link of the file at `path`. */
export type DescribeDeadLink = (path: string, link: ArticleLink) => readonly Diagnostic[];

/**
 * Describes links that lead to no article: errors where Jekyll would build no site, else warnings.
 *
 * @param hasFile whether the site has another file at the path of a link
 * @param siteUrl the origin of the site now
 */
export function createDeadLinkReport(
  articles: LinkedArticles,
  hasFile: (link: ArticleLink) => boolean,
  siteUrl: string,
): DescribeDeadLink {
  const groups = new Map<string, readonly string[]>();
  let searches = 0;
  /** What a link most likely means: a name with the same digits, or with the same letters. */
  const meant = (link: ArticleLink): string | null => {
    searches += 1;
    if (searches > MOST_SEARCHES || link.target.length > LONGEST_SEARCHED) return null;
    for (const [kind, different] of DIFFERENCES) {
      const alike = (name: string): string =>
        `${link.kind} ${kind} ${name.replaceAll(different, "")}`;
      if (!groups.has(`${link.kind} ${kind}`)) {
        groups.set(`${link.kind} ${kind}`, []);
        const byLikeness = Map.groupBy(candidatesOf(articles, link), alike);
        for (const [key, names] of byLikeness) groups.set(key, names);
      }
      const near = nearestName(link.target, groups.get(alike(link.target)) ?? []);
      if (near !== null) return near;
    }
    return null;
  };
  /** Whether a link names another host than the site's: as no article is there, it was left as it is. */
  const isElsewhere = (written: string): boolean =>
    pathBelow(URL.parse(written, siteUrl)?.href ?? "", [siteUrl]) === null;
  return (path, link) => {
    const target = articles.find(link);
    if (target.kind === "found" || hasFile(link)) return [];
    if (target.kind === "unpublished") {
      const what = `The link "${link.written}" leads to ${target.path}, which is not published`;
      const advice = "take the link out, or publish the article";
      return [warningAt(path, link.line, "link-unpublished", what, advice)];
    }
    if (link.kind === "address" && isOther(link.target)) return [];
    const near = meant(link);
    if (near === null && link.kind === "address" && isElsewhere(link.written)) {
      const what = `The link "${link.written}" goes on leading to where the site was: nothing here had that address`;
      const advice =
        "leave it if something else is served there, as other repositories are at GitHub Pages; else correct it, or take it out";
      return [warningAt(path, link.line, "link-to-former-site", what, advice)];
    }
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
