import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cardLines } from "../../../../scripts/lib/cards/card-lines.ts";

describe("cardLines", () => {
  it.each([
    // At the newspaper's blank rather than where a line is full.
    ["送服务送政策 让毕业生留下就业创业", ["送服务送政策", "让毕业生留下就业创业"]],
    // Between words, never inside one; an opening quote goes with what it opens.
    ["菜场里的“修鞋博士”", ["菜场里的", "“修鞋博士”"]],
    ["湖水连续三年达到二类", ["湖水连续", "三年达到二类"]],
    ["小满读诗", ["小满读诗"]],
    ["R&D 投入连涨五年，湖城企业靠什么", ["R&D 投入连涨五年，", "湖城企业靠什么"]],
    // Endings and counts stay with their word.
    ["稻田里的白鹭记账员：数清了四百只鸟", ["稻田里的白鹭记账员：", "数清了四百只鸟"]],
    ["一个村子与它的二十七种柿子", ["一个村子", "与它的二十七种", "柿子"]],
    // A word that no line holds.
    [
      "Donaudampfschifffahrtsgesellschaftskapitän",
      ["Donaudampfschifffahrtsge", "sellschaftskapitän"],
    ],
    ["The harbour at low tide", ["The harbour", "at low tide"]],
  ])("breaks %j into %j", (headline, lines) => {
    expect(cardLines(headline).lines).toEqual(lines);
  });

  it("sets short headlines larger than long ones", () => {
    expect(cardLines("小满读诗").fontSize).toBeGreaterThan(
      cardLines("湖水连续三年达到二类 三十七位护湖员的日与夜").fontSize,
    );
  });

  it("loses no character of a headline that fits, and ends a longer one with an ellipsis", () => {
    const character = fc.constantFrom(..."湖城报的书，。“”（）A1 ".split(""));
    fc.assert(
      fc.property(fc.array(character, { minLength: 1, maxLength: 140 }), (characters) => {
        const headline = characters.join("").replaceAll(/\s+/g, " ").trim();
        const { lines } = cardLines(headline);
        const shown = lines.join("").replaceAll(" ", "");
        const whole = headline.replaceAll(" ", "");
        if (shown.endsWith("…")) expect(whole.startsWith(shown.slice(0, -1))).toBe(true);
        else expect(shown).toBe(whole);
      }),
      { numRuns: 60 },
    );
  });
});
