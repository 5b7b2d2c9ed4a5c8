import { MARKDOWN } from "../../../../markdown-options.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readHtmlLines } from "../../../../../scripts/read/body/markdown/html-lines.ts";
import { renderBlocks } from "../../../../../scripts/read/body/markdown/markdown.ts";

const MARKS = "* _ ` # > ~ | [ ] ( ) ! : - + 1. \\ ^ $ = \" ' & { } . ... -- （ 。 “ ” ：".split(
  " ",
);
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom("文", "字", "ab", "12", " ", "\u3000", "\u00A0"),
      fc.constantFrom(...MARKS, "&amp;", "[^1]", "*[AB]: 词", "{:toc}", "<b>字</b>", "<br>"),
    ),
    { maxLength: 5 },
  )
  .map((pieces) => pieces.join(""));
const block = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        fc.constantFrom("<p>", "<p>", '<p class="em_media">', '<p markdown="1">', "<P>"),
        text,
        fc.constantFrom(
          "",
          '<img src="/a.png" />',
          '<a href="/b">字</a>',
          "<span><a>字</a></span>",
        ),
        fc.constantFrom("</p>", "</p>", "</p>", "</p> ", ""),
      )
      .map((parts) => parts.join("")),
  },
  {
    weight: 2,
    arbitrary: text.map((item) => `<ul><li>${item}</li><li>字</li></ul>`),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '<center><img src="a.png" alt="字" /></center>',
      "<center>字</center>",
      "<table><tr><td>字</td></tr></table>",
      "<ol><li>字</li></ol>",
      "<!-- 字 -->",
      "<div>",
      "字",
    ),
  },
);
const line = fc
  .tuple(
    fc.constantFrom("", "", " ", "   ", "    ", "\t"),
    fc.array(block, { minLength: 1, maxLength: 3 }),
    fc.constantFrom("", "", " ", "\t", "\n", "\n \n"),
  )
  .map(([indent, blocks, end]) => `${indent}${blocks.join("")}${end}`);
const source = fc
  .tuple(
    fc.oneof(
      fc.constantFrom("", "", "\n", " \n"),
      fc
        .tuple(
          fc.constantFrom("文", ""),
          text,
          fc.constantFrom("\n\n", "\n\n", "\n", " \n\n", "\n \n\n"),
        )
        .map(([first, rest, end]) => `> ${first}${rest}${end}`),
    ),
    fc.array(line, { maxLength: 4 }),
    fc.constantFrom("", "\n"),
  )
  .map(([start, lines, end]) => start + lines.join("\n") + end);

describe("readHtmlLines", () => {
  it("comes to what reading the blocks comes to", () => {
    let read = 0;
    fc.assert(
      fc.property(source, (written) => {
        const html = readHtmlLines(written, MARKDOWN);
        if (html === null) return;
        read += 1;
        expect({ html, problems: [] }).toEqual(renderBlocks(written, MARKDOWN));
      }),
      { numRuns: 3000 },
    );
    expect(read).toBeGreaterThan(200);
  });

  it.each([
    ["paragraphs", '<p>甲<a href="/b">乙</a></p>\n <p>丙</p><p class="em_media">丁</p>\n'],
    ["pictures and lists", '<center><img src="a.png" /></center><p>甲</p><ul><li>乙</li></ul>'],
    ["a digest above", "> 甲。（乙）\n\n<p>丙</p>\n"],
  ])("knows %s", (_, written) => {
    expect(readHtmlLines(written, MARKDOWN)).not.toBeNull();
  });

  it.each(["> **甲**\n\n<p>乙</p>", "<p>甲</p>\n乙\n", "<table><tr><td>甲</td></tr></table>"])(
    "leaves %j to the reader of blocks",
    (written) => {
      expect(readHtmlLines(written, MARKDOWN)).toBeNull();
    },
  );

  it("leaves all to it where blocks of HTML hold Markdown", () => {
    expect(readHtmlLines("<p>甲</p>", { ...MARKDOWN, parsesBlockHtml: true })).toBeNull();
  });
});
