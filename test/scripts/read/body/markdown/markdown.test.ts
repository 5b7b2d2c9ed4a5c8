import { MARKDOWN } from "../../../../markdown-options.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderMarkdown as renderWithProblems } from "../../../../../scripts/read/body/markdown/markdown.ts";

const renderMarkdown = (text: string): string => renderWithProblems(text, MARKDOWN).html;

describe("renderMarkdown", () => {
  it("numbers a footnote alike wherever it is named", () => {
    const html = renderMarkdown("甲[^a]乙[^a]\n\n[^a]: 注");
    expect(html.match(/class="footnote">[^<]*</g)).toEqual([
      'class="footnote">1<',
      'class="footnote">1<',
    ]);
  });

  it.each([
    ["emphasis that joins", "**甲****乙**", "<p><strong>甲</strong><strong>乙</strong></p>"],
    [
      "emphasis beside a blank that is none",
      "**\u00A0甲\u200B**乙",
      "<p><strong>\u00A0甲\u200B</strong>乙</p>",
    ],
    ["emphasis in emphasis", "***甲** 乙*", "<p><em><strong>甲</strong> 乙</em></p>"],
    ["underscores in words as text", "甲_乙_丙 a_b_c", "<p>甲_乙_丙 a_b_c</p>"],
    ["text behind a comment", "甲\n\n<!--more--> **乙**", "<p>甲</p>\n<p><strong>乙</strong></p>"],
    ["text struck out at a line's start", "~~~甲~~~\n乙", "<p>~<del>甲</del>~\n乙</p>"],
    ["a fence that nothing ends as text", "~~~\n**甲**", "<p>~~~\n<strong>甲</strong></p>"],
    ["quotation marks in Latin text", `"a" -- it's 'b'...`, "<p>“a” – it’s ‘b’…</p>"],
    ["quotation marks in other text as typed", `甲"a"--乙...`, `<p>甲"a"--乙...</p>`],
    [
      "marks that end a block",
      "- 甲\n^\n- 乙",
      "<ul>\n<li>甲</li>\n</ul>\n<ul>\n<li>乙</li>\n</ul>",
    ],
    ["numbers and topics as text", "#6186 a\n\n#话题#", "<p>#6186 a</p>\n<p>#话题#</p>"],
    ["headings without a blank", "##甲\n\n# C#", "<h2>甲</h2>\n<h1>C#</h1>"],
    ["a list right under its announcement", "甲：\n- 乙", "<p>甲：</p>\n<ul>\n<li>乙</li>\n</ul>"],
    ["a sentence that looks like a list", "I read\n1984. It", "<p>I read\n1984. It</p>"],
    [
      "tables without a head, with a foot",
      "|甲|`a|b`|\n|=\n|乙 \\| 丙|丁|",
      "<table>\n<tbody>\n<tr>\n<td>甲</td>\n<td><code>a|b</code></td>\n</tr>\n</tbody>\n<tfoot>\n<tr>\n<td>乙 | 丙</td>\n<td>丁</td>\n</tr>\n</tfoot>\n</table>",
    ],
    ["a byline with a bar", "文 | 张三", "<p>文 | 张三</p>"],
    ["definitions", "甲\n: 乙\n\n    丙", "<dl>\n<dt>甲</dt>\n<dd>乙\n<p>丙</p>\n</dd>\n</dl>"],
    ["abbreviations", "用HTML写\n\n*[HTML]: 标记", '<p>用<abbr title="标记">HTML</abbr>写</p>'],
    ["text without Markdown", "{::nomarkdown}<b>*甲*</b>{:/}", "<p><b>*甲*</b></p>"],
    [
      "the longest of abbreviations, over a line's end and in no word",
      "AB CD，AB\nCD，ABC\n\n*[AB]: 短\n*[AB CD]: 长",
      '<p><abbr title="长">AB CD</abbr>，<abbr title="长">AB\nCD</abbr>，ABC</p>',
    ],
    [
      "named attribute lists in several places",
      "{:a: .x #b}\n{:a: .y}\n\n乙\n{:a .z}",
      '<p class="x y z" id="b">乙</p>',
    ],
    ["named attribute lists", "{:a: .x}\n\n乙\n{:a}", '<p class="x">乙</p>'],
    [
      "a picture of its own",
      "![甲](/a.png){:standalone}",
      '<figure><img src="/a.png" alt="甲"><figcaption>甲</figcaption></figure>',
    ],
    [
      "a table of contents",
      "- 目录\n{:toc}\n\n# 甲\n\n## 乙 {#b}\n\n# 丙\n{:.no_toc}",
      '<ul class="toc">\n<li><a href="#甲">甲</a><ul>\n<li><a href="#b">乙</a></li>\n</ul>\n</li>\n</ul>\n<h1 id="甲">甲</h1>\n<h2 id="b">乙</h2>\n<h1 class="no_toc">丙</h1>',
    ],
    ["emphasis beside Chinese punctuation", "**“甲”**乙", "<p><strong>“甲”</strong>乙</p>"],
    ["addresses with blanks", "[甲](//h/a  b.html)", '<p><a href="//h/a  b.html">甲</a></p>'],
    ["titles of links", '[甲](/a "乙")', '<p><a href="/a" title="乙">甲</a></p>'],
    ["empty angle brackets as text", "甲 <> 乙", "<p>甲 &lt;&gt; 乙</p>"],
    ["bare addresses as text", "见 https://a.example 。", "<p>见 https://a.example 。</p>"],
    ["formulas as typed", "$$a_1*b_2*c$$", "<div>$$\na_1*b_2*c\n$$</div>"],
    ["formulas in a line as typed", "甲 $$a_1*b_2*c$$", "<p>甲 <span>$a_1*b_2*c$</span></p>"],
    ["inline footnotes as text", "甲^[乙]", "<p>甲^[乙]</p>"],
    [
      "definitions of links under a footnote",
      "[乙]丙[^a]\n\n[^a]: 注\n[乙]: /b",
      '<p><a href="/b">乙</a>丙<sup id="fnref:a"><a href="#fn:a" class="footnote">1</a></sup></p>\n<div class="footnotes">\n<ol>\n<li id="fn:a"><p>注\u00A0<a href="#fnref:a" class="reversefootnote">↩</a></p>\n</li>\n</ol>\n</div>',
    ],
    [
      "boxes of task lists as characters",
      "- [ ] 甲\n- [x] 乙\n- 丙 [ ] 丁",
      "<ul>\n<li>☐ 甲</li>\n<li>☑ 乙</li>\n<li>丙 [ ] 丁</li>\n</ul>",
    ],
    ["attribute lists after a paragraph", "甲\n{: .x}", '<p class="x">甲</p>'],
    ["the id of a heading", "## 甲 {#x}", '<h2 id="x">甲</h2>'],
    ["attribute lists under a heading", "# 甲\n{: #x}", '<h1 id="x">甲</h1>'],
    ["attribute lists before a block", "甲\n\n{: .x}\n\n乙", '<p>甲</p>\n<p class="x">乙</p>'],
    ["attribute lists over two lines", '甲\n{: .x\n title="乙"}', '<p class="x" title="乙">甲</p>'],
    ["attribute lists behind text as text", "乙{:.y} 丙", "<p>乙{:.y} 丙</p>"],
    [
      "attribute lists of items",
      "- {:.x} 甲\n- 乙",
      '<ul>\n<li class="x">甲</li>\n<li>乙</li>\n</ul>',
    ],
    ["the mark of a table of contents", "- 目录\n{:toc}\n\n甲", "<p>甲</p>"],
    ["kramdown's comments", "甲{::comment}乙{:/comment}丙", "<p>甲丙</p>"],
    ["text right after an end tag", "<p>甲</p>**乙**", "<p>甲</p>\n<p><strong>乙</strong></p>"],
    [
      "text on the line after an end tag",
      "<p>甲</p>\n**乙**",
      "<p>甲</p>\n<p><strong>乙</strong></p>",
    ],
    ["HTML as it is", "<p>*甲*</p>", "<p>*甲*</p>"],
    [
      "paragraphs on one line",
      "<p>*甲*</p><span>*乙*</span><p>*丙*</p>",
      "<p>*甲*</p><span>*乙*</span><p>*丙*</p>",
    ],
    ["markdown=1", '<div markdown="1">\n  *甲*\n</div>', "<div><p><em>甲</em></p>\n</div>"],
    [
      "paragraphs of HTML with elements in them",
      '<p>甲<span id="a"><a href="/b">*乙*</a></span>丙<br /></p><p class="c">_丁_<b>戊</b></p>\n <p><img src="/a.png" alt="己" /></p>',
      '<p>甲<span id="a"><a href="/b">*乙*</a></span>丙<br /></p><p class="c">_丁_<b>戊</b></p>\n <p><img src="/a.png" alt="己" /></p>',
    ],
    [
      "a tag in a paragraph of HTML that ends nothing",
      "<p>甲</b>乙</p>\n<p><b>丙</b></p>",
      "<p>甲&lt;/b&gt;乙</p>\n<p><b>丙</b></p>",
    ],
    ["markdown=1 in a paragraph", '<p markdown="1">*甲*</p>', "<p><em>甲</em></p>"],
    [
      "indented HTML under HTML",
      "<p>甲</p>\n\n        <table><tr><td>乙</td></tr></table>",
      "<p>甲</p>\n        <table><tr><td>乙</td></tr></table>",
    ],
    [
      "indented HTML in HTML with empty lines",
      "<div>\n\n    <p>甲</p>\n\n</div>",
      "<div>\n\n    <p>甲</p>\n\n</div>",
    ],
    [
      "Markdown between empty lines in HTML",
      "<details>\n\n*甲*\n\n</details>",
      "<details>\n\n<p><em>甲</em></p>\n</details>",
    ],
    ["preformatted text with empty lines", "<pre>\n\n*甲*\n</pre>", "<pre>\n\n*甲*\n</pre>"],
    [
      "code that shows HTML",
      "甲：\n\n    <p>乙</p>",
      "<p>甲：</p>\n<pre><code>&lt;p&gt;乙&lt;/p&gt;\n</code></pre>",
    ],
    [
      "code that begins with a wide blank",
      "甲：\n\n\t\u3000\u3000乙",
      "<p>甲：</p>\n<pre><code>\u3000\u3000乙\n</code></pre>",
    ],
    [
      "code that begins with a form feed",
      "甲：\n\n    \f乙",
      "<p>甲：</p>\n<pre><code>\f乙\n</code></pre>",
    ],
    [
      "a tag that a quotation mark keeps open",
      "<p a=' markdown=1>甲</p>",
      "<p>&lt;p a=' markdown=1&gt;甲&lt;/p&gt;</p>",
    ],
    ["tags that nothing closes", "<div>\n甲\n\n**乙**", "<div>\n甲\n<p><strong>乙</strong></p>"],
  ])("reads %s", (_name, source, html) => {
    expect(renderMarkdown(source).trim()).toBe(html);
  });

  it.each([
    ["甲[^a]", "footnote-missing", "[^a]"],
    ["[^a]: 甲", "footnote-unused", "[^a]:"],
    ["甲 {:.b}", "list-misplaced", "{:.b}"],
    ["甲 {::b}", "extension-as-text", "{::b}"],
    ["甲 <p>乙", "tag-as-text", "<p>"],
    ["甲\n\n</div>", "tag-as-text", "</div>"],
    ["标题放在<style>里，不显示", "tag-as-text", "<style>"],
    ["- <template>是一个模板\n- 乙", "tag-as-text", "<template>"],
    ["<div>甲</p></div>", "tag-as-text", "</p>"],
  ])("says what of %j stays raw or is lost", (source, kind, mark) => {
    expect(renderWithProblems(source, MARKDOWN).problems).toEqual([{ kind, mark }]);
  });

  it.each([
    "audio",
    "canvas",
    "datalist",
    "noembed",
    "noframes",
    "option",
    "script",
    "select",
    "style",
    "template",
    "title",
    "video",
  ])("hides no text behind a <%s> that nothing ends", (name) => {
    const paragraph = `<p>&lt;${name}&gt;标签</p>`;
    expect(renderMarkdown(`<${name}>标签\n\n甲<${name}>乙 *丙*\n\n丁`)).toBe(
      `${paragraph}\n<p>甲&lt;${name}&gt;乙 <em>丙</em></p>\n<p>丁</p>\n`,
    );
    expect(renderMarkdown(`甲<${name}>乙</${name}>丙`)).toBe(`<p>甲<${name}>乙</${name}>丙</p>\n`);
    expect(renderMarkdown(`甲 <${name} src="a">乙`)).toContain(`<${name} src="a">`);
  });

  it("keeps quotation marks as typed where a site wants it", () => {
    const { html } = renderWithProblems(`"a" -- b`, { ...MARKDOWN, typographic: false });
    expect(html).toBe(`<p>"a" -- b</p>\n`);
  });

  it("writes out no more than is in proportion to a text", () => {
    const long = "b".repeat(10_000);
    const texts = {
      "a link named often": `[a]: http://${long}\n\n${"[a] ".repeat(500)}`,
      "an abbreviation named often": `*[a]: ${long}\n\n${"a ".repeat(500)}`,
      "a footnote named often": `[^a]: b\n\n${"[^a] ".repeat(5000)}`,
      "tables of short rows":
        `${"|a".repeat(200)}|\n${"|-".repeat(200)}|\n${"|\n".repeat(300)}\n`.repeat(20),
    };
    for (const [name, text] of Object.entries(texts)) {
      expect(renderMarkdown(text).length, name).toBeLessThan(1_500_000);
    }
  });

  it.each([
    ["elements in elements", '<div markdown="1">\n'.repeat(5000)],
    ["lists behind elements", "<p>甲</p>- ".repeat(5000)],
  ])("survives %s", (_name, source) => {
    expect(renderMarkdown(source)).not.toBe("");
  });

  it("leaves paragraphs of HTML as it would beside Markdown", () => {
    const text = fc
      .array(
        fc.oneof(
          fc.string(),
          fc.constantFrom(
            "**湖**",
            "&lt;",
            "&#42;",
            "\\",
            "`a`",
            "[a](b)",
            "$$x$$",
            "* ",
            "    ",
            "{{",
          ),
        ),
      )
      .map((parts) => parts.join("").replaceAll(/[<>\n\r\0]|\{:/g, ""));
    const line = fc
      .tuple(fc.constantFrom("", " ", "   "), fc.constantFrom("", ' class="em_media"'), text)
      .map(([indent, attribute, content]) => `${indent}<p${attribute}>${content}</p>\n`);
    fc.assert(
      fc.property(fc.array(line, { minLength: 1 }), (lines) => {
        const paragraphs = lines.join("");
        expect(`${renderMarkdown(paragraphs)}<hr>\n`).toBe(
          renderMarkdown(`${paragraphs}\n* * *\n`),
        );
      }),
    );
  });
});
