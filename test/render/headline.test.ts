import { describe, expect, it } from "vitest";
import { phraseClass, renderHeadline } from "../../src/render/headline.ts";

describe("renderHeadline", () => {
  it.each([
    [
      "送服务送政策 让毕业生留下就业创业",
      [],
      '<h1 class="keep">送服务送政策 让毕业生留下就业创业</h1>',
    ],
    ["末班轮渡，延到零点", [], '<h1 class="keep">末班轮渡，延到零点</h1>'],
    ["末班轮渡今夜延到零点", [], "<h1>末班轮渡今夜延到零点</h1>"],
    [
      "Night ferries run until midnight",
      [],
      '<h1 class="keep">Night ferries run until midnight</h1>',
    ],
    [
      "桥洞下的乒乓球联赛打到了第十一年",
      [9],
      '<h1 class="keep">桥洞下的乒乓球联赛<wbr>打到了第十一年</h1>',
    ],
    [
      "一碗<鱼丸汤>的账本和三十二位摊主坐在一起算成本",
      [10, 17],
      '<h1 class="keep">一碗&lt;鱼丸汤&gt;的账本<wbr>和三十二位摊主<wbr>坐在一起算成本</h1>',
    ],
    [
      "厦门3-2逆转，2026–27赛季开门红",
      [],
      '<h1 class="keep">厦门3-\u20602逆转，2026–\u206027赛季开门红</h1>',
    ],
    [
      "After-school club for F-16 pilots",
      [],
      '<h1 class="keep">After-school club for F-\u206016 pilots</h1>',
    ],
  ])("breaks %s at its phrases and at %j", (title, titleBreaks, html) => {
    expect(renderHeadline({ title, titleBreaks }).html).toBe(html);
  });
});

describe("phraseClass", () => {
  it.each([
    ["末班轮渡，延到零点", true],
    ["末班轮渡延到零点", false],
    ["短题 这一个分句比一行能放下的字还要多出几个", false],
  ])("of %s is there: %s", (title, isThere) => {
    expect(phraseClass(title)?.html ?? null).toBe(isThere ? ' class="keep"' : null);
  });
});
