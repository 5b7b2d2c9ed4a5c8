import { failed } from "../../../../../src/domain/result.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanTree } from "../../../../../scripts/read/body/html/clean-tree.ts";
import { collectArticleLinks } from "../../../../../scripts/read/files/article-link.ts";
import { createAddresses } from "../../../../../scripts/read/body/links/addresses.ts";
import { USUAL_MEDIA } from "../../../../../scripts/read/body/links/media-settings.ts";
import type { HtmlNode } from "../../../../../scripts/read/body/html/html-tree.ts";
import { parseHtml, serializeHtml } from "../../../../../scripts/read/body/html/html-tree.ts";
import { writeBody } from "../../../../../scripts/read/body/html/write-body.ts";
import { hostileFile, hostileText } from "../../../../hostile/hostile-texts.ts";
import { render } from "../render.ts";
import { sanitized } from "./sanitizer.ts";

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

/** How many of the texts that `npm run hunt` would read are written here. */
const SEED = 1;
const HOSTILE_TEXTS = 300;
const BYTES = 600;

/** Trees that no parser and no cleaning would make. */
const WORDS = fc.array(
  fc.oneof(
    fc.string(),
    fc.constantFrom(...HOSTILE, "<b onload=x>", "&lt;", "&", "</p>", "<!--", "]]>", "湖"),
  ),
);
const ADDRESS = fc.constantFrom(
  "https://a.example/b?c=1&d=2",
  "mailto:a@b.example",
  "#s-a",
  "javascript:alert(1)",
  " javascript:alert(1)",
  "java\nscript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "data:image/png;base64,AAAA",
  "data:image/svg+xml;base64,AAAA",
  "//evil.example/",
  "https://a.example/b 2x, javascript:alert(1) 3x",
  "https://a.example/b 300w, https://a.example/c 600w",
);
const ATTRIBUTES = fc.dictionary(
  fc.constantFrom(
    ..."class id lang dir href src srcset poster cite alt title style onload onerror srcdoc action formaction controls open".split(
      " ",
    ),
  ),
  fc.oneof(ADDRESS, fc.string(), fc.constant("")),
);
const INLINE = fc.constantFrom(..."b i a span code svg math script style object iframe".split(" "));
const inline = (children: fc.Arbitrary<readonly HtmlNode[]>): fc.Arbitrary<HtmlNode> =>
  fc
    .tuple(INLINE, ATTRIBUTES, children)
    .map(([name, attributes, nodes]) => ({ name, attributes, children: nodes }));
const EMPTY = fc
  .tuple(fc.constantFrom("img", "br", "wbr", "source", "input", "link", "meta"), ATTRIBUTES)
  .map(([name, attributes]): HtmlNode => ({ name, attributes, children: [] }));
const TREE = fc.array(
  fc
    .tuple(
      fc.constantFrom("p", "h2", "form", "template", "textarea", "xmp", "title"),
      ATTRIBUTES,
      fc.array(
        fc.oneof(WORDS.map(join), EMPTY, inline(fc.array(fc.oneof(WORDS.map(join), EMPTY)))),
      ),
    )
    .map(([name, attributes, children]): HtmlNode => ({ name, attributes, children })),
);

function join(words: readonly string[]): string {
  return words.join("");
}

/** Without links in links, which no browser nests, and so no sanitizer. */
function hasNestedLinks(nodes: readonly HtmlNode[], inLink = false): boolean {
  return nodes.some(
    (node) =>
      typeof node !== "string" &&
      ((inLink && node.name === "a") || hasNestedLinks(node.children, inLink || node.name === "a")),
  );
}

describe("writeBody", () => {
  it.each(HOSTILE)("leaves nothing active of %j, in Markdown or HTML", (hostile) => {
    for (const format of ["markdown", "html"] as const) {
      const { html } = render(`前文\n\n${hostile}\n\n后文`, { format });
      expect(problems(html), html).toEqual([]);
      expect(sanitized(html)).toBe(html);
      expect(html).toContain("前文");
    }
  });

  it.each(HOSTILE)("is enough by itself against %j", (hostile) => {
    expect(problems(writeBody(parseHtml(hostile)).html)).toEqual([]);
  });

  it("writes nothing that another sanitizer would refuse, whatever the tree holds", () => {
    fc.assert(
      fc.property(TREE, (tree) => {
        fc.pre(!hasNestedLinks(tree));
        const { html } = writeBody(tree);
        expect(sanitized(html)).toBe(html);
      }),
    );
  });

  it("writes nothing that another sanitizer would refuse of hostile texts", () => {
    for (let number = 0; number < HOSTILE_TEXTS; number += 1) {
      const text = { ...hostileText(SEED, number), place: "file" };
      const source = Buffer.from(hostileFile(text, BYTES).bytes).toString();
      for (const format of ["markdown", "html"] as const) {
        const { html } = render(source, { format });
        expect(sanitized(html), source).toBe(html);
      }
    }
  });

  it("writes everything that cleaning makes", () => {
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
    expect(plain(writeBody(tree).html)).toBe(plain(serializeHtml(tree)));
  });

  it("knows the text that it wrote, without what plays in the place of words", () => {
    const { text, isPlain } = writeBody(parseHtml("<p>a<b>b</b></p><audio>c</audio><hr>d"));
    expect({ text, isPlain }).toEqual({ text: "abd", isPlain: false });
  });
});
