import type { DatePatterns } from "../../src/domain/site.ts";
import { describe, expect, it } from "vitest";
import { spokenPhrases } from "../../src/render/phrases/phrases-for.ts";
import { readerPage, readerPagePart, renderTime } from "../../src/render/reader-dates.ts";

const CHINESE = datesOf("zh-CN");
const ENGLISH = datesOf("en");
const ARABIC = datesOf("ar");
function datesOf(language: string): DatePatterns {
  const phrases = spokenPhrases(language);
  if (phrases === null) throw new Error(`No words in ${language}`);
  return phrases.dates;
}

const MORNING = { epochSeconds: 1641771333, offsetMinutes: 480 };

describe("renderTime", () => {
  it.each([
    ["2022年1月10日 07:35", CHINESE],
    ["10 January 2022, 07:35", ENGLISH],
    ["10 يناير 2022، 07:35", ARABIC],
  ])("reads %s, by the writer's clock", (text, style) => {
    expect(renderTime(MORNING, style).html).toBe(
      `<time datetime="2022-01-10T07:35:33+08:00">${text}</time>`,
    );
  });

  it("shows midnight sharp as a day", () => {
    const midnight = { epochSeconds: 1641744000, offsetMinutes: 480 };
    expect(renderTime(midnight, CHINESE).html).toBe(
      '<time datetime="2022-01-10T00:00:00+08:00">2022年1月10日</time>',
    );
  });
});

describe("readerPage and readerPagePart", () => {
  it.each([
    ["2022", "2022年", "2022年", "2022"],
    ["2022-01", "2022年1月", "1月", "January"],
    ["2022-01-09", "2022年1月9日", "9日", "9"],
    ["2022-01-09T07", "2022年1月9日 07:00", "07:00", "07:00"],
    ["2022-01-09T07:35", "2022年1月9日 07:35", "07:35", "07:35"],
  ])("reads %s as %s, and beside its parent as %s or %s", (page, whole, chinese, english) => {
    expect(readerPage(page, CHINESE)).toBe(whole);
    expect(readerPagePart(page, CHINESE)).toBe(chinese);
    expect(readerPagePart(page, ENGLISH)).toBe(english);
  });
});
