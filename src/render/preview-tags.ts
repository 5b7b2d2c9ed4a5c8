import type { ArticleHeader, ArticleImage } from "../domain/article.ts";
import { formatRfc3339 } from "../domain/moment.ts";
import { isPictureUrl } from "../domain/picture-path.ts";
import { remembered } from "../domain/remembered.ts";
import type { Site } from "../domain/site.ts";
import { CARD_HEIGHT, CARD_WIDTH, isPictureCard } from "./card.ts";
import type { SharedPage } from "./link-previews.ts";
import { clipText } from "./clip-text.ts";
import type { Markup } from "./markup.ts";
import { markup } from "./markup.ts";

/** What link previews and search engines are told about a page. */
export interface Preview {
  readonly title: string;
  readonly description: string;
  /** The page's canonical path. */
  readonly path: string;
  /** Left out for lists and for pages of the site's own. */
  readonly article?: ArticlePreview;
  /** Of a page of the site's own, where it is not the site's. */
  readonly language?: string;
  /** Of a page of the site's own. */
  readonly image?: ArticleImage | null;
  /** Absolute address of the page's share card; null where there is none. */
  readonly cardUrl: string | null;
}

interface ArticlePreview {
  readonly header: ArticleHeader;
  readonly section: string | null;
}

/** 60 Han characters, so that a newspaper's headline stays whole. */
const TITLE_BYTES = 180;
/** 110 Han characters; the strictest platform cuts at 347 bytes. */
const DESCRIPTION_BYTES = 330;
/** Some crawlers read only the page's first few KB, so lists that an editor may lengthen are cut. */
const MOST_TAGS = 5;
const MOST_LANGUAGES = 100;
const LONGEST_TAG_BYTES = 60;
const LONGEST_IMAGE_URL_CHARACTERS = 300;
const LEAST_IMAGE_WIDTH = 900;
const LEAST_IMAGE_HEIGHT = 315;
const MOST_IMAGE_BYTES = 300_000;

/** What the tags of a share page will say, as values. */
export function sharedPageOf(
  site: Site,
  article: ArticleHeader,
  cardUrl: string | null,
): SharedPage {
  const image = previewImage(site, article.title, article.image, cardUrl);
  return {
    title: clipText(article.title, TITLE_BYTES),
    description: clipText(article.summary, DESCRIPTION_BYTES),
    host: new URL(site.url).host,
    image,
    isPictureReplaced:
      article.image !== null &&
      image?.url !== article.image.url &&
      (cardUrl === null || !isPictureCard(cardUrl)),
  };
}

/**
 * The tags that make a link's preview, all inside the page's first 4 KB. Each tag has attributes of one family only,
 * because parsers lose titles where `name`, `property` and `itemprop` share a tag. X takes all but `twitter:card` from
 * Open Graph.
 */
export function renderPreviewTags(site: Site, preview: Preview): Markup {
  const { title, description, path, article, cardUrl } = preview;
  const { language = article?.header.language ?? site.language } = preview;
  const shortTitle = clipText(title, TITLE_BYTES);
  const shortDescription = clipText(description, DESCRIPTION_BYTES);
  const url = `${site.url}${path}`;
  const own = article?.header.image ?? preview.image ?? null;
  const image = previewImage(site, title, own, cardUrl);
  const isLarge = image !== null && image.url !== site.icon;
  return markup`
    <title>${shortTitle}</title>
    ${shortDescription === "" ? null : markup`<meta name="description" content="${shortDescription}">`}
    <link rel="canonical" href="${url}">
    ${property("og:title", shortTitle)}
    ${property("og:description", shortDescription)}
    ${property("og:url", url)}
    ${property("og:type", article === undefined ? "website" : "article")}
    ${property("og:site_name", site.title)}
    ${property("og:locale", openGraphLocale(language))}
    ${image === null ? null : imageProperties(image)}
    <meta name="twitter:card" content="${isLarge ? "summary_large_image" : "summary"}">
    <meta itemprop="name" content="${shortTitle}">
    ${shortDescription === "" ? null : markup`<meta itemprop="description" content="${shortDescription}">`}
    ${image === null ? null : markup`<meta itemprop="image" content="${image.url}">`}
    ${article === undefined ? null : articleTags(article)}
  `;
}

/**
 * The share card if it shows the article's picture, else that picture where every platform is known to take it, else the
 * share card, which is made for them. Without
 * cards it is any picture of the article, else the site's icon.
 */
function previewImage(
  site: Site,
  title: string,
  own: ArticleImage | null,
  cardUrl: string | null,
): ArticleImage | null {
  const file = { type: "image/png", length: null };
  const size = { width: CARD_WIDTH, height: CARD_HEIGHT };
  if (cardUrl !== null && isPictureCard(cardUrl)) {
    return { ...file, ...size, type: "image/jpeg", url: cardUrl, alt: title };
  }
  if (own !== null && isGoodEverywhere(own, site)) return own;
  if (cardUrl !== null) {
    return { ...file, ...size, url: cardUrl, alt: title };
  }
  if (own !== null && own.url.length <= LONGEST_IMAGE_URL_CHARACTERS) return own;
  if (site.icon === null) return null;
  return { ...file, url: site.icon, alt: site.title, width: null, height: null };
}

/** WhatsApp takes no larger file, and Facebook and iMessage show no smaller picture large. */
function isGoodEverywhere({ url, type, width, height, length }: ArticleImage, site: Site): boolean {
  const isMadeAnew = url.startsWith(`${site.url}/`) && isPictureUrl(url);
  return (
    url.length <= LONGEST_IMAGE_URL_CHARACTERS &&
    (type === "image/jpeg" || type === "image/png") &&
    (width ?? 0) >= LEAST_IMAGE_WIDTH &&
    (height ?? 0) >= LEAST_IMAGE_HEIGHT &&
    (isMadeAnew || (length !== null && length <= MOST_IMAGE_BYTES))
  );
}

function imageProperties({ url, alt, type, width, height }: ArticleImage): Markup {
  return markup`
    ${property("og:image", url)}
    ${property("og:image:type", type)}
    ${property("og:image:width", width)}
    ${property("og:image:height", height)}
    ${property("og:image:alt", clipText(alt, LONGEST_TAG_BYTES))}
  `;
}

function articleTags({ header, section }: ArticlePreview): Markup {
  const authors = clipText(header.authors.join(", "), LONGEST_TAG_BYTES);
  return markup`
    ${authors === "" ? null : markup`<meta name="author" content="${authors}">`}
    ${property("article:published_time", formatRfc3339(header.published))}
    ${property("article:modified_time", header.updated === null ? null : formatRfc3339(header.updated))}
    ${property("article:section", section === null ? null : clipText(section, LONGEST_TAG_BYTES))}
    ${header.tags.slice(0, MOST_TAGS).map((tag) => property("article:tag", clipText(tag, LONGEST_TAG_BYTES)))}
  `;
}

function property(name: string, content: string | number | null): Markup | null {
  return content === null || content === ""
    ? null
    : markup`<meta property="${name}" content="${content}">`;
}

/** `zh_CN` for `zh-CN`. Open Graph's locales need a territory, so a tag without one gives null. */
const openGraphLocale = remembered(MOST_LANGUAGES, (language): string | null => {
  const { groups } =
    /^(?<primary>[a-z]{2,3})(?:-[a-z]{4})?-(?<territory>[a-z]{2})\b/i.exec(language) ?? {};
  if (groups?.["primary"] === undefined || groups["territory"] === undefined) return null;
  return `${groups["primary"].toLowerCase()}_${groups["territory"].toUpperCase()}`;
});
