import { MARKDOWN } from "../../../markdown-options.ts";
import { failed } from "../../../../src/domain/result.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createDiagnosticLog } from "../../../../scripts/diagnostics/diagnostic.ts";
import { createReport } from "../../../../scripts/read/body/body-report.ts";
import { readPlainBody } from "../../../../scripts/read/body/plain-body.ts";
import type { BodyInput } from "../../../../scripts/read/body/render-markup.ts";
import { renderMarkup } from "../../../../scripts/read/body/render-markup.ts";

/** What stands in newspapers' paragraphs, and what means something to one of the steps that plain bodies do without. */
const PIECES = [
  ..."* _ ` # > ~ | [ ] ( ) ! : - + 1. \\ ^ $ = \" ' & < { } 。 ，".split(" "),
  ..." 　 \t \u00A0 \u00AD \u200B \u2028 \u{20000}".split(/(?<=.)/u),
  "记者",
  "（文章来源：示例日报）",
  "[^1]: 注",
  "[a]: /b",
  "*[AB]: 词",
  "&amp;",
  "{:toc}",
  "{{ a }}",
  "<b>",
  "<br>",
  "http://a.example/b",
  "]]",
];

const text = fc
  .array(fc.constantFrom(...PIECES), { maxLength: 8 })
  .map((pieces) => pieces.join(""));
const paragraph = fc
  .tuple(
    fc.constantFrom("<p>", "<p>", '<p class="em_media">', '<p class="a">', "<P>", "<p >"),
    fc.constantFrom("文", "文", "　　文", ""),
    text,
    fc.constantFrom("</p>", "</p>", "</p>", "</p> ", "</P>", ""),
  )
  .map((parts) => parts.join(""));
const line = fc
  .tuple(
    fc.constantFrom("", " ", "   ", "    ", "\t"),
    fc.array(paragraph, { minLength: 1, maxLength: 3 }),
    fc.constantFrom("", "", "", " ", "\n", "\n \n", "\nMarkdown"),
  )
  .map(([indent, paragraphs, end]) => `${indent}${paragraphs.join("")}${end}`);
const body = fc
  .tuple(fc.constantFrom("", "", "\n", " \n"), fc.array(line, { maxLength: 5 }))
  .map(([start, lines]) => `${start}${lines.join("\n")}`);

function inputOf(source: string, format: BodyInput["format"]): BodyInput {
  return {
    source,
    format,
    firstLine: 1,
    siteUrl: "https://a.example",
    baseUrl: "https://a.example/b.html",
    findLocalFile: () => failed({ reason: "missing" }),
    title: "题",
    markdown: MARKDOWN,
    folder: "articles",
    formerUrls: [],
    findArticle: () => null,
  };
}

describe("readPlainBody", () => {
  it.each(["markdown", "html"] as const)("comes to what all steps come to, in %s", (format) => {
    let plainBodies = 0;
    const examples = [
      "",
      "\n",
      '<p>一</p>\n <p>二</p><p class="em_media">（文章来源：示例日报）</p>\n\n',
    ];
    fc.assert(
      fc.property(fc.oneof(body, fc.constantFrom(...examples)), (source) => {
        const plain = readPlainBody(source);
        if (plain === null) return;
        plainBodies += 1;
        const input = inputOf(source, format);
        const log = createDiagnosticLog("a.md");
        const report = createReport(source, 1, log);
        expect(plain).toEqual(renderMarkup(source, input, report));
        expect(log.diagnostics).toEqual([]);
      }),
      { numRuns: 2000 },
    );
    expect(plainBodies).toBeGreaterThan(200);
  });

  it.each([
    "<p>一 &amp; 二</p>",
    "<p>一<br>二</p>",
    "<p>{{ page.title }}</p>",
    "<p>一</p>\n\n二",
    "<p>　</p>",
    "    <p>一</p>",
    '<p style="text-align:center">一</p>',
  ])("leaves %j to those steps", (source) => {
    expect(readPlainBody(source)).toBeNull();
  });
});
