import { failed, ok } from "../../../../src/domain/result.ts";
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatDiagnostic } from "../../../../scripts/diagnostics/diagnostic.ts";
import type { LocalReference } from "../../../../scripts/read/files/local-file.ts";
import { render } from "./render.ts";

const HERE = import.meta.dirname;
const CORPUS = "/work/shared/corpus";

function article(name: string): string {
  return readFileSync(join(HERE, "articles", `${name}.md`), "utf8");
}

describe("renderBody", () => {
  it.each(["newspaper", "kramdown"])(
    "renders articles/%s.md to the expected page",
    async (name) => {
      const findLocalFile = ({ base, path }: LocalReference) =>
        base === "site" && path === "img/图 片.png"
          ? ok({
              file: "/site/img/图 片.png",
              publicPath: "/img/p.png",
              bytes: 9,
              width: 600,
              height: 400,
              picture: null,
            })
          : failed({ reason: "missing" } as const);
      const { html, diagnostics } = render(article(name), { findLocalFile });
      await expect(html).toMatchFileSnapshot(join(HERE, "expected", `${name}.html`));
      expect(diagnostics).toEqual([]);
    },
  );

  it("says which pictures and embedded things readers will miss, and where", () => {
    const source = `一\n\n<svg><path d="M0 0"/></svg>\n\n<picture><source srcset="https://a.example/p.webp"></picture>\n\n<script src="https://a.example/widget.js"></script>`;
    const lost = render(source).diagnostics.filter(({ code }) => code === "element-lost");
    expect(lost.map(({ what }) => what)).toEqual([
      "A <svg> cannot stand in a feed and was skipped",
      "A <picture> cannot stand in a feed and was skipped",
      "A <script> cannot stand in a feed and was skipped",
    ]);
    expect(new Set(lost.map(({ line }) => line)).size).toBe(3);
  });

  it.each([
    ["<script>document.write(1)</script>", ["script"]],
    ["<script>a()</script>\n\n<script>b()</script>\n\n<iframe></iframe>", ["script", "iframe"]],
    ["<form><input name=a><select><option>b</option></select></form>", ["input", "select"]],
    ["甲<option>乙</option>", ["option"]],
    ['<script type="application/ld+json">{"a": 1}</script>\n\n<script> </script>', []],
    ['<iframe src="https://a.example/film"></iframe>', []],
    ["- [ ] one\n- [x] two", []],
  ])("names what %j loses, each element once", (source, names) => {
    const lost = render(`一\n\n${source}`).diagnostics.map(({ what }) => what);
    expect(lost).toEqual(names.map((name) => `A <${name}> cannot stand in a feed and was skipped`));
  });

  it.each([
    ["boat.png", "/media/boat.png"],
    // Beside the page of the Jekyll site, which is at /news/2022/01/10/a.html.
    ["../../../../img/the%20lake.png", "/img/the lake.png"],
    ["../10/dawn.png?v=2", "/news/2022/01/10/dawn.png"],
    ["https://paper.example/img/dusk.png", "/img/dusk.png"],
    // Where the site was before.
    ["http://www.old.example/club/img/dusk.png#top", "/img/dusk.png"],
    ["//old.example/club/img/dusk.png", "/img/dusk.png"],
  ])("serves what %s names from the site's folder", (reference, publicPath) => {
    const files = ["/img/the lake.png", "/news/2022/01/10/dawn.png", "/img/dusk.png"];
    const { html, localFiles, diagnostics } = render(
      `甲乙丙丁\n\n![图](${reference}) [图](${reference})`,
      {
        formerUrls: ["https://old.example/club"],
        findLocalFile: ({ base, path }) => {
          const found = base === "article" ? `/media/${path}` : `/${path}`;
          const isThere = found === "/media/boat.png" || files.includes(found);
          if (!isThere) return failed({ reason: "missing" });
          return ok({
            file: found,
            publicPath: found,
            bytes: 9,
            width: 600,
            height: 400,
            picture: null,
          });
        },
      },
    );
    expect(html).toContain(`src="https://paper.example${publicPath}"`);
    expect(html).toContain(`href="https://paper.example${publicPath}"`);
    expect(localFiles.map(({ file }) => file)).toEqual([publicPath]);
    expect(diagnostics).toEqual([]);
  });

  it.each([
    ["../../img/a.png", "https://paper.example/news/2022/img/a.png", ["file-missing"]],
    ["https://old.example/club/img/a.png", "https://old.example/club/img/a.png", []],
    ["https://other.example/img/a.png", "https://other.example/img/a.png", []],
  ])("leaves the picture %s, which is not there, where it is: %s", (reference, address, codes) => {
    const { html, diagnostics } = render(`甲乙丙丁\n\n![图](${reference})`, {
      formerUrls: ["https://old.example/club"],
    });
    expect(html).toContain(`src="${address}"`);
    expect(diagnostics.map(({ code }) => code)).toEqual(codes);
  });

  it("says where a file leads that is not served, and serves nothing of it", () => {
    const refusal = { reason: "refused", why: "outside", target: "/etc/passwd" } as const;
    const rendered = render("一\n\n![](leak.png)", { findLocalFile: () => failed(refusal) });
    expect(rendered.localFiles).toEqual([]);
    expect(rendered.diagnostics.map(formatDiagnostic)).toEqual([
      `articles/a.md:7: warning: The file "leak.png" is not served: it leads to "/etc/passwd", which is neither in a source folder nor in the site's folder; put what is meant in its place, or name its folder in the setting "sources"`,
    ]);
  });

  it("shows an image that has nothing but a srcset", () => {
    const { html } = render(
      '<img srcset="https://a.example/a.png 1x, https://a.example/b.png 2x">',
    );
    expect(html).toContain('src="https://a.example/a.png"');
  });

  it.each([
    ["段落和**重点**。\n\n![图](https://a.example/x.jpg)", true],
    ["正文一行，1 &lt; 2。", true],
    ["- 一\n- 二", false],
    ["> 引文", false],
    ["正文 `代码`", false],
    ["## 小标题\n\n正文", false],
  ])("knows whether %j is paragraphs and pictures only: %s", (source, isPlain) => {
    expect(render(source).isPlain).toBe(isPlain);
  });

  it.each([
    ["http://f.example/a/202112080000000001.html", "http://f.example/a/202112080000000001.html"],
    [
      "http://f.example/甲|/202112080000000001.html",
      "http://f.example/%E7%94%B2%7C/202112080000000001.html",
    ],
    ["http://:x/202112080000000001.html", null],
    [`http://f.example/${"a".repeat(2000)}/202112080000000001.html`, null],
  ])("takes %s under the text for the original's address %s", (address, sourceUrl) => {
    expect(render(`文。\n\n<${address}>`).sourceUrl).toBe(sourceUrl);
  });

  it("reads what a newspaper article says about itself", () => {
    const { html: _html, diagnostics: _faults, ...facts } = render(article("newspaper"));
    expect(facts).toEqual({
      legacyCode: "NW202203030000000042",
      sourceUrl: null,
      source: "滨海晚报",
      authors: ["林晓舟", "欧阳明"],
      summary:
        "3日上午，滨海市图书馆新馆正式开放。新馆位于海边公园南侧，共有六层，藏书一百二十万册，设有儿童阅读区、盲文阅览室和二十四小时自助借书点，周末还将举办面向市民的免费讲座。",
      image: {
        url: "https://img.example.com/a_w800.jpg?x=1&y=2",
        alt: "",
        type: "image/jpeg",
        width: 552,
        height: null,
        length: null,
      },
      recordings: [],
      characterCount: 210,
      isPlain: false,
      links: [],
      localFiles: [],
      mediaHosts: { secure: ["img.example.com"], insecure: [], upgraded: [] },
    });
  });

  it("takes out what XML cannot hold and names it with its line", () => {
    const { html, diagnostics } = render(
      "<p>一\u0008二</p>\n\n三\ud800四\u0008\n\n<p>五&#11;六 ]]> 七</p>",
    );
    expect(html).toBe("<p>一二</p>\n<p>三四</p>\n<p>五六 ]]&gt; 七</p>");
    expect(
      diagnostics.map(({ line, code, what }) => [
        line,
        code,
        what.match(/U\+\w+( \(2 times\))?/)?.[0],
      ]),
    ).toEqual([
      [5, "illegal-character", "U+0008 (2 times)"],
      [7, "illegal-character", "U+D800"],
      [5, "illegal-character", "U+000B"],
    ]);
  });

  it("names files that are missing and links that lead nowhere, with their lines", () => {
    const { html, diagnostics } = render("一\n\n![](图%20a.png)\n\n[二](weixin://x)");
    expect(html).toContain('src="https://paper.example/news/2022/01/10/%E5%9B%BE%20a.png"');
    expect(html).toContain("<p>二</p>");
    expect(diagnostics.map(({ line, code }) => [line, code])).toEqual([
      [7, "file-missing"],
      [9, "link-dropped"],
    ]);
  });

  it.each([
    ['<img src="file:///C:/Users/li/1.jpg" alt="甲">', "file:///C:/Users/li/1.jpg"],
    ["<img src='C:\\Users\\li\\2.jpg'>", "C:\\Users\\li\\2.jpg"],
    ["![甲](blob:https://x/1)", "blob:https://x/1"],
    ["![甲](file:///C:/1.jpg)", "file:///C:/1.jpg"],
    ["<video src=file:///C:/1.mp4></video>", "file:///C:/1.mp4"],
    ["<iframe src=file:///C:/1.html></iframe>", "file:///C:/1.html"],
  ])(
    "names pictures and films that only the author's machine has, with line and address: %s",
    (media, reference) => {
      const { html, diagnostics } = render(`一\n\n二\n\n${media}`);
      expect(html).not.toContain("C:");
      expect(diagnostics).toMatchObject([
        {
          level: "warning",
          line: 9,
          code: "media-dropped",
          what: `What is at "${reference}" was skipped: no reader can load it from there`,
          advice: "put the file beside the article and write its name",
        },
      ]);
    },
  );

  it("does not miss what is empty, nor a picture that a script would have put in another's place", () => {
    const { diagnostics } = render(
      `<iframe src="about:blank"></iframe>一<img src="data:image/svg+xml,x" data-src="https://a.example/a.png">`,
    );
    expect(diagnostics).toEqual([]);
  });

  it.each([
    ["a row", "<math><mi>x</mi> <mo>=</mo> <mn>2</mn></math>米", "x=2米"],
    ["a power", "<math><msup><mn>2</mn><mn>10</mn></msup></math>个", "2<sup>10</sup>个"],
    [
      "low and high",
      "<math><msubsup><mi>x</mi><mrow><mi>i</mi><mn>1</mn></mrow><mn>2</mn></msubsup></math>",
      "x<sub>i1</sub><sup>2</sup>",
    ],
    [
      "its source beside it",
      "<math><semantics><mrow><msub><mi>a</mi><mn>1</mn></msub></mrow><annotation>a_1</annotation></semantics></math>",
      "a<sub>1</sub>",
    ],
    [
      "a fraction with other words for it",
      '<math alttext="1/2"><mfrac><mn>1</mn><mn>2</mn></mfrac></math>米',
      "1/2米",
    ],
    [
      "a fraction with its TeX",
      String.raw`<math><semantics><mfrac><mn>2</mn><mn>3</mn></mfrac><annotation encoding="application/x-tex">\frac{2}{3}</annotation></semantics></math>`,
      String.raw`$\frac{2}{3}$`,
    ],
    [
      "KaTeX's, which it writes twice",
      String.raw`<span class="katex"><span class="katex-mathml"><math><semantics><mfrac><mn>2</mn><mn>3</mn></mfrac><annotation encoding="application/x-tex">\frac{2}{3}</annotation></semantics></math></span><span class="katex-html" aria-hidden="true"><span>2</span><span>3</span></span></span>米`,
      String.raw`$\frac{2}{3}$米`,
    ],
    [
      "MathJax's, beside its source",
      String.raw`<span class="MathJax_Preview">?</span><span class="MathJax"><nobr>23</nobr></span><script type="math/tex">\frac{2}{3}</script>`,
      String.raw`$\frac{2}{3}$`,
    ],
  ])("writes a formula that HTML can write, without a fault: %s", (_, source, expected) => {
    const { html, diagnostics } = render(`<p>${source}</p>`, { format: "html" });
    expect(html).toBe(`<p>${expected}</p>`);
    expect(diagnostics).toEqual([]);
  });

  it.each([
    "<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>",
    "<math><mn>3</mn><msqrt><mn>2</mn></msqrt></math>",
    "<math><msup><mn>2</mn></msup></math>",
    "<math><mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr></mtable></math>",
  ])("leaves a formula out and says so, rather than show another number: %s", (source) => {
    const { html, diagnostics } = render(`一\n\n长${source}米`);
    expect(html).toBe("<p>一</p>\n<p>长米</p>");
    expect(diagnostics).toMatchObject([
      { line: 7, code: "element-lost", what: "A <math> cannot stand in a feed and was skipped" },
    ]);
  });

  it("says where a formula is only drawn, without its source", () => {
    const { html, diagnostics } = render(
      '<p>长<span class="katex"><span class="katex-html">23</span></span>米</p>',
    );
    expect(html).toBe("<p>长米</p>");
    expect(diagnostics.map(({ code }) => code)).toEqual(["element-lost"]);
  });

  it("names each mention of a missing file, with its own line", () => {
    const { diagnostics } = render(
      "ax.png\n\n![](x.png)\n\n<img src=x.png>\n\n![](x.png)\n\n![](a?b.png)",
    );
    expect(diagnostics.map(({ line }) => line)).toEqual([7, 9, 11, 13]);
    expect(diagnostics.at(-1)?.advice).toContain("write %3F");
  });

  it("says of a file whose name ends in no kind that is served that the name is at fault", () => {
    const { diagnostics } = render("甲乙\n\n![](img/photo)\n\n![](photo.txt)");
    expect(diagnostics.map(({ line, code }) => [line, code])).toEqual([
      [7, "file-unserved"],
      [9, "file-unserved"],
    ]);
  });

  it("names fifty places of one fault, and says how many more there are", () => {
    const { diagnostics } = render(`${"{{ x }}\n".repeat(60)}\n![](a.png)`);
    const [unsupported = [], missing = []] = [
      ...Map.groupBy(diagnostics, ({ code }) => code).values(),
    ];
    expect(unsupported.map(({ line }) => line)).toEqual([
      ...Array.from({ length: 50 }, (_, index) => 5 + index),
      5,
    ]);
    expect(unsupported.at(-1)?.what).toBe("The same is wrong in 10 more places");
    expect(missing).toHaveLength(1);
  });

  it("leads from a link to another article's file to where it would be, as long as nobody knows the article", () => {
    const { html, links } = render(
      "[一](2022-01-09-灯塔.md) [二](../old/2022-01-08-b.markdown#x)\n\n[三](about.md)",
    );
    expect(html).toContain('href="https://paper.example/2022/01/09/%E7%81%AF%E5%A1%94.html"');
    expect(html).toContain('href="https://paper.example/2022/01/08/b.html"');
    expect(links.map(({ kind, target, line }) => [kind, target, line])).toEqual([
      ["file", "articles/2022-01-09-灯塔.md", 5],
      ["file", "old/2022-01-08-b.markdown", 5],
      ["file", "articles/about.md", 7],
    ]);
  });

  it("loses no letter of any text, whatever marks stand between", () => {
    const mark = fc.constantFrom(
      "<",
      ">",
      "&",
      "<b ",
      // With a blank: `<!--甲<!-->` is a comment from end to end, which hides its letter by right.
      "<!-- ",
      "</p>",
      "<p>",
      "]]>",
      '"',
      "<script",
      "\n\n",
      "<T>",
      "<br/>",
    );
    const word = fc.stringMatching(/^[甲-癸]{1,4}$/);
    fc.assert(
      fc.property(fc.array(fc.oneof(mark, word), { maxLength: 12 }), (parts) => {
        const source = parts.join("");
        const { html } = render(source, { format: "html" });
        const letters = html.replaceAll(/<[^>]*>/g, "").replaceAll(/[^甲-癸]/g, "");
        expect(letters).toBe(source.replaceAll(/[^甲-癸]/g, ""));
      }),
    );
  });

  it("gives nothing for an empty body", () => {
    expect(render("\n\n")).toMatchObject({
      html: "",
      summary: "",
      characterCount: 0,
      diagnostics: [],
    });
  });

  it("survives markup that is nested thousands of levels deep", () => {
    expect(render(`${"<div>".repeat(5000)}深`).characterCount).toBe(1);
  });
});

describe("renderBody over the shared corpus", () => {
  const files = existsSync(CORPUS)
    ? globSync(`${CORPUS}/{seed,family-synthetic,sample}/**/*.{md,markdown,html}`)
    : [];
  const rendered = files.map((file) => {
    const [, body = ""] =
      /^(?:---\s*\n[^]*?\n---[ \t]*\n)?([^]*)$/.exec(readFileSync(file, "utf8")) ?? [];
    return { file, ...render(body, { format: file.endsWith(".html") ? "html" : "markdown" }) };
  });
  if (files.length === 0) console.warn(`No ${CORPUS} here: these tests check nothing`);

  it("loses no visible text", () => {
    const lost = rendered.flatMap(({ diagnostics }) =>
      diagnostics.filter(({ code }) => code === "text-lost"),
    );
    expect(lost).toEqual([]);
  });

  it("shows no template and no navigation tail", () => {
    for (const { file, html } of rendered.filter(({ file: name }) => /seed|family/.test(name))) {
      expect(html, file).not.toMatch(/NewsShare|返回|\{\{/);
    }
  });

  it("understands the seed", () => {
    for (const seed of rendered.filter(({ file }) => file.includes("/seed/"))) {
      expect(seed.source).toBe("厦门日报");
      expect(seed.authors).toEqual(["邵凌丰", "叶晓菲"]);
      expect(seed.summary).toMatch(/^7日上午.*。$/);
      expect(seed.legacyCode).toBe("NW202201102241157038");
    }
  });
});
