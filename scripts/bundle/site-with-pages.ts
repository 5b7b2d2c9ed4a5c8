import type { NotFoundPage, Site } from "../../src/domain/site.ts";
import { plainPath } from "../../src/domain/plain-path.ts";
import { encodedPath } from "../../src/domain/links.ts";
import type { ParsedPage } from "../read/article/read-page.ts";

/** Where Jekyll's hosts look for what they answer where nothing is. */
const NOT_FOUND = "/404";

/** Whether a page is what the site itself says where nothing is. */
export function isNotFoundPage({ address }: Pick<ParsedPage, "address">): boolean {
  return plainPath(address) === NOT_FOUND;
}

/** The site with what its pages add to every other page: links to some, and what it says where nothing is. */
export function siteWithPages(site: Site, pages: readonly ParsedPage[]): Site {
  const linked = (place: "header" | "footer"): readonly ParsedPage[] =>
    pages
      .filter(({ nav }) => nav?.place === place)
      .toSorted((a, b) => Math.sign((a.nav?.order ?? 0) - (b.nav?.order ?? 0)) || 0);
  const navigation = linked("header").map(({ title, address }) => ({
    text: title,
    path: encodedPath(address),
  }));
  const footer = linked("footer").map(({ title, address }) => ({
    text: title,
    url: encodedPath(address),
  }));
  const notFound = pages.find(isNotFoundPage);
  return {
    ...site,
    footer: [...footer, ...site.footer],
    ...(navigation.length === 0 ? {} : { navigation }),
    ...(notFound === undefined ? {} : { notFound: toNotFoundPage(notFound) }),
  };
}

function toNotFoundPage({ title, titleBreaks, language, body }: ParsedPage): NotFoundPage {
  return { title, titleBreaks, language, html: new TextDecoder().decode(body) };
}
