import type { ArticleHeader, ArticleImage, ArticleRef } from "../domain/article.ts";
import { FAVICON_PATH, hrefOf, listPath, sharePath } from "../domain/links.ts";
import { isListedAuthor } from "../domain/listed-authors.ts";
import { formatRfc3339 } from "../domain/moment.ts";
import type { Scope } from "../domain/scope.ts";
import { SITE_SCOPE } from "../domain/scope.ts";
import type { Site } from "../domain/site.ts";
import { withoutForbiddenCharacters } from "../domain/xml-characters.ts";
import { CARD_HEIGHT, CARD_WIDTH } from "./card.ts";
import type { TitledTopic } from "./feed-links.ts";
import { Markup, markup } from "./markup.ts";

/*
 * Pages in the vocabulary of schema.org, for search engines. A block of it is data, which no browser runs. Members that
 * are undefined are left out. Section and tags of an article stand in its preview tags, and are not repeated.
 */

/** How many of a list's articles are named: those that a search engine has not seen are among the newest. */
const MOST_LISTED = 10;

/**
 * An article, and the way to it: site, category, article.
 *
 * @param category its first category; null where it has none
 * @param cardUrl absolute address of its share card; null where there is none
 */
export function renderArticleData(
  site: Site,
  header: ArticleHeader,
  category: TitledTopic<Scope> | null,
  cardUrl: string | null,
): Markup {
  const publisher = publisherOf(site);
  const source = header.source === null ? null : organization(header.source);
  const authors = header.authors.map((name) => ({
    "@type": "Person",
    name,
    // The letters of the name, which stand beside it, cost less than their codes.
    url: isListedAuthor(name, site)
      ? site.url + hrefOf(listPath({ kind: "author", name }))
      : undefined,
  }));
  const published = formatRfc3339(header.published);
  const pictures = picturesOf(header.image, cardUrl);
  return markup`
    ${dataBlock({
      "@type": "NewsArticle",
      headline: header.title,
      mainEntityOfPage: site.url + sharePath(header.id),
      image: pictures.length > 0 ? pictures : [publisher.logo],
      datePublished: published,
      dateModified: header.updated === null ? published : formatRfc3339(header.updated),
      author: authors.length > 0 ? authors : [source ?? publisher],
      publisher,
      // Where nobody signed, the newspaper is the author already.
      sourceOrganization: authors.length > 0 ? (source ?? undefined) : undefined,
      isBasedOn: header.sourceUrl ?? undefined,
      inLanguage: header.language ?? site.language,
    })}
    ${breadcrumbs(site, category, header.title)}
  `;
}

/** A list of articles: the front page, or the list of a category, a tag or a time. */
export function renderListData(
  site: Site,
  title: string,
  path: string,
  refs: readonly Pick<ArticleRef, "id">[],
): Markup {
  return dataBlock({
    ...collectionPage(site, title, path),
    mainEntity: {
      "@type": "ItemList",
      itemListElement: refs.slice(0, MOST_LISTED).map(({ id }, index) => ({
        "@type": "ListItem",
        position: index + 1,
        url: site.url + sharePath(id),
      })),
    },
  });
}

/** The list of all categories. */
export function renderCategoriesData(site: Site, title: string, path: string): Markup {
  return dataBlock(collectionPage(site, title, path));
}

function collectionPage(site: Site, title: string, path: string) {
  return {
    "@type": "CollectionPage",
    name: title,
    url: site.url + path,
    inLanguage: site.language,
    isPartOf: { "@type": "WebSite", name: site.title, url: siteUrl(site) },
    publisher: publisherOf(site),
  };
}

function breadcrumbs(site: Site, category: TitledTopic<Scope> | null, title: string): Markup {
  const steps = [
    { name: site.title, item: siteUrl(site) },
    ...(category === null
      ? []
      : [{ name: category.title, item: site.url + listPath(category.topic) }]),
    // The last step is the page itself, and needs no address.
    { name: title },
  ];
  return dataBlock({
    "@type": "BreadcrumbList",
    itemListElement: steps.map((step, index) => ({
      "@type": "ListItem",
      position: index + 1,
      ...step,
    })),
  });
}

interface Organization {
  readonly "@type": "Organization";
  readonly name: string;
}

function organization(name: string): Organization {
  return { "@type": "Organization", name };
}

function publisherOf(site: Site): Organization & { readonly logo: object } {
  const logo = imageObject(site.icon ?? site.url + FAVICON_PATH);
  return { ...organization(site.author ?? site.title), logo };
}

/** The article's own picture; where its size is unknown, or there is none, the share card too, whose size is known. */
function picturesOf(own: ArticleImage | null, cardUrl: string | null): readonly object[] {
  const card = cardUrl === null ? [] : [imageObject(cardUrl, CARD_WIDTH, CARD_HEIGHT)];
  if (own === null) return card;
  const { url, width, height } = own;
  return width === null || height === null
    ? [imageObject(url), ...card]
    : [imageObject(url, width, height)];
}

function imageObject(url: string, width?: number, height?: number): object {
  return { "@type": "ImageObject", url, width, height };
}

function siteUrl(site: Site): string {
  return site.url + listPath(SITE_SCOPE);
}

/** `<` is escaped so that no text can close the block or open a comment in it (HTML, section 4.12.1.3). */
function dataBlock(data: object): Markup {
  const json = JSON.stringify({ "@context": "https://schema.org", ...data });
  const escaped = withoutForbiddenCharacters(json).replaceAll("<", "\\u003c");
  return Markup.trusted(`<script type="application/ld+json">${escaped}</script>`);
}
