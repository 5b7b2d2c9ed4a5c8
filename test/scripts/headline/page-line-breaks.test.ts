import { describe, expect, it } from "vitest";
import { pageLineBreaks } from "../../../scripts/headline/page-line-breaks.ts";

/** The title with a bar at every break. */
function broken(title: string): string {
  const breaks = pageLineBreaks(title);
  return [0, ...breaks].map((start, index) => title.slice(start, breaks[index])).join("|");
}

describe("pageLineBreaks", () => {
  it.each([
    "桥洞下的乒乓球联赛|打到了第十一年",
    "设计模式详解|及PHP实现",
    "一个村子与它的|二十七种柿子",
    "编辑部手记：为什么我们一天|只选十四篇",
    "CBA第12轮：福建浔兴98:101惜败|辽宁本钢",
    "五缘湾1号地块以|28.6亿元成交 楼面价4.1万元/㎡",
    "“我的孩子|终于上学了”——一位外来务工母亲的|“厦门故事”",
  ])("parts words and not characters: %s", (expected) => {
    expect(broken(expected.replaceAll("|", ""))).toBe(expected);
  });

  it.each([
    "送服务送政策 让毕业生留下就业创业",
    "末班轮渡，延到零点",
    "Night ferries will run until midnight from next Monday",
    "سوق البحر يفتح أبوابه من جديد بعد إغلاق دام ثلاث سنوات",
    "",
  ])("are none where blanks and punctuation do: %s", (title) => {
    expect(pageLineBreaks(title)).toEqual([]);
  });

  it("are looked for in a headline only, where a whole article got into the title", () => {
    const title = "长江大桥今天正式通车市民可以步行过江".repeat(2000);
    const breaks = pageLineBreaks(title);
    expect(breaks.length).toBeGreaterThan(10);
    expect(Math.max(...breaks)).toBeLessThan(240);
  });

  it("leave no part that is longer than a line", () => {
    const title =
      "修了三次淹过两回搬走又搬回来的澜江老石桥终于在一百一十八岁这一年重新允许行人牵着手慢慢走过";
    const parts = broken(title).split("|");
    expect(parts.join("")).toBe(title);
    expect(Math.max(...parts.map((part) => part.length))).toBeLessThanOrEqual(10);
  });
});
