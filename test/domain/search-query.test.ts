import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  MOST_TERMS,
  parseQuery,
  shorterQueries,
  spelledQuery,
  termsOf,
} from "../../src/domain/search-query.ts";

function spelled(typed: string): string {
  const query = parseQuery(typed);
  return query.ok ? query.value.text : query.failure.reason;
}

describe("a query", () => {
  it.each([
    ["厦门 大学", "厦门 大学"],
    ["大学　厦门 大学", "厦门 大学"],
    ["厦门，大学", "厦门 大学"],
    ['"new  york" 厦门', '"new york" 厦门'],
    ["“百年校庆”", "百年校庆"],
    ["「厦门，大学」", '"厦门,大学"'],
    ["厦门 -广告 －推广", "厦门 -广告 -推广"],
    ["作者：张三 年份：２０２４ 厦门", "厦门 author:张三 year:2024"],
    ["category:b category:a", "category:a category:b"],
    ['author:"Jane Doe"', 'author:"Jane Doe"'],
    ["http://a.example", '"http://a.example"'],
    ["厦门-year:2024", '"year:2024" 厦门'],
    ["ＮＡＴＯ", "NATO"],
    ["year:2024", "year:2024"],
    ["-广告", "-广告"],
    ["茶 文化", "文化"],
    ["-category:ads 厦门", "厦门 -category:ads"],
    ['author:" " 厦门', "厦门"],
    ["作者： 张三", "author:张三"],
    ["year: 2025", "year:2025"],
    ["年份：2025年", "year:2025"],
    ["ＡＵＴＨＯＲ：张三", "author:张三"],
    ['author:"tag:x"', 'author:"tag:x"'],
    ["subcategory:news", '"subcategory:news"'],
  ])("%s has one spelling", (typed, expected) => {
    expect(spelled(typed)).toBe(expected);
  });

  it.each([
    ["", "empty"],
    ["  ", "empty"],
    ["！——", "no-words"],
    ["茶", "one-character"],
    ["“茶”", "one-character"],
    ["year:last", "no-year"],
    ["year:2024 year:2025", "no-year"],
    ["-year:2025", "no-year"],
    ["-年份：2025", "no-year"],
    ["year:", "no-year"],
    ["厦门 category:", "no-name"],
    ["作者： 年份：2025", "no-name"],
    ["字".repeat(200), "too-long"],
    [Array.from({ length: 17 }, (_, index) => `tag:${index}`).join(" "), "too-long"],
  ])("%s is refused: %s", (typed, reason) => {
    expect(spelled(typed)).toBe(reason);
  });

  it.each([
    ["category:KEJI", "category:keji"],
    ["栏目：隨筆", "category:随笔"],
    ["tag:快訊", "tag:快讯"],
    ["tag:Ｃ＋＋", "tag:c++"],
    ["tag:Café", "tag:cafe"],
  ])("%s finds what %s does", (one, other) => {
    const [a, b] = [parseQuery(one), parseQuery(other)];
    expect(a.ok && b.ok && [...termsOf(a.value)]).toEqual(b.ok && [...termsOf(b.value)]);
  });

  it("tells tags apart by their marks", () => {
    const [a, b] = [parseQuery("tag:C"), parseQuery("tag:C++")];
    expect(a.ok && termsOf(a.value)).not.toEqual(b.ok && termsOf(b.value));
  });

  const LONG = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥东西南北春夏秋冬上下左右";
  const WORDS = "a b c d e f g h i j k l m n o p q r";
  it.each([
    [LONG, LONG.slice(0, 32)],
    [`${LONG} year:2024`, `${LONG.slice(0, 32)} year:2024`],
    [`${LONG} category:a`, `${LONG.slice(0, 30)} category:a`],
    [`厦门 -广告 ${LONG}`, `厦门 ${LONG.slice(0, 28)} -广告`],
    [WORDS, WORDS.slice(0, 31)],
  ])("%s is cut, and says so", (typed, expected) => {
    const query = parseQuery(typed);
    expect(query.ok && [query.value.text, query.value.isCut]).toEqual([expected, true]);
    const again = parseQuery(expected);
    expect(again.ok && [again.value.text, again.value.isCut]).toEqual([expected, false]);
  });

  it("keeps the words in the order in which they were typed, for the page", () => {
    const query = parseQuery("tide low -sea -harbour tide");
    expect(query.ok && spelledQuery(query.value)).toBe("tide low -sea -harbour");
    expect(query.ok && query.value.text).toBe("low tide -harbour -sea");
  });

  it("names the characters that were left out", () => {
    const query = parseQuery("茶 文化");
    expect(query.ok && query.value.leftOut).toEqual(["茶"]);
  });

  it("means the same in its one spelling, and never more than so many terms", () => {
    const part = fc.constantFrom(
      "厦门",
      "大学",
      " ",
      "-",
      '"',
      "茶",
      "news",
      "：",
      "author:",
      "year:2024",
      "，",
      "A股",
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 20 }), (parts) => {
        const query = parseQuery(parts.join(""));
        if (!query.ok) return;
        expect(termsOf(query.value).size).toBeLessThanOrEqual(MOST_TERMS);
        const again = parseQuery(query.value.text);
        expect(again.ok && again.value.text).toBe(query.value.text);
        expect(again.ok && termsOf(again.value)).toEqual(termsOf(query.value));
      }),
    );
  });

  it.each([
    ["厦门 大学 year:2024", ["厦门 大学", "大学", "厦门"]],
    ["厦门大学城", ["厦门大", "学城"]],
    ["厦门", []],
    ["厦门 category:a", ["厦门"]],
  ])("%s that finds nothing has shorter ones", (typed, expected) => {
    const query = parseQuery(typed);
    expect(query.ok ? shorterQueries(query.value) : null).toEqual(expected);
  });
});
