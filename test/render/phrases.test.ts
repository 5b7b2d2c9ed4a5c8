import { describe, expect, it } from "vitest";
import { phrasesFor } from "../../src/render/phrases.ts";

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
    ["ja", "en"],
  ])("speaks for %s in %s", (language, words) => {
    expect(phrasesFor(language).language).toBe(words);
  });

  it("counts as each language does", () => {
    expect(phrasesFor("en").articleCount(1)).toBe("1 article");
    expect(phrasesFor("en").articleCount(1234567)).toBe("1,234,567 articles");
    expect(phrasesFor("zh-CN").allCategories(2000)).toBe("全部 2,000 个栏目");
  });
});
