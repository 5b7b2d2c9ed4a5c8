import type { ArticleHeader } from "../../src/domain/article.ts";
import type { NavigationItem, NotFoundPage, Site } from "../../src/domain/site.ts";
import { plainPath } from "../../src/domain/plain-path.ts";
import { CATEGORIES_PATH, encodedPath, subscribePath } from "../../src/domain/links.ts";
import { SITE_SCOPE } from "../../src/domain/scope.ts";
import { phrasesFor } from "../../src/render/phrases/phrases-for.ts";
import type { ParsedPage } from "../read/article/read-page.ts";

/** Where Jekyll's hosts look for what they answer where nothing is. */
const NOT_FOUND = "/404";

/** Whether a page is what the site itself says where nothing is. */
export function isNotFoundPage({ address }: Pick<ParsedPage, "address">): boolean {
  return plainPath(address) === NOT_FOUND;
}

/**
 * The site with what is known only when its articles and pages have been read: the links at the head and foot of every page, and
 * what it says where nothing is. Links of the settings stand behind those of pages in the header and in the footer.
 */
export function siteWithNavigation(
  site: Site,
  articles: readonly Pick<ArticleHeader, "categories">[],
  pages: readonly ParsedPage[],
): Site {
  const phrases = phrasesFor(site);
  const hasCategories = articles.some(({ categories }) => categories.length > 0);
  const linked = (place: "header" | "footer"): readonly ParsedPage[] =>
    pages
      .filter(({ nav }) => nav?.place === place)
      .toSorted((a, b) => Math.sign((a.nav?.order ?? 0) - (b.nav?.order ?? 0)) || 0);
  const navigation = [
    ...(hasCategories ? [{ text: phrases.categories, url: CATEGORIES_PATH }] : []),
    { text: phrases.subscribe, url: subscribePath(SITE_SCOPE) },
    ...linked("header").map(toLink),
    ...(site.navigation ?? []),
  ];
  const footer = linked("footer").map(toLink);
  const notFound = pages.find(isNotFoundPage);
  return {
    ...site,
    footer: [...footer, ...site.footer],
    navigation,
    ...(notFound === undefined ? {} : { notFound: toNotFoundPage(notFound) }),
  };
}

function toLink({ title, address }: ParsedPage): NavigationItem {
  return { text: title, url: encodedPath(address) };
}

function toNotFoundPage({ title, titleBreaks, language, body }: ParsedPage): NotFoundPage {
  return { title, titleBreaks, language, html: new TextDecoder().decode(body) };
}
