import { describe, expect, it } from "vitest";
import { render } from "../render.ts";

/** Bodies whose HTML is not how it should be served; nothing may get lost on the way. */
const CASES: readonly (readonly [string, string, string])[] = [
  ["a comparison", "<p>A<B 且 1<2</p>", "<p>A&lt;B 且 1&lt;2</p>"],
  ["a type", "<p>List<String></p>", "<p>List&lt;String&gt;</p>"],
  ["a comment without end", "<p>甲<!-- 乙</p>", "<p>甲&lt;!-- 乙</p>"],
  ["a script without end", "<p>甲<script>乙</p>", "<p>甲&lt;script&gt;乙</p>"],
  [
    "invisible elements",
    '<p hidden>甲</p><p style="color:red;DISPLAY : none">乙</p><!-- 丙 --><style>丁</style>戊',
    "戊",
  ],
  ["elements without content", "<p> <br></p><h2></h2><p>甲<em> </em>乙</p>", "<p>甲 乙</p>"],
  ["an address on a span", '<p><span href="/a">甲</span></p>', "<p>甲</p>"],
  [
    "obsolete elements",
    "<center>甲</center><tt>乙</tt><font color=red>丙</font>",
    '<div class="align-center">甲</div><code>乙</code>丙',
  ],
  ["headings", "<h1>甲</h1><h4>乙</h4><h1>丙</h1>", "<h2>甲</h2><h3>乙</h3><h2>丙</h2>"],
  ["blocks in emphasis", "<strong><p>甲</p><p>乙</p></strong>", "<p>甲</p><p>乙</p>"],
  ["blocks in a heading", "<h2><div>甲</div><p>乙</p></h2>", "<h2>甲<br />乙</h2>"],
  ["a block deep in a paragraph", "<p><b><div>甲</div></b>乙</p>", "<div><div>甲</div>乙</div>"],
  ["text in a list", "<ul>甲<li>乙</ul>", "<ul><li>甲</li><li>乙</li></ul>"],
  ["items without a list", "<li>甲<li>乙", "<ul><li>甲</li><li>乙</li></ul>"],
  ["definitions without a term", "<dl><dd>甲</dd></dl>", "<div><div>甲</div></div>"],
  ["details without a summary", "<details>甲</details>", "<div>甲</div>"],
  [
    "text in a table",
    "<table>甲<tr><td>乙</table>",
    '甲<table tabindex="0"><tbody><tr><td>乙</td></tr></tbody></table>',
  ],
  ["cells without a table", "<td>甲</td>", "<div>甲</div>"],
  [
    "a column in which no cell begins",
    "<table><tr><td colspan=3>甲<tr><td>乙<td>丙</table>",
    '<table tabindex="0"><tbody><tr><td colspan="2">甲</td></tr><tr><td>乙</td><td>丙</td></tr></tbody></table>',
  ],
  [
    "rows that reach below the table",
    "<table><tr><td rowspan=9>甲<td>乙</table>",
    '<table tabindex="0"><tbody><tr><td>甲</td><td>乙</td></tr></tbody></table>',
  ],
  ["ids that nothing leads to", '<h2 id="a">甲</h2>', "<h2>甲</h2>"],
  [
    "ids that a link leads to",
    '<a href="#甲-乙">丙</a><h2>甲 乙</h2>',
    '<a href="#s-%E7%94%B2-%E4%B9%99">丙</a><h2 id="s-甲-乙">甲 乙</h2>',
  ],
  [
    "frames",
    '<iframe src="//player.bilibili.com/player.html?bvid=BV1xx411c7mD"></iframe>',
    '<p><a href="https://www.bilibili.com/video/BV1xx411c7mD" rel="nofollow noopener">https://www.bilibili.com/video/BV1xx411c7mD</a></p>',
  ],
  [
    "an embedded file with its name",
    '<object data="https://a.example/a.pdf">年报</object>',
    '<p><a href="https://a.example/a.pdf" rel="nofollow noopener">年报</a></p>',
  ],
  [
    "an embedded file with words for those who do not see it",
    '<object data="https://a.example/a.pdf" title="年报"><p>看不了</p></object>',
    '<p>看不了</p><p><a href="https://a.example/a.pdf" rel="nofollow noopener">年报</a></p>',
  ],
  [
    "an embedded file with a link of its own",
    '<object data="https://a.example/a.pdf"><a href="https://a.example/b.pdf">年报</a></object>',
    '<a href="https://a.example/b.pdf" rel="nofollow noopener">年报</a>',
  ],
  [
    "addresses with illegal characters",
    '<a href="//h.example/a b|c?d[]={e}">甲</a>',
    '<a href="https://h.example/a%20b%7Cc?d%5B%5D=%7Be%7D" rel="nofollow noopener">甲</a>',
  ],
  ["links that are none", '<a href="#">甲</a><a href="">乙</a><a>丙</a>', "甲乙丙"],
];

describe("renderBody of HTML", () => {
  it.each(CASES)("handles %s", (_name, source, expected) => {
    const { html, diagnostics } = render(source, { format: "html" });
    expect(html).toBe(expected);
    expect(diagnostics).toEqual([]);
  });

  it.each([
    ['<img src="/a.png">', 'src="https://paper.example/a.png" alt=""'],
    [
      '<img data-src="//c.example/a.jpg" src="data:image/gif;base64,AA==" alt="甲">',
      'src="https://c.example/a.jpg" alt="甲"',
    ],
    [
      '<img src="//c.example/a,b.jpg" srcset="//c.example/a,b.jpg 1x, /c.jpg 2x">',
      'srcset="https://c.example/a%2Cb.jpg 1x, https://paper.example/c.jpg 2x"',
    ],
    [
      '<img src="//c.example/a.jpg" width="578px" height="x">',
      'alt="" width="578" fetchpriority="high" decoding="async" referrerpolicy="no-referrer"',
    ],
  ])("makes an image that loads lazily of %s", (source, expected) => {
    expect(render(source, { format: "html" }).html).toContain(expected);
  });

  it.each([
    '<img src="//t.example/p.gif" width="1" height="1">',
    "<img>",
    '<img src="javascript:x">',
  ])("drops the image %s", (source) => {
    expect(render(source, { format: "html" }).html).toBe("");
  });

  it("keeps all cells of a table that is wider than any cell can span", () => {
    const row = `<tr>${"<td colspan=600>甲".repeat(2)}${"<td>乙".repeat(1000)}</tr>`;
    const { html } = render(`<table>${row}${row}</table>`, { format: "html" });
    expect(html.match(/<td/g)).toHaveLength(2004);
    expect(html.match(/<td colspan/g)).toBeNull();
  });

  it("keeps what stands in more unclosed elements than a parser keeps open", () => {
    const image = '<img src="//c.example/a.jpg">';
    const { html } = render(`${"<b>".repeat(2000)}甲${image}</b></i><p>乙</p>`, { format: "html" });
    expect(html.replaceAll(/<(?!img)[^>]*>|[\r\n]/g, "")).toMatch(/^甲<img [^>]*>乙$/);
  });
});
