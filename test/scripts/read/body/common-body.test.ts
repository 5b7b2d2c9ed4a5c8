import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CommonBody } from "../../../../scripts/read/body/common-body.ts";
import { writeCommonBody } from "../../../../scripts/read/body/common-body.ts";
import { leadImage } from "../../../../scripts/read/body/facts/lead-image.ts";
import { chineseLines } from "../../../../scripts/read/body/html/chinese-lines.ts";
import { cleanTree } from "../../../../scripts/read/body/html/clean-tree.ts";
import { foreignElements } from "../../../../scripts/read/body/html/foreign-elements.ts";
import type { HtmlNode } from "../../../../scripts/read/body/html/html-tree.ts";
import { lostElements } from "../../../../scripts/read/body/html/lost-elements.ts";
import { fitNesting } from "../../../../scripts/read/body/html/nesting.ts";
import { parseRegularHtml } from "../../../../scripts/read/body/html/regular-html.ts";
import { textBlocks } from "../../../../scripts/read/body/html/text-blocks.ts";
import {
  lostTexts,
  visibleTexts,
  withoutBlanks,
} from "../../../../scripts/read/body/html/visible-text.ts";
import { writeBody } from "../../../../scripts/read/body/html/write-body.ts";
import type { Addresses } from "../../../../scripts/read/body/links/addresses.ts";
import { createAddresses } from "../../../../scripts/read/body/links/addresses.ts";
import { USUAL_MEDIA } from "../../../../scripts/read/body/links/media-settings.ts";
import { showPictures } from "../../../../scripts/read/body/show-pictures.ts";
import { collectArticleLinks } from "../../../../scripts/read/files/article-link.ts";
import { failed } from "../../../../src/domain/result.ts";

const SITE = "https://paper.example";

function newAddresses(): Addresses {
  return createAddresses({
    siteUrl: SITE,
    baseUrl: `${SITE}/`,
    findLocalFile: () => failed({ reason: "missing" }),
    folder: "articles",
    formerUrls: ["http://old.example/paper"],
    articles: collectArticleLinks(() => null),
    media: USUAL_MEDIA,
    httpsSeen: new Set(),
    lineOf: () => 1,
  });
}

/** What all steps come to, one after the other. */
function stepByStep(written: readonly HtmlNode[]): unknown {
  const addresses = newAddresses();
  const tree = fitNesting(chineseLines(cleanTree(written, addresses)));
  const { localFiles } = addresses;
  const { html, text, isPlain } = writeBody(showPictures(tree, { siteUrl: SITE, localFiles }));
  const body: CommonBody = {
    html,
    text,
    isPlain,
    blocks: textBlocks(tree),
    image: leadImage(tree, SITE, localFiles),
  };
  return {
    body,
    problems: addresses.problems,
    hosts: addresses.mediaHosts(),
    localFiles,
    lost: lostElements(written),
    foreign: foreignElements(written),
    lostTexts: lostTexts(visibleTexts(written), withoutBlanks(text)),
  };
}

const NOTHING_LOST = { localFiles: [], lost: [], foreign: [], lostTexts: [] };
const ATTRIBUTES = [
  ' class="em_media"',
  ' class="a"',
  ' class="footnote"',
  ' class="center"',
  ' align="right"',
  ' style="text-align:center"',
  ' style="display:none"',
  ' style="background:url(https://a.example/b.png)"',
  ' data-src="https://a.example/c.png"',
  ' data-code="1,2"',
  ' id="x"',
  ' name="x"',
  ' lang="en"',
  ' dir="rtl"',
  " hidden",
  ' title="题"',
  ' href="#x"',
  ' href="https://a.example/b?c=d&amp;e=f"',
  ' href="https://A.example/"',
  ' href="/s/abc"',
  ` href="${SITE}/a"`,
  ' href="http://www.old.example/paper/b"',
  ' target="_blank"',
  ' alt="图"',
  ' width="552" height="40"',
  ' width="1"',
  ' src="https://a.example/loading.gif"',
  ' src="http://pic.example/a.jpg"',
];
const attributes = fc
  .array(fc.constantFrom(...ATTRIBUTES), { maxLength: 2 })
  .map((written) => written.join(""));
const text = fc
  .array(
    fc.constantFrom(
      "文",
      "文章",
      "ab",
      " ",
      "\u3000\u3000",
      "\u00A0",
      "&lt;",
      "&amp;",
      "]]",
      ">",
      "\u{20000}",
      "\u200B",
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((pieces) => pieces.join(""));
const rare = fc.constantFrom(
  "",
  "\n",
  "<br>",
  "<br />",
  "<u>文</u>",
  "<p>",
  "</p>",
  "<hr>",
  "<noscript></noscript>",
);
const LINK = '<a href="https://a.example/b?c=d&amp;e=f"';
const IMAGE = '<img src="https://a.example/b.jpg"';
const phrase = fc.oneof(
  { weight: 6, arbitrary: text },
  { weight: 1, arbitrary: fc.constantFrom("<br>", "<br />") },
  { weight: 1, arbitrary: rare },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom("strong", "b", "em", "i", "span", "span"), attributes, text)
      .map(([name, own, inside]) => `<${name}${name === "span" ? own : ""}>${inside}</${name}>`),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(attributes, text).map(([own, inside]) => `${LINK}${own}>${inside}</a>`),
  },
  {
    weight: 1,
    arbitrary: text.map((inside) => `<span id="s">${LINK}><b>${inside}</b></a></span>`),
  },
  { weight: 2, arbitrary: attributes.map((own) => `${IMAGE}${own}>`) },
  { weight: 1, arbitrary: attributes.map((own) => `${LINK}>${IMAGE}${own}></a>`) },
);
const phrases = fc.array(phrase, { maxLength: 4 }).map((parts) => parts.join(""));
const long = fc.integer({ min: 0, max: 3 }).map((times) => "长".repeat(150 * times));
const block = fc.oneof(
  { weight: 3, arbitrary: phrases.map((inside) => `<p>${inside}</p>`) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        fc.constantFrom("p", "p", "h1", "h2", "h3", "h5", "center", "div"),
        attributes,
        phrases,
        long,
      )
      .map(([name, own, inside, more]) => `<${name}${own}>${inside}${more}</${name}>`),
  },
  {
    weight: 1,
    arbitrary: fc
      .array(phrases, { maxLength: 3 })
      .map((items) => `<ul>${items.map((item) => `<li>${item}</li>`).join("\n")}</ul>`),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom("blockquote", "div", "center"), fc.array(phrases, { maxLength: 2 }))
      .map(
        ([name, inside]) =>
          `<${name}>\n${inside.map((each) => `<p>${each}</p>\n`).join("")}</${name}>`,
      ),
  },
  { weight: 1, arbitrary: fc.oneof(rare, text) },
);
const html = fc
  .array(fc.tuple(block, fc.constantFrom("", "\n", "\n ")), { maxLength: 5 })
  .map((blocks) => blocks.flat().join(""));

describe("writeCommonBody", () => {
  it("comes to what all steps come to, one after the other", () => {
    let common = 0;
    fc.assert(
      fc.property(html, (written) => {
        const tree = parseRegularHtml(written) ?? [];
        const addresses = newAddresses();
        const body = writeCommonBody(tree, addresses, SITE);
        if (body === null) return;
        common += 1;
        const { problems } = addresses;
        const found = { body, problems, hosts: addresses.mediaHosts(), ...NOTHING_LOST };
        expect(found).toEqual(stepByStep(tree));
      }),
      { numRuns: 4000 },
    );
    expect(common).toBeGreaterThan(400);
  });

  it.each([
    [
      "links and pictures",
      `<p>文${LINK} target="_blank">章</a></p>\n <center>${IMAGE} width="552"></center>`,
    ],
    [
      "quotes",
      `<p><span id="stock">${LINK} class="keytip">文</a></span><span id="q"></span>章</p>`,
    ],
    [
      "headings, lists and quotations",
      "<blockquote>\n<p>文</p>\n</blockquote><h2>章</h2><ul><li>一</li></ul>",
    ],
  ])("knows %s", (_, written) => {
    expect(writeCommonBody(parseRegularHtml(written) ?? [], newAddresses(), SITE)).not.toBeNull();
  });

  it.each([
    "<p>文\n章</p>",
    "<table><tr><td>文</td></tr></table>",
    '<p><a href="/a.html">文</a></p>',
    '<p><img src="a.jpg"></p>',
    '<p><a href="#x">文</a></p>',
    "<p hidden>文</p>",
  ])("leaves %j to them", (written) => {
    expect(writeCommonBody(parseRegularHtml(written) ?? [], newAddresses(), SITE)).toBeNull();
  });
});
