import { hash } from "node:crypto";
import type { ArticleHeader } from "../domain/article.ts";
import type { CardId } from "../domain/card-id.ts";
import { scopeCardId } from "../domain/card-id.ts";
import { cardPath } from "../domain/links.ts";
import { PICTURE_CARDS_PATH, isPictureUrl } from "../domain/picture-path.ts";
import { SITE_SCOPE } from "../domain/scope.ts";
import type { Palette, Site } from "../domain/site.ts";
import { directionOf } from "./direction.ts";
import type { Moment } from "../domain/moment.ts";
import { formatDay } from "../domain/moment.ts";
import { spokenPhrases } from "./phrases/phrases-for.ts";
import { hasRareHan } from "./rare-han.ts";
import { readerDay } from "./reader-dates.ts";

/** What is drawn on a share card. The picture depends only on this and on `CARD_DESIGN`. */
export interface Card {
  readonly headline: string;
  /** Stands above the headline; empty on the site's own card. */
  readonly site: string;
  /** Stands below the headline: the article's source, or the site's description; may be empty. */
  readonly note: string;
  /** Stands beside the note; may be empty. */
  readonly day: string;
  readonly direction: "ltr" | "rtl";
  /** What the site's theme chooses of the colours; absent where they are Offprint's. */
  readonly colors?: CardColors;
}

/** A card lies on the light paper, because the chat around it may be either. It has no lines. */
export type CardColors = Partial<Omit<Palette, "line">>;

/** The size in CSS pixels, which Facebook, X and Telegram show large. */
export const CARD_WIDTH = 1200;
export const CARD_HEIGHT = 630;

/** The version of the drawing, and the fonts. A change of either gives every card a new address. */
export const CARD_DESIGN = "4, noto-serif-sc 5.3.0, noto-serif 5.3.0, noto-naskh-arabic 5.3.0";

/** What is added to it for cards with a rare Han character, which are drawn with one font more. */
export const RARE_HAN_DESIGN = "syst 3.0.0";

/** The version of the drawing of cards with a picture. */
const PICTURE_CARD_DESIGN = "1";
/** What Facebook and iMessage show large; a picture that is narrower would be blurred. */
const LEAST_PICTURE_WIDTH = 900;
/** A flatter picture would lose too much of its sides. */
const LEAST_PICTURE_HEIGHT = 450;

const HASH_DIGITS = 16;

export function articleCard(
  article: Pick<ArticleHeader, "title" | "source" | "published" | "language">,
  site: Site,
): Card {
  const language = article.language ?? site.language;
  return {
    headline: article.title,
    site: site.title,
    note: article.source ?? "",
    day: cardDay(article.published, language),
    direction: directionOf(language),
    ...colorsOf(site),
  };
}

/** Nothing where a site has chosen none, so that cards keep their names when a theme is about something else. */
function colorsOf({ theme }: Site): Pick<Card, "colors"> {
  const { line: _, ...colors } = theme?.light ?? {};
  return Object.keys(colors).length === 0 ? {} : { colors };
}

/**
 * The date as the article's language writes it, else in figures: an English month has no place below a Hebrew headline.
 */
function cardDay(published: Moment, language: string): string {
  const phrases = spokenPhrases(language);
  return phrases === null ? formatDay(published) : readerDay(published, phrases.dates);
}

/** Changes exactly when the picture does. */
export function cardHash(card: Card): string {
  return hashOf(card, []);
}

function hashOf(card: Card, more: readonly string[]): string {
  const { headline, site, note, day, direction, colors } = card;
  const design = hasRareHan(headline + site + note)
    ? [CARD_DESIGN, RARE_HAN_DESIGN]
    : [CARD_DESIGN];
  const chosen = colors === undefined ? [] : [colors];
  const inputs = JSON.stringify([
    ...design,
    headline,
    site,
    note,
    day,
    direction,
    ...chosen,
    ...more,
  ]);
  return hash("sha256", inputs).slice(0, HASH_DIGITS);
}

/** A card that shows an article's own picture, which is a file beside the pictures of articles, not a value of KV. */
export interface PictureCard {
  readonly card: Card;
  /** The path of the picture. */
  readonly picture: string;
  readonly path: string;
}

type CardArticle = Pick<
  ArticleHeader,
  "id" | "title" | "source" | "published" | "language" | "image"
>;

/** The card with an article's own picture; null where the site has none such, or the article has no large picture. */
export function pictureCard(article: CardArticle, site: Site): PictureCard | null {
  const { image } = article;
  if (site.pictureCards !== true || image === null) return null;
  const isPhoto = image.type === "image/jpeg" || image.type === "image/png";
  const isLarge =
    (image.width ?? 0) >= LEAST_PICTURE_WIDTH && (image.height ?? 0) >= LEAST_PICTURE_HEIGHT;
  const isOurs = image.url.startsWith(`${site.url}/`) && isPictureUrl(image.url);
  if (!isPhoto || !isLarge || !isOurs) return null;
  const card = articleCard(article, site);
  const picture = image.url.slice(site.url.length);
  const name = `${article.id}-${hashOf(card, [PICTURE_CARD_DESIGN, picture])}`;
  return { card, picture, path: `${PICTURE_CARDS_PATH}/${name}.jpg` };
}

/** The path of an article's own card. */
export function articleCardPath(article: CardArticle, site: Site): string {
  return (
    pictureCard(article, site)?.path ?? cardPath(article.id, cardHash(articleCard(article, site)))
  );
}

/** Whether an address of a card is that of one with a picture. */
export function isPictureCard(cardUrl: string): boolean {
  return cardUrl.includes(`${PICTURE_CARDS_PATH}/`);
}

/** A card and the id in its address. */
export interface NamedCard {
  readonly id: CardId;
  readonly card: Card;
}

/** The card of the site's own pages, and of articles without a category that are too old for their own. */
export function namedSiteCard(site: Site): NamedCard {
  const { title, description, language } = site;
  const note = description === title ? "" : description;
  const direction = directionOf(language);
  const card = { headline: title, site: "", note, day: "", direction, ...colorsOf(site) };
  return { id: scopeCardId(SITE_SCOPE), card };
}

/** The card of a category, and of its older articles. */
export function namedCategoryCard(slug: string, title: string, site: Site): NamedCard {
  const direction = directionOf(site.language);
  const card = {
    headline: title,
    site: site.title,
    note: "",
    day: "",
    direction,
    ...colorsOf(site),
  };
  return { id: scopeCardId({ kind: "category", name: slug }), card };
}
