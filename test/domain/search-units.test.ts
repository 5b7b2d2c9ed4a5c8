import { describe, expect, it } from "vitest";
import { eachTerm, phraseTerms } from "../../src/domain/search-terms.ts";
import { foldedText, searchUnits } from "../../src/domain/search-units.ts";
import { simplifiedByTraditional } from "../../src/domain/simplified-han.ts";

/** Units with a bar where a reader would stop. */
function written(text: string): string {
  return searchUnits(text)
    .map(({ text: unit, isJoined }) => (isJoined ? unit : `|${unit}`))
    .join(" ");
}

function terms(text: string): readonly string[] {
  const found: string[] = [];
  eachTerm(text, 0, (term, place) => {
    found.push(`${term} ${place}`);
  });
  return found;
}

describe("searchUnits", () => {
  it.each([
    ["characters of Han, and a stop", "厦门，大学", "|厦 门 |大 学"],
    ["a blank between characters as a stop", "厦门 大学", "|厦 门 |大 学"],
    ["no stop between a character and a word", "5G 手机", "|5 g 手 机"],
    ["words, whatever is between", "Hello, World", "|hello world"],
    ["letters and digits apart", "iPhone15", "|iphone 15"],
    ["full-width forms as others", "ＮＡＴＯ２０２２年", "|nato 2022 年"],
    ["accents as letters without", "Café Ångström ΣΟΦΌΣ", "|cafe angstrom σοφοσ"],
    ["traditional characters as simplified ones", "廈門大學", "|厦 门 大 学"],
    ["half-width kana as others", "ｶﾞｲﾄﾞ", "|ガ イ ド"],
    ["kana that are written in two characters", "か\u3099い", "|が い"],
    ["hangul by syllables", "서울 시장", "|서 울 |시 장"],
    ["Arabic without points and stretching", "كِتَـاب", "|كتاب"],
    ["Hebrew without points", "שָׁלוֹם", "|שלום"],
    ["letters that look like marks where they change words", "ไทย ที่", "|ไทย ที่"],
    ["characters beyond the first plane", "𠮷野", "|𠮷 野"],
    ["a sign that stands for several characters", "㍻", "|平 成"],
    ["nothing in marks", "——！…… 🎉", ""],
  ])("reads %s", (_, text, expected) => {
    expect(written(text)).toBe(expected);
  });

  it("says where each stands", () => {
    const text = "「廈門」ＡＢ";
    const places = searchUnits(text).map(({ start, end }) => text.slice(start, end));
    expect(places).toEqual(["廈", "門", "ＡＢ"]);
  });

  it("knows 2,966 traditional characters, and none that becomes another one", () => {
    const table = simplifiedByTraditional();
    expect(table.size).toBe(2966);
    expect([...table.values()].filter((simplified) => table.has(simplified))).toEqual([]);
    const pairs = ["學学", "廈厦", "髮发", "發发", "臺台", "鹽盐", "龜龟", "薴苎"];
    expect(
      pairs.map(
        (pair) => pair.charAt(0) + String.fromCodePoint(table.get(pair.charCodeAt(0)) ?? 0),
      ),
    ).toEqual(pairs);
  });

  it("folds each ideograph as any other text is folded", () => {
    const ideographs = Array.from({ length: 0xa0_00 - 0x4e_00 }, (_, index) =>
      String.fromCodePoint(0x4e_00 + index),
    );
    const units = searchUnits(ideographs.join(""));
    expect(units.every(({ isCharacter }) => isCharacter)).toBe(true);
    expect(units.map(({ text }) => text)).toEqual(ideographs.map(foldedText));
  });
});

describe("the terms of a text", () => {
  it.each([
    ["厦门大学", ["厦门 0", "门大 1", "大学 2"]],
    ["厦门，大学", ["厦门 0", "大学 3"]],
    ["茶", ["茶 0"]],
    ["2022年A股", ["2022年 0", "2022 0", "年a 1", "a股 2", "a 2"]],
    ["new york", ["new 0", "york 1"]],
  ])("of %s are pairs, words, and characters without neighbours", (text, expected) => {
    expect(terms(text)).toEqual(expected);
  });

  it.each([
    ["厦门大学", ["厦门 0", "大学 2"], []],
    ["厦门大学城", ["厦门 0", "大学 2", "学城 3"], []],
    ["A股", ["a股 0"], []],
    ["new york", ["new 0", "york 1"], []],
    ["厦门，茶，大学", ["厦门 0", "茶 3", "大学 5"], []],
    ["茶", [], ["茶"]],
    ["茶，大学", ["大学 0"], ["茶"]],
  ])("that prove %s are as few as can be", (phrase, expected, lonely) => {
    const found = phraseTerms(searchUnits(phrase));
    expect(found.terms.map(({ term, place }) => `${term} ${place}`)).toEqual(expected);
    expect(found.lonely).toEqual(lonely);
  });
});
