import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { ArticleHeader } from "../../src/domain/article.ts";
import type { Site } from "../../src/domain/site.ts";
import { CARD_HEIGHT, CARD_WIDTH, pictureCard } from "../../src/render/card.ts";
import type { DrawPictureCard } from "../cards/draw-picture-card.ts";
import type { FilesOfArticle } from "../read/files/plan-served-files.ts";
import { firstDayWithCards } from "./plan-cards.ts";

interface PictureCardsInput {
  readonly site: Site;
  readonly articles: readonly (ArticleHeader & { readonly path: string })[];
  /** How many of the newest articles get a card at least; 0 for none. */
  readonly count: number;
  /** The folder with what was made of pictures. */
  readonly pictures: string;
  /** The folder that keeps the cards. */
  readonly folder: string;
  readonly draw: DrawPictureCard;
}

/**
 * Makes the share cards that show an article's own picture and were not made before, and removes those that no article has
 * any more.
 *
 * @returns the cards as files to serve
 */
export async function makePictureCards(
  input: PictureCardsInput,
): Promise<readonly FilesOfArticle[]> {
  const { site, articles, pictures, folder, draw } = input;
  const since = firstDayWithCards(articles, input.count);
  if (since === null || site.pictureCards !== true) return [];
  mkdirSync(folder, { recursive: true });
  const kept = new Set(readdirSync(folder));
  const shown: FilesOfArticle[] = [];
  for (const article of articles) {
    const own = article.published.epochSeconds >= since ? pictureCard(article, site) : null;
    if (own === null) continue;
    const file = join(folder, basename(own.path));
    if (!kept.delete(basename(file))) {
      // One that is cut off by a crash is not there at all.
      writeFileSync(`${file}.part`, await draw(own.card, join(pictures, basename(own.picture))));
      renameSync(`${file}.part`, file);
    }
    const size = { bytes: statSync(file).size, width: CARD_WIDTH, height: CARD_HEIGHT };
    const card = { file, publicPath: own.path, ...size, picture: null };
    shown.push({ path: article.path, published: article.published, localFiles: [card] });
  }
  for (const name of kept) rmSync(join(folder, name));
  return shown;
}
