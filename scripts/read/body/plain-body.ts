import { NO_MEDIA_HOSTS } from "./links/media-settings.ts";
import type { TextBlock } from "./html/text-blocks.ts";
import { visibleBlanks } from "./html/text-blocks.ts";
import { isBlankCharacter } from "./html/visible-text.ts";
import type { RenderedText } from "./render-markup.ts";

const SOURCE_START = '<p class="em_media">';
/** The beginning of a source line in the rendered HTML. */
const KEPT_SOURCE_START = '<p class="source">';
const END = "</p>";

/**
 * Reads a body as newspapers' jobs write it: lines of paragraphs without Markdown, templates, references or elements.
 * Null for all other bodies. The result is the same as `renderMarkup`'s, but many times as fast. Braces are refused, since they
 * may belong to a template or an attribute list.
 *
 * @param source the body, without characters that XML forbids
 */
export function readPlainBody(source: string): RenderedText | null {
  const end = source.trimEnd().length;
  const blocks: TextBlock[] = [];
  let characterCount = 0;
  let at = 0;
  while (at < end && source.startsWith("\n", at)) at += 1;
  while (at < end) {
    const line = behindIndent(source, at);
    at = line;
    while (source.startsWith("<p", at)) {
      const isSource = source.startsWith(SOURCE_START, at);
      if (!isSource && source.charAt(at + 2) !== ">") return null;
      const start = at + (isSource ? SOURCE_START.length : "<p>".length);
      const textEnd = source.indexOf("<", start);
      if (textEnd === -1 || !source.startsWith(END, textEnd)) return null;
      const count = countPlain(source, start, textEnd);
      if (count === null) return null;
      const written = source.slice(start, textEnd);
      const text = count === written.length ? written : visibleBlanks(written);
      if (text === "") return null;
      blocks.push({ kind: "paragraph", text, isSource, isAfterImage: false });
      characterCount += count;
      at = textEnd + END.length;
    }
    if (at === line || (at < end && source.charAt(at) !== "\n")) return null;
    at += 1;
  }
  return {
    html: source.trim().replaceAll(SOURCE_START, KEPT_SOURCE_START),
    blocks,
    image: null,
    recordings: [],
    characterCount,
    isPlain: true,
    localFiles: [],
    mediaHosts: NO_MEDIA_HOSTS,
    links: [],
  };
}

/** In Markdown, more blanks before a line make code of it. */
function behindIndent(source: string, from: number): number {
  let at = from;
  while (at < from + 3 && source.charAt(at) === " ") at += 1;
  return at;
}

/** How many characters are no blanks; null where one of them is not plain. */
function countPlain(source: string, start: number, end: number): number | null {
  let count = 0;
  for (let index = start; index < end; index += 1) {
    const unit = source.charCodeAt(index);
    if (unit > LAST_RARE && unit < FIRST_SURROGATE) {
      count += 1;
      continue;
    }
    // Without a low surrogate for each high one the body would not be here.
    const isLow = unit >= FIRST_LOW_SURROGATE && unit <= LAST_SURROGATE;
    const character = source.charAt(index);
    if (NOT_PLAIN.has(character)) return null;
    if (!isLow && !isBlankCharacter(character)) count += 1;
  }
  return count;
}

const NOT_PLAIN: ReadonlySet<string> = new Set(">&{\n");
/** Behind it are all of Chinese, but for a few signs, and no blanks. */
const LAST_RARE = 0x30_00;
const FIRST_SURROGATE = 0xd8_00;
const FIRST_LOW_SURROGATE = 0xdc_00;
const LAST_SURROGATE = 0xdf_ff;
