import type { Article } from "../../../src/domain/article.ts";
import { compareNewestFirst } from "../../../src/domain/article.ts";
import type { Site } from "../../../src/domain/site.ts";
import type { NamedCard } from "../../../src/render/card.ts";
import {
  articleCard,
  cardHash,
  namedCategoryCard,
  namedSiteCard,
} from "../../../src/render/card.ts";
import { cardKey, encodeCardHead } from "../../../src/store/card-entry.ts";
import { contentHash } from "../../../src/store/content-hash.ts";
import type { PackLimits } from "../../../src/store/cut-packs.ts";
import { cutPacks } from "../../../src/store/cut-packs.ts";
import type { OldestCard } from "../../../src/store/directory.ts";
import { compareKeys } from "../../../src/store/key-column.ts";
import { encodePack, packEntry, packHash } from "../../../src/store/pack.ts";
import type { PlannedPack } from "../../../src/store/sorted-map.ts";
import type { DrawCard } from "./draw-card.ts";

/** What cards there are. */
export interface CardsInput {
  readonly site: Site;
  readonly articles: readonly Pick<Article, "id" | "title" | "source" | "published" | "language">[];
  readonly categories: readonly { readonly slug: string; readonly title: string }[];
  /** How many of the newest articles get one; with 0 there are none at all. */
  readonly count: number;
  readonly draw: DrawCard;
}

export interface PlannedCards {
  readonly packs: readonly PlannedPack[];
  /** The oldest article with a card of its own; null where there are no cards. */
  readonly oldest: OldestCard | null;
}

const BYTES_PER_KIB = 1024;

/** Below 256 KB whatever the pictures turn out to be. */
const PACK_LIMITS: PackLimits = {
  keysPerCut: 16,
  minimumBytes: 160 * BYTES_PER_KIB,
  maximumBytes: 240 * BYTES_PER_KIB,
};

/** What a picture takes at most, measured: see docs/design.md. */
const FRAME_BYTES = 6000;
const BYTES_PER_CHARACTER = 380;

/** A picture is compressed already. */
const STORED_AS_IT_IS = 0;

/**
 * Lays the share cards out in packs. Keys and cuts are functions of what is on the cards, so that nothing is drawn before
 * a pack is really written: a checkout without any cache draws only what is new.
 */
export function planCards(input: CardsInput): PlannedCards {
  const { site, count, draw } = input;
  const newest = input.articles.toSorted(compareNewestFirst).slice(0, count);
  const last = newest.at(-1);
  if (last === undefined) return { packs: [], oldest: null };

  const cards: readonly NamedCard[] = [
    namedSiteCard(site),
    ...input.categories.map(({ slug, title }) => namedCategoryCard(slug, title, site)),
    ...newest.map((article) => ({ id: article.id, card: articleCard(article, site) })),
  ];
  const entries = cards
    .map(({ id, card }) => {
      const hash = cardHash(card);
      return { key: cardKey(id), card, hash, size: estimatedBytes(card) };
    })
    .toSorted((a, b) => compareKeys(a.key, b.key));
  const packs = cutPacks(entries, PACK_LIMITS).map((pack): PlannedPack => {
    const named = pack.map(({ key, hash }) => ({
      hash: contentHash(["offprint card", key, hash]),
    }));
    return {
      firstKey: pack[0]?.key ?? new Uint8Array(),
      hash: packHash(named),
      entryCount: pack.length,
      encode: async () => {
        const drawn = await Promise.all(pack.map(async ({ card }) => draw(card)));
        return encodePack(
          pack.map(({ key, hash }, index) => ({
            ...packEntry(
              key,
              encodeCardHead(hash),
              drawn[index] ?? new Uint8Array(),
              STORED_AS_IT_IS,
            ),
            hash: named[index]?.hash ?? contentHash([]),
          })),
        );
      },
    };
  });
  return { packs, oldest: { epochSeconds: last.published.epochSeconds, id: last.id } };
}

function estimatedBytes({ headline, site, note }: NamedCard["card"]): number {
  return FRAME_BYTES + BYTES_PER_CHARACTER * (headline.length + site.length + note.length);
}
