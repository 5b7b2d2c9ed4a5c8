import { describe, expect, it } from "vitest";
import { headerAuthors } from "../../../../scripts/read/body/header-authors.ts";

describe("headerAuthors", () => {
  it.each([
    ["张三", ["张三"]],
    ["张三、李四", ["张三", "李四"]],
    ["张三, 欧阳明德", ["张三", "欧阳明德"]],
    ["张三 李四", ["张三", "李四"]],
    ["张 三", ["张三"]],
    ["王文", ["王文"]],
    ["文/张三 李四 图/王五", ["张三", "李四"]],
    ["文丨张三 图丨王五", ["张三"]],
    ["记者 张三", ["张三"]],
    ["本报记者张三 通讯员李四", ["张三", "李四"]],
    ["張三／台北報導", ["張三"]],
    ["買買提•艾山", ["買買提·艾山"]],
    ["By Jane Doe and Li Lei", ["Jane Doe", "Li Lei"]],
    [
      "Jane Doe, Ludwig van Beethoven, and Ann Poe",
      ["Jane Doe", "Ludwig van Beethoven", "Ann Poe"],
    ],
    ["Ｊａｎｅ　Ｄｏｅ", ["Jane Doe"]],
    ["Jane  Doe <jane@a.example>", ["Jane Doe"]],
    ["jane@a.example (Jane Doe)", ["Jane Doe"]],
    ["김철수, 이영희 기자", ["김철수", "이영희"]],
    ["محمد علي، سارة حسن", ["محمد علي", "سارة حسن"]],
  ])("reads the people in %j", (written, people) => {
    expect(headerAuthors(written)).toEqual(people);
  });

  it.each([
    "Smith, John",
    "Simon & Schuster",
    "Research and Development",
    "厦门 日报",
    "新华社",
    "本报记者",
    "阮一峰 的网络日志",
    "jane",
    "AC/DC",
    "jane@a.example",
  ])("leaves %j as it is", (written) => {
    expect(headerAuthors(written)).toEqual([written]);
  });
});
