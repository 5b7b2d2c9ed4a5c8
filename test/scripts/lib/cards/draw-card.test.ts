import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { imageSize } from "image-size";
import { cardFaults } from "../../../../scripts/lib/cards/card-faults.ts";
import { createCoverage, fontSlices } from "../../../../scripts/lib/cards/card-fonts.ts";
import { drawableCard } from "../../../../scripts/lib/cards/card-text.ts";
import { createCardDrawer } from "../../../../scripts/lib/cards/draw-card.ts";
import { CARD_DESIGN, articleCard } from "../../../../src/render/card.ts";
import {
  ARABIC_ARTICLE,
  NEWSPAPER_ARTICLE,
  SITE,
  TECHNICAL_ARTICLE,
} from "../../../render/sample-articles.ts";

const MOST_CARD_BYTES = 300_000;

const require = createRequire(import.meta.url);
const slices = fontSlices();
const isCovered = createCoverage(slices);
const draw = createCardDrawer(slices);

describe("a share card", () => {
  it.each([NEWSPAPER_ARTICLE, TECHNICAL_ARTICLE, ARABIC_ARTICLE])(
    "is a PNG of 1200 by 630 pixels that WhatsApp takes: $title",
    async (article) => {
      const png = await draw(articleCard(article, SITE));
      expect(imageSize(png)).toMatchObject({ type: "png", width: 1200, height: 630 });
      expect(png.byteLength).toBeLessThan(MOST_CARD_BYTES);
    },
  );

  it("is the same picture whenever it is drawn, and another one for another headline", async () => {
    const card = articleCard(NEWSPAPER_ARTICLE, SITE);
    const [first, second, other] = await Promise.all([
      draw(card),
      draw(card),
      draw({ ...card, headline: "另一个标题" }),
    ]);
    expect(Buffer.compare(first, second)).toBe(0);
    expect(Buffer.compare(first, other)).not.toBe(0);
  });

  it("is named after the type that is installed", () => {
    const versions = ["noto-serif-sc", "noto-naskh-arabic"].map((family) => {
      const { version } = require(`@fontsource/${family}/package.json`) as { version: string };
      return `${family} ${version}`;
    });
    expect(CARD_DESIGN.split(", ").slice(1)).toEqual(versions);
  });
});

describe("characters that the type has not", () => {
  it("are left out of the card rather than drawn as boxes", () => {
    const card = { ...articleCard(NEWSPAPER_ARTICLE, SITE), headline: "𠮷野家 👨‍👩‍👧 开张" };
    const drawable = drawableCard(card, isCovered);
    expect(drawable.missing).toContain("𠮷");
    expect(drawable.card.headline).toBe("野家 开张");
  });

  it("leave the site's name where nothing else is left", () => {
    const card = { ...articleCard(NEWSPAPER_ARTICLE, SITE), headline: "𠮷" };
    expect(drawableCard(card, isCovered).card.headline).toBe(SITE.title);
  });

  it("are reported with file and line, for the newest articles only", () => {
    const article = { ...NEWSPAPER_ARTICLE, path: "articles/a.md", titleLine: 3 };
    const strange = { ...article, title: "𠮷野家" };
    expect(cardFaults([article, strange], { site: SITE, cards: 2 }, isCovered)).toMatchObject([
      {
        level: "warning",
        path: "articles/a.md",
        line: 3,
        what: "The share card leaves out “𠮷” (U+20BB7)",
      },
    ]);
    expect(cardFaults([strange], { site: SITE, cards: 0 }, isCovered)).toEqual([]);
  });

  it("are those that its files lack, whatever their stylesheet says", () => {
    const characters = Array.from("鹭岛か漁Aé1②…ا🌅❤한국₿𠮷ไ");
    expect(characters.filter(isCovered)).toEqual(Array.from("鹭岛か漁Aé1②…ا"));
  });

  it("leave the site's name, where most of a headline is lost", () => {
    const card = articleCard(NEWSPAPER_ARTICLE, SITE);
    const headline = "한국어 제목 2026";
    expect(drawableCard({ ...card, headline }, isCovered).card.headline).toBe(SITE.title);
  });
});
