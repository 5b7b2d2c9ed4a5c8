import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeStrayTags } from "../../../../../scripts/read/body/html/escape-stray-tags.ts";
import { parseHtml } from "../../../../../scripts/read/body/html/html-tree.ts";
import { parseRegularHtml } from "../../../../../scripts/read/body/html/regular-html.ts";

const NAMES = `
  p p a a img span strong b br hr div h2 h3 ul li dl dt dd table caption thead tbody tr td th blockquote figure figcaption pre code
  picture video ruby rt rp noscript details summary P TD`
  .trim()
  .split(/\s+/);
const IRREGULAR_NAMES = ["form", "script", "svg", "o:p", "T", "title", "image", "plaintext"];
const ATTRIBUTES = [
  "",
  ' a="b"',
  " a='b'",
  " a=b",
  " a",
  ' A="1" a=2',
  ' a="x&amp;y&copy=1&lt"',
  "\n a=\n'<p>'",
  " a=b/",
  "/",
  " /",
];
const IRREGULAR_ATTRIBUTES = [
  ' a="b"c',
  " =a",
  ' a="',
  " a='",
  ' "a"',
  " 中=1",
  " a\u3000=1",
  ' __proto__="x"',
];
const TEXTS = [
  "a",
  "中文",
  "\n",
  "&",
  "&amp;",
  "&amp",
  "&lt;b",
  "&#x41;",
  "&#0;",
  "&notit;",
  ">",
  "]]>",
  "\r",
  "<!-- c -->",
];
const IRREGULAR_TEXTS = [
  "<",
  "< p>",
  "<!-->",
  "<!--->",
  "<!--",
  "-->",
  "&am<!-- -->p;",
  "<![CDATA[x]]>",
  "<!x>",
  "<?x>",
  "\0",
];

const PIECE = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom(...NAMES), fc.constantFrom(...ATTRIBUTES))
      .map(([name, attributes]) => `<${name}${attributes}>`),
  },
  { weight: 4, arbitrary: fc.constantFrom(...NAMES).map((name) => `</${name}>`) },
  { weight: 4, arbitrary: fc.constantFrom(...TEXTS) },
  {
    weight: 1,
    arbitrary: fc.oneof(
      fc.constantFrom(...IRREGULAR_TEXTS),
      fc.constantFrom(...IRREGULAR_NAMES).map((name) => `<${name}>`),
      fc.constantFrom(...IRREGULAR_ATTRIBUTES).map((attributes) => `<p${attributes}>`),
      fc.constantFrom(...ATTRIBUTES).map((attributes) => `</p${attributes}>`),
    ),
  },
);

describe("parseRegularHtml", () => {
  it("makes the tree that a parser of all HTML makes, or none", () => {
    fc.assert(
      fc.property(fc.array(PIECE, { maxLength: 20 }), (pieces) => {
        const html = pieces.join("");
        const tree = parseRegularHtml(html);
        fc.pre(tree !== null);
        expect(tree).toEqual(parseHtml(escapeStrayTags(html)));
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    [
      "a newspaper's paragraphs",
      '<p class="em_media">甲<span id="stock_1.600160"><a href="http://a.example/?b=1&c=2" data-code=1>乙</a></span></p>\n <p>丙<br />丁</p>',
    ],
    ["elements that others end", "<p>甲<p>乙<ul><li>丙<li>丁</ul></p>"],
    ["tables", '<table border="1"><tr><th colspan="2">甲<tr><td>乙<td>丙</table>'],
    ["comments", "<p>甲</p><!-- EM_StockImg_Start --><p>乙</p>"],
  ])("knows %s", (_, html) => {
    expect(parseRegularHtml(html)).toEqual(parseHtml(html));
  });

  it.each([
    ["text in angle brackets", "<p>甲<乙</p>"],
    ["text that a browser does not read as HTML", "<textarea><p></textarea>"],
    ["drawings", "<svg><p></svg>"],
    ["markup of editors", "<o:p>甲</o:p>"],
    ["more elements in elements than are kept", "<div>".repeat(101)],
    ["a tag that nothing ends", '<p a="<p>'],
  ])("leaves %s to a parser of all HTML", (_, html) => {
    expect(parseRegularHtml(html)).toBeNull();
  });
});
