import type { ArticleHeader, ArticleImage, ArticleRef } from "../domain/article.ts";
import { FAVICON_PATH, hrefOf, listPath, sharePath } from "../domain/links.ts";
import { isListedAuthor } from "../domain/listed-authors.ts";
import { formatRfc3339 } from "../domain/moment.ts";
import type { Scope } from "../domain/scope.ts";
import { SITE_SCOPE } from "../domain/scope.ts";
import type { Site } from "../domain/site.ts";
import { CARD_HEIGHT, CARD_WIDTH } from "./card.ts";
import type { TitledTopic } from "./feed-links.ts";
import type { Json } from "./json-block.ts";
import { jsonArray, jsonBlock, jsonObject, jsonText } from "./json-block.ts";
import type { Markup } from "./markup.ts";
import { markup } from "./markup.ts";

/*
 * Pages in the vocabulary of schema.org, for search engines. Section and tags of an article stand in its preview tags, and are not
 * repeated.
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
  const { publisher, logo } = publisherOf(site);
  const source = header.source === null ? null : organization(header.source);
  const authors = header.authors.map((name) =>
    jsonObject("Person", {
      name: jsonText(name),
      // The letters of the name, which stand beside it, cost less than their codes.
      url: isListedAuthor(name, site)
        ? jsonText(site.url + hrefOf(listPath({ kind: "author", name })))
        : undefined,
    }),
  );
  const headline = jsonText(header.title);
  const published = formatRfc3339(header.published);
  const changed = header.updated === null ? published : formatRfc3339(header.updated);
  const pictures = picturesOf(header.image, cardUrl);
  const article = jsonObject("NewsArticle", {
    headline,
    mainEntityOfPage: jsonText(site.url + sharePath(header.id)),
    image: jsonArray(pictures.length > 0 ? pictures : [logo]),
    datePublished: jsonText(published),
    dateModified: jsonText(changed),
    author: jsonArray(authors.length > 0 ? authors : [source ?? publisher]),
    publisher,
    // Where nobody signed, the newspaper is the author already.
    sourceOrganization: authors.length > 0 ? (source ?? undefined) : undefined,
    isBasedOn: header.sourceUrl === null ? undefined : jsonText(header.sourceUrl),
    inLanguage: jsonText(header.language ?? site.language),
  });
  return markup`
    ${jsonBlock(article)}
    ${jsonBlock(breadcrumbs(site, category, headline))}
  `;
}

/** A list of articles: the front page, or the list of a category, a tag or a time. */
export function renderListData(
  site: Site,
  title: string,
  path: string,
  refs: readonly Pick<ArticleRef, "id">[],
): Markup {
  const items = refs
    .slice(0, MOST_LISTED)
    .map(({ id }, index) => listItem(index + 1, { url: jsonText(site.url + sharePath(id)) }));
  return jsonBlock(
    jsonObject("CollectionPage", {
      ...collectionPage(site, title, path),
      mainEntity: jsonObject("ItemList", { itemListElement: jsonArray(items) }),
    }),
  );
}

/** The list of all categories. */
export function renderCategoriesData(site: Site, title: string, path: string): Markup {
  return jsonBlock(jsonObject("CollectionPage", collectionPage(site, title, path)));
}

function collectionPage(site: Site, title: string, path: string): Readonly<Record<string, Json>> {
  return {
    name: jsonText(title),
    url: jsonText(site.url + path),
    inLanguage: jsonText(site.language),
    isPartOf: jsonObject("WebSite", { name: jsonText(site.title), url: jsonText(siteUrl(site)) }),
    publisher: publisherOf(site).publisher,
  };
}

function breadcrumbs(site: Site, category: TitledTopic<Scope> | null, headline: Json): Json {
  const steps = [
    { name: jsonText(site.title), item: jsonText(siteUrl(site)) },
    ...(category === null
      ? []
      : [
          {
            name: jsonText(category.title),
            item: jsonText(site.url + listPath(category.topic)),
          },
        ]),
    // The last step is the page itself, and needs no address.
    { name: headline },
  ];
  const items = steps.map((step, index) => listItem(index + 1, step));
  return jsonObject("BreadcrumbList", { itemListElement: jsonArray(items) });
}

function listItem(position: number, members: Readonly<Record<string, Json>>): Json {
  return jsonObject("ListItem", { position, ...members });
}

function organization(name: string, logo?: Json): Json {
  return jsonObject("Organization", { name: jsonText(name), logo });
}

interface Publisher {
  readonly publisher: Json;
  readonly logo: Json;
}

/** The same on all pages of a site. */
const publishers = new WeakMap<Site, Publisher>();

function publisherOf(site: Site): Publisher {
  const known = publishers.get(site);
  if (known !== undefined) return known;
  const logo = imageObject(site.icon ?? site.url + FAVICON_PATH);
  const made = { publisher: organization(site.author ?? site.title, logo), logo };
  publishers.set(site, made);
  return made;
}

/** The article's own picture; where its size is unknown, or there is none, the share card too, whose size is known. */
function picturesOf(own: ArticleImage | null, cardUrl: string | null): readonly Json[] {
  const card = cardUrl === null ? [] : [imageObject(cardUrl, CARD_WIDTH, CARD_HEIGHT)];
  if (own === null) return card;
  const { url, width, height } = own;
  return width === null || height === null
    ? [imageObject(url), ...card]
    : [imageObject(url, width, height)];
}

function imageObject(url: string, width?: number, height?: number): Json {
  return jsonObject("ImageObject", { url: jsonText(url), width, height });
}

function siteUrl(site: Site): string {
  return site.url + listPath(SITE_SCOPE);
}
