import { failed } from "../../../../../src/domain/result.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanTree } from "../../../../../scripts/read/body/html/clean-tree.ts";
import { collectArticleLinks } from "../../../../../scripts/read/files/article-link.ts";
import { createAddresses } from "../../../../../scripts/read/body/links/addresses.ts";
import { USUAL_MEDIA } from "../../../../../scripts/read/body/links/media-settings.ts";
import type { HtmlNode } from "../../../../../scripts/read/body/html/html-tree.ts";
import { parseHtml, serializeHtml } from "../../../../../scripts/read/body/html/html-tree.ts";
import { sanitize } from "../../../../../scripts/read/body/html/sanitize.ts";
import { render } from "../render.ts";

/** Hostile strings: the classics, and what lenient parsers have been caught with. */
const HOSTILE = [
  "<script>alert(1)</script>",
  "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
  "<scr<script>ipt>alert(1)</scr</script>ipt>",
  "<img src=x onerror=alert(1)>",
  '<img src="x" ONERROR = "alert(1)">',
  "<svg/onload=alert(1)>",
  "<svg><script>alert(1)</script></svg>",
  '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
  "<svg><style><img src=x onerror=alert(1)></style></svg>",
  '<a href="javascript:alert(1)">x</a>',
  '<a href="java\tscript:alert(1)">x</a>',
  '<a href="java\nscript:alert(1)">x</a>',
  '<a href=" &#1; javascript:alert(1)">x</a>',
  '<a href="&#106;avascript:alert(1)">x</a>',
  '<a href="JaVaScRiPt:alert(1)">x</a>',
  '<a href="vbscript:msgbox(1)">x</a>',
  '<a href="data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==">x</a>',
  "[x](javascript:alert(1))",
  "[x](data:text/html,<script>alert(1)</script>)",
  "![x](javascript:alert(1))",
  "<javascript:alert(1)>",
  '<img srcset="javascript:alert(1) 1x, data:text/html,x 2x">',
  '<img src="data:image/svg+xml,<svg onload=alert(1)>">',
  '<img data-src="javascript:alert(1)">',
  '<video poster="javascript:alert(1)"><source src="javascript:alert(1)"></video>',
  '<iframe src="javascript:alert(1)"></iframe>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<object data="javascript:alert(1)"></object>',
  '<embed src="data:text/html,<script>alert(1)</script>">',
  "<!--[if IE]><script>alert(1)</script><![endif]-->",
  "<!--><img src=x onerror=alert(1)>-->",
  "<!--- --!><img src=x onerror=alert(1)> -->",
  '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">',
  '<base href="https://evil.example/">',
  '<link rel="stylesheet" href="https://evil.example/x.css">',
  "<style>@import 'https://evil.example/x.css';</style>",
  '<p style="background:url(javascript:alert(1))">x</p>',
  '<div style="width:expression(alert(1))">x</div>',
  '<form action="https://evil.example/"><input name="password"><button formaction="javascript:alert(1)">x</button></form>',
  '<math><mi xlink:href="data:x,<script>alert(1)</script>"></math>',
  "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">',
  '<textarea><img title="</textarea><img src=x onerror=alert(1)>"></textarea>',
  '<xmp><p title="</xmp><img src=x onerror=alert(1)>"></xmp>',
  "<template><script>alert(1)</script></template>",
  "<details ontoggle=alert(1) open><summary>x</summary></details>",
  '<a href="x" title="&quot; onmouseover=alert(1) &quot;">x</a>',
  '<img alt="`><script>alert(1)</script>" src="x">',
  "<p title='\"><script>alert(1)</script>'>x</p>",
  "<img src=x:alert(1) onerror=eval(src) <p>",
  "{% raw %}<script>alert(1)</script>{% endraw %}",
  "{% highlight html %}</code></pre><script>alert(1)</script>{% endhighlight %}",
  '{{ "<script>alert(1)</script>" }}',
  '*[x]: "><script>alert(1)</script>\n\nx',
  '[x]{: onclick="alert(1)" style="position:fixed"}',
  '```"><script>alert(1)</script>\nx\n```',
];
const ALLOWED_NAMES = new Set(
  `href rel title src srcset alt width height loading fetchpriority decoding referrerpolicy class id controls preload poster open type tabindex dir`.split(
    " ",
  ),
);

/** Every tag that a browser would see in sanitized HTML, whose attributes are all quoted or bare. */
function problems(html: string): readonly string[] {
  const found: string[] = [];
  for (const [, name = "", attributes = ""] of html.matchAll(
    /<\/?([a-z][^\s>/]*)((?:"[^"]*"|[^">])*)>/gi,
  )) {
    if (
      /^(?:script|style|svg|math|iframe|object|embed|form|input|button|base|link|meta|template|noscript)$/i.test(
        name,
      )
    ) {
      found.push(`<${name}>`);
    }
    for (const [, attribute = "", value = ""] of attributes.matchAll(
      /([^\s="/]+)(?:="([^"]*)")?/g,
    )) {
      if (!ALLOWED_NAMES.has(attribute)) found.push(`${attribute}=${value}`);
      if (/^(?:href|src|poster)$/.test(attribute) && !/^(?:https?:|#|mailto:|x$)/.test(value)) {
        found.push(value);
      }
    }
  }
  return found;
}

describe("sanitize", () => {
  it.each(HOSTILE)("leaves nothing active of %j, in Markdown or HTML", (hostile) => {
    for (const format of ["markdown", "html"] as const) {
      const { html } = render(`前文\n\n${hostile}\n\n后文`, { format });
      expect(problems(html), html).toEqual([]);
      expect(html).toContain("前文");
    }
  });

  it.each(HOSTILE)("is enough by itself against %j", (hostile) => {
    expect(problems(sanitize(parseHtml(hostile)))).toEqual([]);
  });

  it("passes everything that cleaning makes", () => {
    const source = `<h1>A</h1><table><tr><th scope="col" colspan="2">b</th></tr></table><ol start="3" reversed type="a">
      <li value="7">c</li></ol><p align="right" dir="rtl" lang="ar">d</p><picture><source srcset="/a.webp 2x" media="(min-width: 9px)"
      type="image/webp"><img src="/a.png" width="3" height="4" alt=""></picture><video src="/a.mp4" poster="/a.jpg"></video>
      <pre><code class="language-ts">e</code></pre><details open><summary>f</summary>g</details><ruby>漢<rt>かん</rt></ruby>
      <blockquote cite="/x">h</blockquote><a href="mailto:a@b.example">i</a>`;
    const addresses = createAddresses({
      siteUrl: "https://paper.example",
      baseUrl: "https://paper.example/",
      findLocalFile: () => failed({ reason: "missing" }),
      folder: "articles",
      formerUrls: [],
      media: USUAL_MEDIA,
      httpsSeen: new Set(),
      articles: collectArticleLinks(() => null),
      lineOf: () => 1,
    });
    const tree = cleanTree(parseHtml(source), addresses);
    const plain = (html: string): string => html.replaceAll(" />", ">").replaceAll('=""', "");
    expect(plain(sanitize(tree))).toBe(plain(serializeHtml(tree)));
  });

  it("spares paragraphs of mere text nothing that it would take from them beside other elements", () => {
    const text = fc.array(
      fc.oneof(
        fc.string(),
        fc.constantFrom("<b onload=x>", "&lt;", "&", "</p>", "<!--", "]]>", "湖"),
      ),
    );
    const inline = fc
      .tuple(fc.constantFrom("b", "br", "em", "i", "strong"), text)
      .map(([name, children]): HtmlNode => ({
        name,
        attributes: {},
        children: name === "br" ? [] : children,
      }));
    const paragraph = fc
      .tuple(fc.constantFrom({}, { class: "source" }), fc.array(fc.oneof(fc.string(), inline)))
      .map(([attributes, children]): HtmlNode => ({ name: "p", attributes, children }));
    fc.assert(
      fc.property(fc.array(paragraph), (paragraphs) => {
        const line: HtmlNode = { name: "hr", attributes: {}, children: [] };
        expect(`${sanitize(paragraphs)}<hr />`).toBe(sanitize([...paragraphs, line]));
      }),
    );
  });
});
