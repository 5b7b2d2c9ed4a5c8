import { describe, expect, it } from "vitest";
import { render } from "../render.ts";

describe("sourceName", () => {
  it.each([
    ['<p>甲。</p><p class="em_media">（文章来源：厦门日报）</p>', "厦门日报"],
    [
      '<p class="em_media">（文章来源：示例<a href="//a.example">证券</a>报）</p><p>甲。</p>',
      "示例证券报",
    ],
    ['<p class="em_media">（文章来源：安信国际证券(香港)）</p>', "安信国际证券(香港)"],
    [
      '<p class="em_media">（文章来源：21世纪经济报道  南财理财通）</p>',
      "21世纪经济报道 南财理财通",
    ],
    ["<p>甲。</p><p>来源：新华社 编辑：张三</p>", "新华社"],
    ["<p>甲。</p><p>（来源: 人民网）</p>", "人民网"],
    ["<p>甲。（示例证券报）</p>", "示例证券报"],
    ["<p>A.</p><p>Source: Reuters</p>", "Reuters"],
    ["<p>甲。</p><p>图片来源：示例官网</p>", null],
    ["<p>来源：此处的来源是一段很长的话。它不是报纸的名字。</p>", null],
    ["<p>甲。（下同）</p>", null],
    ["<p>来源：甲</p><p>1</p><p>2</p><p>3</p><p>4</p><p>5</p>", null],
  ])("of %s is %s", (html, source) => {
    expect(render(html, { format: "html" }).source).toBe(source);
  });
});
