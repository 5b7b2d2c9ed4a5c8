import { describe, expect, it } from "vitest";
import {
  languageAgainstSite,
  mayRunRightToLeft,
  rightToLeftLanguage,
} from "../../../../scripts/read/article/language-against-site.ts";

describe("rightToLeftLanguage", () => {
  it.each([
    ["عاد سوق السمك القديم إلى العمل صباح أمس بعد عامين من الترميم", "ar"],
    ["بازار ماهی پس از دو سال دوباره باز شد و گروهی از مردم آمدند", "fa"],
    ["שוק הדגים הישן נפתח אמש מחדש לאחר שנתיים של שיפוץ", "he"],
    ["江边灯塔重新亮灯，市民可以免费登塔，每次限二十人，周末开放", null],
    ["The harbour at low tide, with a word of Arabic: سوق", null],
    ["عنوان عربي بلا لغة", "ar"],
    ["سوق", null],
    ["", null],
  ])("takes %j for %s", (text, language) => {
    expect(rightToLeftLanguage(text)).toBe(language);
  });
});

describe("mayRunRightToLeft", () => {
  it("passes over no letter that decides", () => {
    const passedOver: number[] = [];
    for (let point = 0; point <= 0x10_ff_ff; point += 1) {
      const character = String.fromCodePoint(point);
      const isRightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(character);
      if (isRightToLeft && !mayRunRightToLeft(character)) passedOver.push(point);
    }
    expect(passedOver).toEqual([]);
  });
});

describe("languageAgainstSite", () => {
  it.each([
    ["ar", "<p>江边灯塔重新亮灯，市民可以免费登塔。</p>", "zh"],
    ["he", "<p>灯台は今夜からまた光ります。</p>", "ja"],
    ["fa", "<p>등대가 오늘 밤 다시 켜집니다.</p>", "ko"],
    ["ar", "<p>The lighthouse (منارة) shines again from tonight on.</p>", "en"],
    ["ur", "<p>Маяк снова светит с сегодняшнего вечера.</p>", "ru"],
    ["ar", "<p>عاد سوق السمك القديم إلى العمل صباح أمس</p>", null],
    [
      "ar",
      "<p>هكذا نثبت البرنامج</p><pre>npm install --save-dev something-long-winded</pre>",
      null,
    ],
    ["he", "<p>عاد سوق السمك القديم إلى العمل صباح أمس</p>", null],
    ["zh-CN", "<p>عاد سوق السمك القديم إلى العمل صباح أمس</p>", "ar"],
    ["zh-CN", "<p>The lighthouse shines again from tonight on.</p>", null],
    ["ar", "<p>ok</p>", null],
  ])("takes, on a site in %s, %j for %s", (site, html, language) => {
    expect(languageAgainstSite("", html, site)).toBe(language);
  });
});
