import { isElementName, RAW_TEXT_ELEMENTS } from "./html-elements.ts";

const TAG_NAME = /<(\/?)([a-z][a-z0-9:-]*)(?=[\s/>])/iy;
const DECLARATION = /<(?:![a-z[]|\?[a-z])[^>]*>/iy;

/**
 * Takes comments and declarations out of HTML and escapes every `<` that opens no tag, so that a parser loses no text:
 * in `A<B 且 1<2` and `List<String>` it is text, and so it is where nothing closes the tag, the comment or the script.
 */
export function escapeStrayTags(html: string): string {
  let result = "";
  let copied = 0;
  const known = createKnownEnds(html);
  for (let start = html.indexOf("<"); start !== -1;) {
    let end = invisibleEnd(html, start, known);
    if (end !== -1) {
      result += html.slice(copied, start);
      copied = end;
    } else {
      end = tagEnd(html, start, known);
      if (end === -1) {
        result += `${html.slice(copied, start)}&lt;`;
        copied = start + 1;
        end = copied;
      }
    }
    start = html.indexOf("<", end);
  }
  return result + html.slice(copied);
}

/** What is known of a text, so that nothing is looked for again that is not there. */
interface KnownEnds {
  readonly lastComment: number;
  readonly lastTag: number;
  /** Elements that nothing closes from here on. */
  readonly unclosed: Set<string>;
  /** Where quoted values end behind which no tag ends. */
  readonly vain: Set<number>;
}

function createKnownEnds(html: string): KnownEnds {
  return {
    lastComment: html.lastIndexOf("-->"),
    lastTag: html.lastIndexOf(">"),
    unclosed: new Set(),
    vain: new Set(),
  };
}

/** Where the comment, doctype or processing instruction at `start` ends; -1 where there is none. */
function invisibleEnd(html: string, start: number, { lastComment, lastTag }: KnownEnds): number {
  if (html.startsWith("<!--", start)) {
    // HTML 13.2.5.43: `<!-->` and `<!--->` are whole comments.
    return start + 2 > lastComment ? -1 : html.indexOf("-->", start + 2) + 3;
  }
  if (start > lastTag) return -1;
  DECLARATION.lastIndex = start;
  return DECLARATION.test(html) ? DECLARATION.lastIndex : -1;
}

/** Where the tag at `start` ends, a script with its content; -1 where it is no tag. */
function tagEnd(html: string, start: number, { unclosed, vain }: KnownEnds): number {
  TAG_NAME.lastIndex = start;
  const [, slash, written = ""] = TAG_NAME.exec(html) ?? [];
  const name = written.toLowerCase();
  if (name === "" || !isElementName(name)) return -1;
  const end = attributesEnd(html, TAG_NAME.lastIndex, vain);
  if (end === -1 || slash === "/" || !RAW_TEXT_ELEMENTS.has(name)) return end;
  if (unclosed.has(name)) return -1;
  const closing = new RegExp(String.raw`</${name}[\s/>]`, "gi");
  closing.lastIndex = end;
  if (closing.test(html)) return closing.lastIndex - 1 - name.length - 2;
  unclosed.add(name);
  return -1;
}

/** Where the `>` is that ends a tag. Names are ASCII, so Chinese outside values says that this is prose. */
function attributesEnd(html: string, from: number, vain: Set<number>): number {
  let inValue = false;
  for (let index = from; index < html.length; index += 1) {
    const character = html.charAt(index);
    if (character === ">") return index + 1;
    if (character === "<") return -1;
    if (character === "=") {
      inValue = true;
      const quote = /\S/g;
      quote.lastIndex = index + 1;
      const mark = quote.exec(html)?.[0];
      if (mark !== '"' && mark !== "'") continue;
      const end = html.indexOf(mark, quote.lastIndex);
      if (end === -1 || vain.has(end)) return -1;
      // Where a tag does end, no other is looked at from before its end.
      vain.add(end);
      index = end;
      inValue = false;
    } else if (character <= " ") {
      inValue = false;
    } else if (character > "~" && !inValue) {
      return -1;
    }
  }
  return -1;
}
