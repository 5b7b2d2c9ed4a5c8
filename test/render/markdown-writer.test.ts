import fc from "fast-check";
import MarkdownIt from "markdown-it";
import { describe, expect, it } from "vitest";
import type { HtmlNode } from "../../scripts/read/body/html/html-tree.ts";
import {
  createElement,
  parseHtml,
  serializeHtml,
  textOf,
  visitElements,
} from "../../scripts/read/body/html/html-tree.ts";
import { writeMarkdown } from "../../src/render/markdown-writer.ts";
import { EVERY_ELEMENT_ARTICLE } from "./every-element-article.ts";
import { expectedFile } from "./expected-file.ts";

const anyText = fc
  .array(
    fc.constantFrom(
      ...'厦门大学ab1 \n#*_-+=~`|!<>[]()\\&;:.“”"'.split(""),
      "&amp;",
      "](",
      "1. ",
      "```",
      "**",
      "---",
    ),
    {
      minLength: 1,
      maxLength: 8,
    },
  )
  .map((parts) => parts.join(""));
const { anyBlocks } = fc.letrec<{
  anyInline: HtmlNode;
  anyLine: HtmlNode[];
  anyBlock: HtmlNode;
  anyBlocks: HtmlNode[];
}>((tie) => ({
  anyInline: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    anyText,
    fc.constant(createElement("br")),
    fc
      .tuple(fc.constantFrom("strong", "em", "del", "sub", "span", "u"), tie("anyLine"))
      .map(([name, children]) => createElement(name, {}, children)),
    anyText.map((text) => createElement("code", {}, [text])),
    anyText.map((text) => createElement("a", { href: "https://a.example/b_(c)*d" }, [`字${text}`])),
  ),
  anyLine: fc.array(tie("anyInline"), { minLength: 1, maxLength: 4 }),
  anyBlock: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    tie("anyLine").map((children) => createElement("p", {}, children)),
    fc
      .tuple(fc.constantFrom("h2", "summary"), tie("anyLine"))
      .map(([name, children]) => createElement(name, {}, children)),
    fc
      .tuple(fc.constantFrom("blockquote", "div", "ul", "ol"), tie("anyBlocks"))
      .map(([name, children]) =>
        name === "ul" || name === "ol"
          ? createElement(name, {}, [createElement("li", {}, children)])
          : createElement(name, {}, children),
      ),
  ),
  anyBlocks: fc.array(tie("anyBlock"), { minLength: 1, maxLength: 3 }),
}));

describe("the Markdown of a stored body", () => {
  it.each([
    ["<p>甲</p>\n<p>乙</p>", "甲\n\n乙"],
    ["甲<br />乙", "甲\\\n乙"],
    ["<h2>一、#</h2><h4>二</h4>", "## 一、\\#\n\n#### 二"],
    ["<p>厦门<strong>大学</strong>的<em>海</em></p>", "厦门**大学**的*海*"],
    // A sign between a letter and a full-width quotation mark would be text.
    ["<p>厦门<strong>“大学”</strong>的</p>", "厦门<strong>“大学”</strong>的"],
    ["<p><strong>甲</strong><em>乙</em></p>", "**甲**<em>乙</em>"],
    [
      "<p>2 * 3 * 4, a_b_c, [x], `y`, \\z, ~~w~~</p>",
      "2 \\* 3 \\* 4, a\\_b\\_c, \\[x\\], \\`y\\`, \\\\z, \\~\\~w\\~\\~",
    ],
    ["<p>&lt;b&gt; &amp;amp; &quot;AT&amp;T&quot;</p>", '\\<b> \\&amp; "AT&T"'],
    [
      "<p># 一</p><p>1. 二</p><p>- 三</p><p>&gt; 四</p><p>+ 五</p>",
      "\\# 一\n\n1\\. 二\n\n\\- 三\n\n\\> 四\n\n\\+ 五",
    ],
    ["<p>甲<br />===</p><p>乙<br />--|--</p>", "甲\\\n\\===\n\n乙\\\n\\--|--"],
    ["<ul><li>一</li><li><p>二</p><p>三</p></li></ul>", "- 一\n\n- 二\n\n  三"],
    [
      '<ol start="9"><li>一</li><li>二<ul><li>三</li></ul></li></ol>',
      "9. 一\n\n10. 二\n\n    - 三",
    ],
    ["<blockquote><p>一</p><p>二</p></blockquote>", "> 一\n>\n> 二"],
    ['<pre><code class="language-ts">a `b`\n\n```\n</code></pre>', "````ts\na `b`\n\n```\n````"],
    ["<p><code>a`b</code> <code>`</code></p>", "``a`b`` `` ` ``"],
    [
      '<p><a href="https://a.example/b_(c)">甲</a> <a href="#fn:1">1</a></p>',
      "[甲](<https://a.example/b_(c)>) 1",
    ],
    [
      '<figure><img src="https://a.example/b.jpg" alt="[湖]" /><figcaption>清晨</figcaption></figure>',
      "![\\[湖\\]](https://a.example/b.jpg)\n\n清晨",
    ],
    [
      "<table><thead><tr><th>甲</th><th>乙</th></tr></thead><tbody><tr><td>a|b</td></tr></tbody></table>",
      "| 甲 | 乙 |\n| --- | --- |\n| a\\|b |  |",
    ],
    [
      '<table><tr><td colspan="2">甲</td></tr>\n\n</table>',
      '<table><tr><td colspan="2">甲</td></tr>\n</table>',
    ],
    [
      '<video controls preload="none"><source src="https://a.example/f.mp4" /></video>',
      "[f.mp4](https://a.example/f.mp4)",
    ],
    [
      "<p>H<sub>2</sub>O <ruby>漢<rt>かん</rt></ruby> <q>引</q></p>",
      "H<sub>2</sub>O <ruby>漢<rt>かん</rt></ruby> “引”",
    ],
    ["<dl><dt>铅字</dt><dd>一个一个拣</dd></dl>", "**铅字**\n\n一个一个拣"],
    ["<p> </p><ul></ul><blockquote></blockquote>", ""],
  ])("of %s", (html, markdown) => {
    expect(writeMarkdown(html)).toBe(markdown);
  });

  it("is this for every element", async () => {
    const markdown = writeMarkdown(new TextDecoder().decode(EVERY_ELEMENT_ARTICLE.body));
    const file = new TextEncoder().encode(`${markdown}\n`);
    expect(`${markdown}\n`).toBe(await expectedFile("every-element.md", file));
  });

  it("says what the body says, whatever signs of Markdown are in it", () => {
    const reader = new MarkdownIt({ html: true });
    fc.assert(
      fc.property(anyBlocks, (blocks) => {
        const html = serializeHtml(blocks);
        const read = parseHtml(reader.render(writeMarkdown(html)));
        expect(lettersOf(read)).toBe(lettersOf(blocks));
        expect(linksOf(read)).toEqual(linksOf(blocks));
      }),
      { numRuns: 300 },
    );
  });
});

function lettersOf(nodes: readonly HtmlNode[]): string {
  return textOf(nodes).replaceAll(/\s+/g, "");
}

function linksOf(nodes: readonly HtmlNode[]): readonly string[] {
  const links: string[] = [];
  visitElements(nodes, ({ name, attributes: { href } }) => {
    if (name === "a") links.push(href ?? "");
  });
  return links;
}
