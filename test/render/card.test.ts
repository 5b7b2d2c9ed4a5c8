import { describe, expect, it } from "vitest";
import {
  articleCard,
  articleCardPath,
  cardHash,
  namedSiteCard,
  pictureCard,
} from "../../src/render/card.ts";
import type { Site, Theme } from "../../src/domain/site.ts";
import { NEWSPAPER_ARTICLE, SITE } from "./sample-articles.ts";

const published = { epochSeconds: Date.UTC(2026, 10, 22, 1) / 1000, offsetMinutes: 480 };

describe("articleCard", () => {
  it.each([
    ["zh-CN", "2026年11月22日"],
    ["zh-TW", "2026年11月22日"],
    ["ja", "2026年11月22日"],
    ["ar", "22 نوفمبر 2026"],
    ["en-GB", "22 November 2026"],
    // No words of ours: figures that everyone reads alike.
    ["he", "2026-11-22"],
    ["fa", "2026-11-22"],
    ["ru", "2026-11-22"],
  ])("dates an article in %s %j", (language, day) => {
    expect(articleCard({ ...NEWSPAPER_ARTICLE, published, language }, SITE).day).toBe(day);
  });
});

describe("cardHash", () => {
  it.each(["headline", "site", "note", "day"] as const)("changes with the %s", (part) => {
    const card = articleCard(NEWSPAPER_ARTICLE, SITE);
    expect(cardHash({ ...card, [part]: "x" })).not.toBe(cardHash(card));
  });
});

describe("the name of a card", () => {
  const themed = (theme: Partial<Theme>): Site => ({
    ...SITE,
    theme: { light: {}, dark: {}, ...theme },
  });
  const nameOn = (site: Site): string => articleCardPath(NEWSPAPER_ARTICLE, site);

  it("changes with the colours that are on it, and with nothing else of a theme", () => {
    const own = nameOn(SITE);
    expect(nameOn(themed({ light: { accent: "#0b5a43" } }))).not.toBe(own);
    expect(nameOn(themed({ light: { paper: "#ffffff" } }))).not.toBe(own);
    expect(nameOn(themed({ light: { line: "#eeeeee" } }))).toBe(own);
    expect(nameOn(themed({ dark: { accent: "#7fd1b3" }, textFace: "serif" }))).toBe(own);
  });
});

describe("pictureCard", () => {
  const site = { ...SITE, pictureCards: true } as const;
  const image = {
    url: "https://wandu.example/media/p/0123456789abcdef.jpg",
    alt: "",
    type: "image/jpeg",
    width: 900,
    height: 600,
    length: null,
  };
  const article = { ...NEWSPAPER_ARTICLE, image };

  it("is the card of an article with a picture of its own files that is 900 pixels wide", () => {
    const shown = pictureCard(article, site);
    expect(shown?.picture).toBe("/media/p/0123456789abcdef.jpg");
    expect(shown?.path).toMatch(/^\/media\/c\/f5v4k2q9xa-[\da-f]{16}\.jpg$/);
    expect(articleCardPath(article, site)).toBe(shown?.path);
  });

  it("has another path for another headline, and for another picture", () => {
    const other = { ...image, url: "https://wandu.example/media/p/fedcba9876543210.jpg" };
    const paths = [article, { ...article, title: "另" }, { ...article, image: other }].map(
      (one) => pictureCard(one, site)?.path,
    );
    expect(new Set(paths).size).toBe(3);
  });

  it.each([
    ["narrow", { width: 899 }],
    ["flat", { width: 1600, height: 400 }],
    ["of an unknown size", { width: null }],
    ["of another host", { url: "https://img.example/media/p/0123456789abcdef.jpg" }],
    ["not made anew", { url: "https://wandu.example/a.jpg" }],
    ["moving", { type: "image/gif" }],
  ])("is not there for a picture that is %s", (_what, change) => {
    const plain = { ...article, image: { ...image, ...change } };
    expect(pictureCard(plain, site)).toBeNull();
    expect(articleCardPath(plain, site)).toMatch(/^\/c\/f5v4k2q9xa-6e51b413d018c597\.png$/);
  });

  it("is not there where the site does not want it", () => {
    expect(pictureCard(article, SITE)).toBeNull();
  });
});

describe("namedSiteCard", () => {
  it("says a description that is the title only once", () => {
    expect(namedSiteCard({ ...SITE, description: SITE.title }).card.note).toBe("");
  });
});
