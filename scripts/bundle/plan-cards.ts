import type { Article } from "../../src/domain/article.ts";
import type { Site } from "../../src/domain/site.ts";
import type { NamedCard } from "../../src/render/card.ts";
import {
  articleCard,
  cardHash,
  namedCategoryCard,
  namedSiteCard,
  pictureCard,
} from "../../src/render/card.ts";
import { cardKey, encodeCardHead } from "../../src/store/card-entry.ts";
import { contentHash } from "../../src/store/content-hash.ts";
import type { PackLimits } from "../../src/store/cut-packs.ts";
import { deflateAt, encodePack, packEntry } from "../../src/store/pack.ts";
import type { PlannedPack } from "../../src/store/sorted-map.ts";
import { planMap } from "../../src/store/sorted-map.ts";
import type { DrawCard } from "../cards/draw-card.ts";

/** What decides which cards there are. */
export interface CardsInput {
  readonly site: Site;
  readonly articles: readonly Pick<
    Article,
    "id" | "title" | "source" | "published" | "language" | "image"
  >[];
  readonly categories: readonly { readonly slug: string; readonly title: string }[];
  /** How many of the newest articles get a card at least, since whole days get cards; 0 for no cards at all. */
  readonly count: number;
  readonly draw: DrawCard;
}

export interface PlannedCards {
  readonly packs: readonly PlannedPack[];
  /** Articles published from this second on (since 1970) have a card of their own; null if there are no cards. */
  readonly since: number | null;
}

const BYTES_PER_KIB = 1024;

/**
 * Limits for estimated sizes, low enough that real packs stay below 256 KB: 150 drawn cards of generated headlines made packs of 131
 * to 241 KB.
 */
const PACK_LIMITS: PackLimits = {
  minimumBytes: 112 * BYTES_PER_KIB,
  maximumBytes: 244 * BYTES_PER_KIB,
};

const FRAME_BYTES = 2000;
/** The longer a headline is, the smaller it is drawn, so characters behind the first few add fewer bytes. */
const LARGE_CHARACTERS = 20;
const BYTES_PER_LARGE_CHARACTER = 370;
const BYTES_PER_FURTHER_CHARACTER = 80;
/** No card has room for a longer headline. */
const MOST_CHARACTERS = 240;
const BYTES_PER_SMALL_CHARACTER = 190;

const SECONDS_PER_DAY = 86_400;
/** If whole days give more cards than this many times `count`, the first day gets none: it may be the day of an import. */
const MOST_OVERSHOOT = 2;

/** Without compression, because a picture is compressed already. */
const STORE_AS_IT_IS = deflateAt(0);

/**
 * Lays the share cards out in packs. Keys and packs depend only on what is on the cards, so a card is drawn only when its
 * pack is written, and not again for a pack that exists already.
 */
export function planCards(input: CardsInput): PlannedCards {
  const { site, count, draw } = input;
  const since = firstDayWithCards(input.articles, count);
  if (since === null) return { packs: [], since };
  // A card with a picture is a file, which `make-picture-cards.ts` makes.
  const newest = input.articles.filter(
    (article) => article.published.epochSeconds >= since && pictureCard(article, site) === null,
  );

  const cards: readonly NamedCard[] = [
    namedSiteCard(site),
    ...input.categories.map(({ slug, title }) => namedCategoryCard(slug, title, site)),
    ...newest.map((article) => ({ id: article.id, card: articleCard(article, site) })),
  ];
  const entries = cards.map(({ id, card }) => {
    const [key, shown] = [cardKey(id), cardHash(card)];
    const hash = contentHash(["offprint card", key, shown]);
    return { key, card, head: encodeCardHead(shown), hash, size: estimatedBytes(card) };
  });
  const packs = planMap(entries, PACK_LIMITS, async (pack) => {
    const drawn = pack.map(async ({ key, card, head, hash }) => {
      const entry = packEntry(key, head, await draw(card), STORE_AS_IT_IS);
      return { ...entry, hash };
    });
    return encodePack(await Promise.all(drawn));
  });
  return { packs, since };
}

/**
 * The second with which the first day begins whose articles have cards; null if there are none. Whole days lose their cards
 * together, because a day's cards share packs, and the rest of a day would have to be packed again.
 */
export function firstDayWithCards(
  articles: readonly Pick<Article, "published">[],
  count: number,
): number | null {
  if (count === 0) return null;
  // Numbers in a column are sorted in a tenth of the time.
  const dates = new Float64Array(articles.length);
  for (const [index, { published }] of articles.entries()) dates[index] = published.epochSeconds;
  const newest = dates.toSorted().toReversed();
  const last = newest[Math.min(count, newest.length) - 1];
  if (last === undefined) return null;
  const day = Math.floor(last / SECONDS_PER_DAY) * SECONDS_PER_DAY;
  const taken = newest.findLastIndex((seconds) => seconds >= day) + 1;
  return taken > MOST_OVERSHOOT * count ? day + SECONDS_PER_DAY : day;
}

function estimatedBytes({ headline, site, note, day }: NamedCard["card"]): number {
  const shown = Math.min(headline.length, MOST_CHARACTERS);
  const large = Math.min(shown, LARGE_CHARACTERS);
  return (
    FRAME_BYTES +
    BYTES_PER_LARGE_CHARACTER * large +
    BYTES_PER_FURTHER_CHARACTER * (shown - large) +
    BYTES_PER_SMALL_CHARACTER * (site.length + note.length + day.length)
  );
}
