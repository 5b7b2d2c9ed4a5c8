import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chineseLines } from "../../../../../scripts/read/body/html/chinese-lines.ts";
import { cleanTree } from "../../../../../scripts/read/body/html/clean-tree.ts";
import type { HtmlNode } from "../../../../../scripts/read/body/html/html-tree.ts";
import { fitNesting } from "../../../../../scripts/read/body/html/nesting.ts";
import { parseRegularHtml } from "../../../../../scripts/read/body/html/regular-html.ts";
import { showPictures } from "../../../../../scripts/read/body/show-pictures.ts";
import { createAddresses } from "../../../../../scripts/read/body/links/addresses.ts";
import { USUAL_MEDIA } from "../../../../../scripts/read/body/links/media-settings.ts";
import { collectArticleLinks } from "../../../../../scripts/read/files/article-link.ts";
import { failed } from "../../../../../src/domain/result.ts";

const SITE = "https://site.example";
const PIECES =
  "<p> </p> <p></p> <p>厦门</p> <p>日报&lt;</p> <p>\u3000\u3000</p> <p>\u3000\u3000天\n气</p> 文 \n \n\u3000\u3000 <br> <b> </b> <li> </li> <center> </center> <a\vhref='/a'> </a> <img\vsrc='/a.png'> <h1> </h1> <td> <blockquote> </blockquote> <noscript> </noscript> <ruby> <rt>";
const html = fc
  .array(fc.constantFrom(" ", ...PIECES.split(" ")), { maxLength: 30 })
  .map((pieces) => pieces.join("").replaceAll("\v", " "));

function prepared(tree: readonly HtmlNode[]): readonly (readonly HtmlNode[])[] {
  const addresses = createAddresses({
    siteUrl: SITE,
    baseUrl: `${SITE}/`,
    findLocalFile: () => failed({ reason: "missing" }),
    folder: "articles",
    formerUrls: [],
    articles: collectArticleLinks(() => null),
    media: USUAL_MEDIA,
    httpsSeen: new Set(),
    lineOf: () => 1,
  });
  const cleaned = cleanTree(tree, addresses);
  const lines = chineseLines(cleaned);
  const fitted = fitNesting(lines);
  return [cleaned, lines, fitted, showPictures(fitted, { siteUrl: SITE, localFiles: [] })];
}

describe("paragraphs of nothing but text", () => {
  it("become in each step what they become where nobody knows that they are", () => {
    fc.assert(
      fc.property(html, (written) => {
        const tree = parseRegularHtml(written) ?? [];
        // In the copy no element has the attributes by which such a paragraph is known.
        expect(prepared(tree)).toEqual(prepared(structuredClone(tree)));
      }),
      { numRuns: 500 },
    );
  });
});
