import { pinyin } from "pinyin-pro";
import { describe, expect, it } from "vitest";
import { compareInitials, titleInitial } from "../../../scripts/bundle/title-initial.ts";

const pinyinOf = (text: string): string => pinyin(text, { toneType: "none" });

describe("titleInitial", () => {
  it.each([
    ["厦门日报", "zh-CN", "X"],
    ["重庆晚报", "zh-CN", "C"],
    ["長沙晚報", "zh-TW", "C"],
    ["《人民日报》", "zh-CN", "R"],
    ["绿色能源", "zh-CN", "L"],
    ["𬭎光", "zh-CN", "H"],
    ["R&D 报", "zh-CN", "R"],
    ["Ｅ课堂", "zh-CN", "E"],
    ["Économie", "fr", "E"],
    ["łódź", "pl", "Ł"],
    ["36氪", "zh-CN", "#"],
    ["……", "zh-CN", "#"],
    ["がくしゅう", "ja", "か"],
    ["パソコン", "ja", "は"],
    ["ァ", "ja", "あ"],
    ["んだ", "ja", "わ"],
    ["経済", "ja", "漢"],
    ["경제", "ko", "ㄱ"],
    ["까치", "ko", "ㄱ"],
    ["하늘", "ko", "ㅎ"],
    ["رياضة", "ar", "ر"],
    ["экономика", "ru", "Э"],
  ])("looks %s (%s) up by %s", (title, language, initial) => {
    expect(titleInitial(title, language, pinyinOf).initial).toBe(initial);
  });
});

describe("compareInitials", () => {
  it("puts Latin letters first, then other scripts, then Han and what has no letter", () => {
    const initials = ["#", "漢", "か", "Z", "ㄱ", "A", "あ"];
    expect(initials.toSorted(compareInitials)).toEqual(["A", "Z", "あ", "か", "ㄱ", "漢", "#"]);
  });
});
