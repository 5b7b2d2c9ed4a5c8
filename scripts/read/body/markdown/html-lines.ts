import { ATTRIBUTES, PARAGRAPH } from "./html-blocks.ts";
import type { MarkdownOptions } from "./markdown-document.ts";

/** A line of what newspapers' systems write: paragraphs, lists, and pictures in the middle; or an empty one. */
const LINE = new RegExp(
  String.raw` {0,3}(?:${PARAGRAPH}|<ul>(?:<li>[^<\n]*</li>)+</ul>|<center><img${ATTRIBUTES} ?/?></center>)+[ \t]*\n|[ \t]*\n`,
  "y",
);
/** A line of quotation at the beginning that holds no mark of Markdown, and the empty lines below it. */
const DIGEST =
  /^> ([^\0-\x7F\s](?:[^\n*_`<>[\]{}\\$&!~"'|:=^#+.-]*[^\s*_`<>[\]{}\\$&!~"'|:=^#+.-])?)\n(?:[ \t]*\n)+/;

/**
 * The HTML of a text that is nothing but HTML as newspapers' systems write it, perhaps with a quotation above it: itself,
 * without its empty lines. Null for all other texts. The result is the same as that of reading its blocks.
 */
export function readHtmlLines(source: string, { parsesBlockHtml }: MarkdownOptions): string | null {
  if (parsesBlockHtml) return null;
  const text = source.endsWith("\n") || source === "" ? source : `${source}\n`;
  const [above = "", digest = ""] = DIGEST.exec(text) ?? [];
  let html = above === "" ? "" : `<blockquote>\n<p>${digest}</p>\n</blockquote>\n`;
  let [copied, position] = [above.length, above.length];
  while (position < text.length) {
    const start = position;
    LINE.lastIndex = position;
    if (!LINE.test(text)) return null;
    position = LINE.lastIndex;
    // Nearly no line is empty.
    if (!text.slice(start, position).includes("<")) {
      html += text.slice(copied, start);
      copied = position;
    }
  }
  return html + text.slice(copied);
}
