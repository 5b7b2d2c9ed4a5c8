import { describe, expect, it } from "vitest";
import {
  forbiddenCharacters,
  withoutForbiddenCharacters,
} from "../../src/domain/xml-characters.ts";

describe("forbiddenCharacters", () => {
  it.each([
    ["\u0000", "U+0000"],
    ["\u0008", "U+0008"],
    ["\u000b", "U+000B"],
    ["\u001f", "U+001F"],
    ["\u007f", "U+007F"],
    ["\u0085", "U+0085"],
    ["\ud83d", "U+D83D"],
    ["\udc00", "U+DC00"],
    ["\ufffe", "U+FFFE"],
  ])("names %j", (character, name) => {
    expect(forbiddenCharacters(`😀${character}。`)).toEqual([{ name, index: 2 }]);
    expect(withoutForbiddenCharacters(`😀${character}。`)).toBe("😀。");
  });

  it.each(["\t\n\r", "中文", "😀", "\u00a0", "\u200d\u2028\ufeff", "\ufffd"])(
    "accepts %j",
    (text) => {
      expect(forbiddenCharacters(text)).toEqual([]);
      expect(withoutForbiddenCharacters(text)).toBe(text);
    },
  );
});
