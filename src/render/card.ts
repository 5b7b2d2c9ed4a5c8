import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { ArticleHeader } from "../domain/article.ts";
import type { CardId } from "../domain/card-id.ts";
import { scopeCardId } from "../domain/card-id.ts";
import { SITE_SCOPE } from "../domain/scope.ts";
import type { Site } from "../domain/site.ts";
import { directionOf } from "./direction.ts";
import type { Moment } from "../domain/moment.ts";
import { formatDay } from "../domain/moment.ts";
import { phrasesFor } from "./phrases.ts";
import { readerDay } from "./reader-dates.ts";

/** What is drawn on a share card; the picture is a function of it and of `CARD_DESIGN`. */
export interface Card {
  readonly headline: string;
  /** Above the headline. */
  readonly site: string;
  /** Below it: whose article it is, or what the site is about; may be empty. */
  readonly note: string;
  /** Beside the note; may be empty. */
  readonly day: string;
  readonly direction: "ltr" | "rtl";
}

/** In CSS pixels: what Facebook, X and Telegram show large. */
export const CARD_WIDTH = 1200;
export const CARD_HEIGHT = 630;

/** Counts changes of the drawing, and names the type: with either, every card gets a new address. */
export const CARD_DESIGN = "4, noto-serif-sc 5.3.0, noto-serif 5.3.0, noto-naskh-arabic 5.3.0";

const HASH_BYTES = 8;

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
  };
}

/** As the article's language writes it, else in figures: an English month has no place below a Hebrew headline. */
function cardDay(published: Moment, language: string): string {
  const [primary = ""] = language.toLowerCase().split("-");
  const isJapanese = primary === "ja";
  const { dates, language: ours } = phrasesFor(isJapanese ? "zh" : language);
  return isJapanese || ours.startsWith(primary)
    ? readerDay(published, dates)
    : formatDay(published);
}

/** Changes exactly when the picture does. */
export function cardHash({ headline, site, note, day, direction }: Card): string {
  const inputs = JSON.stringify([CARD_DESIGN, headline, site, note, day, direction]);
  return bytesToHex(sha256(new TextEncoder().encode(inputs)).subarray(0, HASH_BYTES));
}

/** Which card stands for what. */
export interface NamedCard {
  readonly id: CardId;
  readonly card: Card;
}

/** The card of the site's own pages, and of articles without a category that are too old for their own. */
export function namedSiteCard(site: Site): NamedCard {
  const { title, description, language } = site;
  const note = description === title ? "" : description;
  const card = { headline: title, site: "", note, day: "", direction: directionOf(language) };
  return { id: scopeCardId(SITE_SCOPE), card };
}

/** The card of a category, and of its older articles. */
export function namedCategoryCard(slug: string, title: string, site: Site): NamedCard {
  const direction = directionOf(site.language);
  const card = { headline: title, site: site.title, note: "", day: "", direction };
  return { id: scopeCardId({ kind: "category", name: slug }), card };
}
