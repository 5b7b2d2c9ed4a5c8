import { describe, expect, it } from "vitest";
import { phraseClass } from "../../src/render/headline.ts";

describe("phraseClass", () => {
  it.each([
    ["送服务送政策 让毕业生留下就业创业", true],
    ["末班轮渡，延到零点", true],
    ["末班轮渡延到零点", false],
    ["短题 这一个分句比一行能放下的字还要多出几个", false],
  ])("of %s within ten characters is there: %s", (title, isThere) => {
    expect(phraseClass(title, 10)?.html ?? null).toBe(isThere ? ' class="phrases"' : null);
  });
});
