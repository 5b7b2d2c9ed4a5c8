import { describe, expect, it } from "vitest";
import { cutSummary } from "../../../../../scripts/read/body/facts/cut-summary.ts";
import { render } from "../render.ts";

const LONG =
  "滨海市图书馆新馆三日上午正式开放，新馆位于海边公园南侧，共有六层，藏书一百二十万册，设有儿童阅读区和二十四小时自助借书点，周末还将举办面向全体市民的免费讲座和音乐会。";

function summary(html: string): string {
  return render(html, { format: "html" }).summary;
}

describe("leadSummary", () => {
  it.each([
    [
      "captions above the byline",
      `<p>图中是新馆的大厅。</p><p>文/记者张三</p><p>图/李四</p><p>${LONG}</p>`,
    ],
    [
      "captions under pictures",
      `<p><img src="//a.example/b.jpg"></p><p>新馆大厅 张三 摄</p><p>${LONG}</p>`,
    ],
    ["headings", `<h2>开放了。</h2><p>${LONG}</p>`],
    ["subheadings that are paragraphs", `<p><b>新服务</b></p><p>${LONG}</p>`],
    ["tables and code", `<table><tr><td>价格。</td></tr></table><pre>a.</pre><p>${LONG}</p>`],
    [
      "the line that names the source",
      `<p class="em_media">（文章来源：甲报。）</p><p>${LONG}</p>`,
    ],
  ])("passes over %s", (_name, html) => {
    expect(summary(html)).toBe(LONG);
  });

  it.each(["图书馆周三开放。", "图们江结冰了。"])(
    "takes %s for prose and no caption",
    (sentence) => {
      expect(summary(`<p>${sentence}</p><p>${LONG}</p>`)).toBe(`${sentence}${LONG}`);
    },
  );

  it("leaves out the numbers that lead to footnotes", () => {
    const text = `${LONG}[^1]\n\n[^1]: 据市图书馆。`;
    expect(render(text, { format: "markdown" }).summary).toBe(LONG);
  });

  it("goes on to the next paragraph where the first is short", () => {
    expect(summary(`<p>开放了！</p><p>小标题</p><p>${LONG}</p>`)).toBe(`开放了！${LONG}`);
  });

  it("counts a digest once that the text repeats, and without the source's name", () => {
    const lead = `${LONG.slice(0, 60)}。`;
    const digest = `<blockquote>${lead}（甲报）</blockquote>`;
    expect(summary(`${digest}<p>${lead}又。</p><p class="em_media">（文章来源：甲报）</p>`)).toBe(
      `${lead}又。`,
    );
  });

  it.each([
    [`<p>https://a.example/b?c=d</p><p>${LONG}</p>`, LONG],
    [`<p>详见 https://a.example/b。${LONG}</p>`, `详见 。${LONG}`],
    [`<p>${LONG}（www.a.example/b）</p>`, LONG],
    ["<p>https://a.example/</p>", ""],
  ])("holds no bare address: %s", (html, text) => {
    expect(summary(html)).toBe(text);
  });

  it("uses what there is where nothing is prose", () => {
    expect(summary("<h2>标题</h2><p>近5日一览</p>")).toBe("近5日一览");
    expect(summary("<h2>标题</h2>")).toBe("标题");
  });

  it("starts with the text where the byline stands at its end", () => {
    expect(summary(`<p>${LONG}</p><p>文/记者张三</p>`)).toBe(LONG);
  });
});

describe("cutSummary", () => {
  it("keeps a short text whole", () => {
    expect(cutSummary("开放了")).toBe("开放了");
  });

  it("cuts at the last end of a sentence that fits, closing quotation marks included", () => {
    const text = `“${LONG.slice(0, 88)}。”${LONG}`;
    expect(cutSummary(text)).toBe(`“${LONG.slice(0, 88)}。”`);
  });

  it.each([
    ["Chinese", `${"长".repeat(60)}，${"话".repeat(100)}。`, `${"长".repeat(60)}…`],
    ["Latin", `${"word ".repeat(60)}end.`, `${"word ".repeat(39).trim()}…`],
    ["Arabic", `${"كلمة ".repeat(60)}.`, `${"كلمة ".repeat(39).trim()}…`],
  ])("cuts a %s sentence that is too long between words", (_name, text, cut) => {
    expect(cutSummary(text)).toBe(cut);
  });

  it("cuts Latin text at a full stop and not at a decimal point", () => {
    const sentence = `The library on the coast opened its doors on Monday with ${"very ".repeat(16)}many books, 3.5 of them new.`;
    expect(cutSummary(`${sentence} ${"More words follow ".repeat(9)}.`)).toBe(sentence);
  });

  it("cuts no character in two", () => {
    expect(cutSummary("👨‍👩‍👧‍👦".repeat(60))).toMatch(/^(?:👨‍👩‍👧‍👦)+…$/u);
  });
});
