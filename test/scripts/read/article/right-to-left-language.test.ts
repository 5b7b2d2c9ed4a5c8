import { describe, expect, it } from "vitest";
import {
  mayRunRightToLeft,
  rightToLeftLanguage,
} from "../../../../scripts/read/article/right-to-left-language.ts";

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
