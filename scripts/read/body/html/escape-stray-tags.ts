import { isElementName, RAW_TEXT_ELEMENTS } from "./html-elements.ts";

const TAG_NAME = /<(\/?)([a-z][a-z0-9:-]*)(?=[\s/>])/iy;
const DECLARATION = /<(?:![a-z[]|\?[a-z])[^>]*>/iy;

/**
 * Removes comments and declarations from HTML and escapes every `<` that opens no tag, as in `A<B 且 1<2` and
 * `List<String>`, so that a parser loses no text. A `<` is also text where its tag, comment or script is never closed.
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

/** What is known of a text, so that no search for a missing end is repeated. */
type KnownEnds = Readonly<ReturnType<typeof createKnownEnds>>;

function createKnownEnds(html: string) {
  return {
    lastComment: html.lastIndexOf("-->"),
    lastTag: html.lastIndexOf(">"),
    /** Names of elements that have no end tag in the rest of the text. */
    unclosed: new Set<string>(),
    /** The ends of quoted values that are already known not to be followed by the end of a tag. */
    vain: new Set<number>(),
  };
}

/** The index behind the comment, doctype or processing instruction at `start`; -1 if there is none. */
function invisibleEnd(html: string, start: number, { lastComment, lastTag }: KnownEnds): number {
  if (html.startsWith("<!--", start)) {
    // `<!-->` and `<!--->` are complete comments (HTML 13.2.5.43).
    return start + 2 > lastComment ? -1 : html.indexOf("-->", start + 2) + 3;
  }
  if (start > lastTag) return -1;
  DECLARATION.lastIndex = start;
  return DECLARATION.test(html) ? DECLARATION.lastIndex : -1;
}

/** The index behind the tag at `start`, or behind a script's content; -1 if it is no tag. */
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

/** The index behind the `>` that ends a tag, or -1. Attribute names are ASCII: others outside a value mean prose. */
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
      // If the tag does end, the search goes on behind it, so this entry never matters.
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
