import { describe, expect, it } from "vitest";
import { bylineAuthors, isByline } from "../../../../../scripts/read/body/facts/byline-authors.ts";
import type { TextBlock } from "../../../../../scripts/read/body/html/text-blocks.ts";

function paragraph(text: string): TextBlock {
  return { kind: "paragraph", text, isSource: false, isAfterImage: false };
}

describe("bylineAuthors", () => {
  it.each([
    ["文/本报记者邵凌丰通讯员叶晓菲", ["邵凌丰", "叶晓菲"]],
    ["文/本报记者 邵凌丰 通讯员 叶晓菲 图/通讯员 林木阳", ["邵凌丰", "叶晓菲"]],
    ["文｜记者 张三、李四", ["张三", "李四"]],
    ["文：张 三　欧阳明德", ["张三", "欧阳明德"]],
    ["（记者 张三 李四）", ["张三", "李四"]],
    ["记者 张三 李四", ["张三", "李四"]],
    ["厦门日报首席记者 张三", ["张三"]],
    ["见习记者张三 实习生李四", ["张三", "李四"]],
    ["作者：买买提·艾山", ["买买提·艾山"]],
    ["文/张三 编辑/李四 校对/王五", ["张三"]],
    ["本报讯（记者 张三 通讯员 李四）3日上午，新馆正式开放。", ["张三", "李四"]],
    ["新华社北京1月10日电（记者张三、李四）新馆正式开放。", ["张三", "李四"]],
    ["By Jane O’Brien and Li Lei", ["Jane O’Brien", "Li Lei"]],
    ["By Ann Poe, Li Lei, and Ludwig van Beethoven", ["Ann Poe", "Li Lei", "Ludwig van Beethoven"]],
    ["记者张三 摄影记者李四", ["张三"]],
    ["张三", []],
    ["文/王文", ["王文"]],
    ["记者 张三 文 李四 摄", ["张三"]],
    ["文丨张三 图丨李四", ["张三"]],
    ["图文/张三", ["张三"]],
    ["〔記者張三／台北報導〕", ["張三"]],
    ["【本报讯】（记者张三）新馆开放。", ["张三"]],
    ["文／买买提•艾山", ["买买提·艾山"]],
    ["记者 张三 通讯员 张三", ["张三"]],
  ])("reads %j", (text, authors) => {
    expect(bylineAuthors([paragraph("图为现场。"), paragraph(text)])).toEqual(authors);
  });

  it("reads a signature at the end", () => {
    expect(bylineAuthors([paragraph("新馆开放。（本报记者 张三）")])).toEqual(["张三"]);
  });

  it.each([
    "图/通讯员林木阳",
    "记者从会上获悉，新馆正式开放。",
    "记者在现场看到",
    "文/张三李四",
    "文/综合整理自网络消息",
    "文/本报评论员",
    "新馆开放。（图为现场）",
    "By the way",
    "By Jane Doe, Staff Writer",
    "文/新华社",
    "据通讯员张三介绍，新馆开放。",
  ])("names nobody for %j", (text) => {
    expect(bylineAuthors([paragraph(text)])).toEqual([]);
  });
});

describe("isByline", () => {
  it.each([
    ["文/本报记者邵凌丰", true],
    ["图/通讯员林木阳", true],
    ["记者 张三", true],
    ["图为现场", false],
    ["新平台", false],
    ["文学作品获奖", false],
  ])("of %j is %s", (line, expected) => {
    expect(isByline(line)).toBe(expected);
  });
});
