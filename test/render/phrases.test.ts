import { describe, expect, it } from "vitest";
import { counted } from "../../src/render/phrases/counted.ts";
import { phrasesFor } from "../../src/render/phrases/phrases-for.ts";

describe("phrasesFor", () => {
  it.each([
    ["zh-CN", "zh-Hans"],
    ["zh", "zh-Hans"],
    ["zh-Hans-HK", "zh-Hans"],
    ["zh-TW", "zh-Hant"],
    ["zh-hant", "zh-Hant"],
    ["zh-HK", "zh-Hant"],
    ["en-GB", "en"],
    ["ar-EG", "ar"],
    ["ja", "ja"],
    ["ko-KR", "ko"],
    ["es", "en"],
  ])("speaks for %s in %s", (language, words) => {
    expect(phrasesFor({ language }).language).toBe(words);
  });
});

describe("counted", () => {
  it.each([
    ["en", 1, "1 article"],
    ["en", 1_234_567, "1,234,567 articles"],
    ["zh-CN", 2000, "共 2,000 篇文章"],
    ["ja", 12, "12 件の記事"],
  ])("says in %s of %i: %s", (language, count, text) => {
    expect(counted(phrasesFor({ language }), count)).toBe(text);
  });
});
