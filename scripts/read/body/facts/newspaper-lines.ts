import { isByline } from "./byline-authors.ts";
import { isCaption } from "./lead-summary.ts";

/** A paragraph of sanitized HTML: its attributes and its content, which holds no other paragraph. */
const PARAGRAPH = /<p( [^>]*)?>([^<]*(?:<(?!\/?p[\s>])[^<]*)*)<\/p>/y;
const TAGS = /<[^>]*>/g;

/** How many paragraphs at the beginning may be bylines and captions. */
const OPENING_PARAGRAPHS = 5;
const LONGEST_SUBHEAD = 20;
/** A newspaper sets a short line and a longer one below it as one head. */
const MOST_SUBHEAD_LINES = 2;
/** A paragraph of this length cannot be one of several short lines, as poems and lists have them. */
const LONG_PARAGRAPH = 40;
/** What ends with a mark is a sentence or leads over to one; what begins with one belongs to a list. */
const SUBHEAD = /^[\p{L}\p{N}“‘「『《（【〈].*[\p{L}\p{N}”’」』》）】〉]$/u;
const NUMBERS_ONLY = /^[\d年月日时分零〇一二三四五六七八九十\s:：./-]+$/u;

interface Paragraph {
  readonly start: number;
  readonly end: number;
  /** Null where it holds elements, or has a look of its own. */
  readonly text: string | null;
  readonly length: number;
}

/**
 * Sets lines as newspapers print them, without changing the text: bylines and captions that open a body in small type, and
 * subheads, which come as short paragraphs between long ones, in bold.
 *
 * @param html sanitized
 */
export function setNewspaperLines(html: string): string {
  const paragraphs = readParagraphs(html);
  let [set, at] = ["", 0];
  const replace = ({ start, end }: Paragraph, element: string): void => {
    set += html.slice(at, start) + element;
    at = end;
  };
  for (const [index, paragraph] of paragraphs.entries()) {
    const { text } = paragraph;
    if (text === null) continue;
    if (index < OPENING_PARAGRAPHS && (isByline(text) || isCaption(text))) {
      replace(paragraph, `<p class="meta">${text}</p>`);
    } else if (isSubhead(html, paragraphs, index)) {
      replace(paragraph, `<p><strong>${text}</strong></p>`);
    }
  }
  return set + html.slice(at);
}

function readParagraphs(html: string): readonly Paragraph[] {
  const paragraphs: Paragraph[] = [];
  for (let start = html.indexOf("<p"); start >= 0; start = html.indexOf("<p", start)) {
    const paragraph = readTextParagraph(html, start) ?? readAnyParagraph(html, start);
    if (paragraph !== null) paragraphs.push(paragraph);
    start = paragraph?.end ?? start + "<p".length;
  }
  return paragraphs;
}

/** Reads a paragraph without attributes and elements, as nearly all are, without a regular expression. */
function readTextParagraph(html: string, start: number): Paragraph | null {
  if (!html.startsWith("<p>", start)) return null;
  const textStart = start + "<p>".length;
  const textEnd = html.indexOf("<", textStart);
  if (textEnd < 0 || !html.startsWith("</p>", textEnd)) return null;
  const text = html.slice(textStart, textEnd);
  return { start, end: textEnd + "</p>".length, text, length: text.length };
}

function readAnyParagraph(html: string, start: number): Paragraph | null {
  PARAGRAPH.lastIndex = start;
  const { 0: whole = "", 1: attributes, 2: content = "" } = PARAGRAPH.exec(html) ?? [];
  if (whole === "") return null;
  return {
    start,
    end: start + whole.length,
    text: attributes === undefined && !content.includes("<") ? content : null,
    length: content.replaceAll(TAGS, "").length,
  };
}

function isSubhead(html: string, paragraphs: readonly Paragraph[], index: number): boolean {
  if (!isSubheadLine(paragraphs[index])) return false;
  let [first, last] = [index, index];
  while (index - first <= MOST_SUBHEAD_LINES && isSubheadLine(paragraphs[first])) first -= 1;
  while (last - index <= MOST_SUBHEAD_LINES && isSubheadLine(paragraphs[last])) last += 1;
  const [before, after] = [paragraphs[first], paragraphs[last]];
  const lines = last - first - 1;
  if (lines < 1 || lines > MOST_SUBHEAD_LINES || before === undefined || after === undefined) {
    return false;
  }
  const together = paragraphs.slice(first, last + 1);
  return (
    before.length >= LONG_PARAGRAPH &&
    after.length >= LONG_PARAGRAPH &&
    together.every(
      ({ end }, place) => html.slice(end, together[place + 1]?.start ?? end).trim() === "",
    )
  );
}

function isSubheadLine(paragraph: Paragraph | undefined): boolean {
  const text = paragraph?.text ?? null;
  if (text === null || text.length > LONGEST_SUBHEAD) return false;
  return (
    /\p{Script=Han}/u.test(text) &&
    SUBHEAD.test(text) &&
    !NUMBERS_ONLY.test(text) &&
    !isByline(text) &&
    !isCaption(text)
  );
}
