import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, it } from "vitest";
import { makePictureCards } from "../../../scripts/bundle/make-picture-cards.ts";
import type { Site } from "../../../src/domain/site.ts";
import { pictureCard } from "../../../src/render/card.ts";
import { NEWSPAPER_ARTICLE, SITE } from "../../render/sample-articles.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const folder = temporaryFolder();
const SHOWING: Site = { ...SITE, pictureCards: true };
const image = {
  url: `${SITE.url}/media/p/0123456789abcdef.jpg`,
  alt: "",
  type: "image/jpeg",
  width: 1600,
  height: 1000,
  length: null,
};
const ARTICLE = { ...NEWSPAPER_ARTICLE, image, path: "articles/a.md" };

const cardsOf = (articles: readonly (typeof ARTICLE)[], site = SHOWING, count = 10) => {
  const drawn: string[] = [];
  const made = makePictureCards({
    site,
    articles,
    count,
    pictures: join(folder.path, "pictures"),
    folder: join(folder.path, "cards"),
    draw: (card, picture) => {
      drawn.push(`${card.headline} on ${basename(picture)}`);
      return Promise.resolve(Buffer.from(card.headline));
    },
  });
  return made.then((files) => ({ drawn, files }));
};

it("makes the card of an article with a large picture once, as a file to serve", async () => {
  const path = pictureCard(ARTICLE, SHOWING)?.path ?? "";
  const first = await cardsOf([ARTICLE]);
  expect(first.drawn).toEqual([`${ARTICLE.title} on 0123456789abcdef.jpg`]);
  const [local] = first.files[0]?.localFiles ?? [];
  expect(local).toMatchObject({ publicPath: path, width: 1200, height: 630, picture: null });
  expect(readFileSync(local?.file ?? "", "utf8")).toBe(ARTICLE.title);
  expect((await cardsOf([ARTICLE])).drawn).toEqual([]);
});

it("makes another for another headline, and removes the one before", async () => {
  await cardsOf([ARTICLE]);
  writeFileSync(join(folder.path, "cards", "cut-off.jpg.part"), "");
  const { drawn } = await cardsOf([{ ...ARTICLE, title: "另一个标题" }]);
  expect(drawn).toHaveLength(1);
  expect(readdirSync(join(folder.path, "cards"))).toHaveLength(1);
});

it.each([
  ["without the setting", SITE, 10],
  ["without cards", SHOWING, 0],
])("makes none %s", async (_what, site, count) => {
  expect(await cardsOf([ARTICLE], site, count)).toEqual({ drawn: [], files: [] });
});
