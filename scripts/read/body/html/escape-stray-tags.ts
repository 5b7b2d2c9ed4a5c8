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
  const lastCommentEnd = html.lastIndexOf("-->");
  for (let start = html.indexOf("<"); start !== -1;) {
    let end = invisibleEnd(html, start, lastCommentEnd);
    if (end !== -1) {
      result += html.slice(copied, start);
      copied = end;
    } else {
      end = tagEnd(html, start);
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

/** Where the comment, doctype or processing instruction at `start` ends; -1 where there is none. */
function invisibleEnd(html: string, start: number, lastCommentEnd: number): number {
  if (html.startsWith("<!--", start)) {
    // HTML 13.2.5.43: `<!-->` and `<!--->` are whole comments.
    return start + 2 > lastCommentEnd ? -1 : html.indexOf("-->", start + 2) + 3;
  }
  DECLARATION.lastIndex = start;
  return DECLARATION.test(html) ? DECLARATION.lastIndex : -1;
}

/** Where the tag at `start` ends, a script with its content; -1 where it is no tag. */
function tagEnd(html: string, start: number): number {
  TAG_NAME.lastIndex = start;
  const [, slash, written = ""] = TAG_NAME.exec(html) ?? [];
  const name = written.toLowerCase();
  if (name === "" || !isElementName(name)) return -1;
  const end = attributesEnd(html, TAG_NAME.lastIndex);
  if (end === -1 || slash === "/" || !RAW_TEXT_ELEMENTS.has(name)) return end;
  const closing = new RegExp(String.raw`</${name}[\s/>]`, "gi");
  closing.lastIndex = end;
  return closing.test(html) ? closing.lastIndex - 1 - name.length - 2 : -1;
}

/** Where the `>` is that ends a tag. Names are ASCII, so Chinese outside values says that this is prose. */
function attributesEnd(html: string, from: number): number {
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
      if (end === -1) return -1;
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
