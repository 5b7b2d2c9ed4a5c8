import { describe, expect, it } from "vitest";
import { setNewspaperLines } from "../../../../../scripts/read/body/facts/newspaper-lines.ts";

const LONG = `<p>${"昨日上午，湖城老西门城墙脚下的书屋正式开门，街坊们排队进来。".repeat(2)}</p>`;
const ENGLISH = `<p>${"The bookshop by the old wall opened yesterday. ".repeat(2)}</p>`;

/** A body of these paragraphs. */
const body = (...paragraphs: readonly string[]): string => paragraphs.join("\n");

describe("setNewspaperLines", () => {
  it.each([
    "夜里九点的灯",
    "“翻书先看字条”",
    "一、谁来守夜",
    "2022年的第一场雪",
    "AI 进课堂",
    "《论语》怎么读",
  ])("sets %s between long paragraphs in bold", (text) => {
    expect(setNewspaperLines(body(LONG, `<p>${text}</p>`, LONG))).toBe(
      body(LONG, `<p><strong>${text}</strong></p>`, LONG),
    );
  });

  it("takes two lines for one head, and three for something else", () => {
    const lines = ["新平台", "服务更便捷满足更多求职需求", "新体验"].map(
      (text) => `<p>${text}</p>`,
    );
    const two = setNewspaperLines(body(LONG, ...lines.slice(0, 2), LONG));
    expect(two.match(/<strong>/g)).toHaveLength(2);
    const three = body(LONG, ...lines, LONG);
    expect(setNewspaperLines(three)).toBe(three);
  });

  it.each([
    ["a sentence", body(LONG, "<p>灯一直亮着。</p>", LONG)],
    ["what leads over to a list", body(LONG, "<p>六大主题活动：</p>", LONG)],
    ["a member of a list", body(LONG, "<p>●暑期夏令营</p>", LONG)],
    ["a date", body(LONG, "<p>2022年1月10日</p>", LONG)],
    ["a line of over twenty characters", body(LONG, `<p>${"长".repeat(21)}</p>`, LONG)],
    ["the last line", body(LONG, "<p>张三</p>")],
    ["a line behind a short one", body("<p>短短的一段话，到此为止。</p>", "<p>灯</p>", LONG)],
    ["a line behind a picture", body(LONG, '<img src="a.jpg" alt="">', "<p>老城墙</p>", LONG)],
    ["what is bold or a link already", body(LONG, "<p><b>夜里的灯</b></p>", LONG)],
    ["a source line", body(LONG, '<p class="source">湖城日报</p>', LONG)],
    ["a line without Han characters", body(ENGLISH, "<p>Night lights</p>", ENGLISH)],
    ["members of a list of HTML", `<ul><li>${LONG}</li><li><p>灯</p></li><li>${LONG}</li></ul>`],
  ])("leaves %s as it is", (_, html) => {
    expect(setNewspaperLines(html)).toBe(html);
  });

  it.each([
    "文/本报记者林知秋 通讯员何小满",
    "图/何小满",
    "（本报记者 林知秋）",
    "▲城墙下的书屋",
    "By Anna Lind",
  ])("sets %s at the beginning in small type", (text) => {
    expect(setNewspaperLines(body(`<p>${text}</p>`, LONG))).toBe(
      body(`<p class="meta">${text}</p>`, LONG),
    );
  });

  it("leaves the writers at the end of an article, and sentences about pictures, as they are", () => {
    const html = body(
      "<p>本图书馆今日开放。</p>",
      ...Array.from({ length: 5 }, () => LONG),
      "<p>（记者 林知秋）</p>",
    );
    expect(setNewspaperLines(html)).toBe(html);
  });

  it("changes no text", () => {
    const html = body("<p>图/何小满</p>", LONG, "<p>夜里九点的灯</p>", LONG);
    const text = (markup: string): string => markup.replaceAll(/<[^>]*>/g, "");
    expect(text(setNewspaperLines(html))).toBe(text(html));
  });
});
