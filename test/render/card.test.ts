import { describe, expect, it } from "vitest";
import { articleCard, cardHash, namedSiteCard } from "../../src/render/card.ts";
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

describe("namedSiteCard", () => {
  it("says a description that is the title only once", () => {
    expect(namedSiteCard({ ...SITE, description: SITE.title }).card.note).toBe("");
  });
});
