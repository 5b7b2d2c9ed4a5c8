import { RAW_TEXT_ELEMENTS, isKnownElement } from "./html-elements.ts";

/** A name may have a prefix, as in `<o:p>`; `<https://…>` is an address. */
const TAG_NAME = /<(\/?)([a-z][\w.:-]*)(?<!:)(?=[\s/>])/iy;
const END_TAG = /<\/([a-z][\w.:-]*)\s*>/gi;
/** An attribute with a quoted value, which no prose in angle brackets has. */
const ATTRIBUTE = /\s[a-z_][\w.:-]*\s*=\s*["']/i;
const DECLARATION = /<(?:![a-z[]|\?[a-z])[^>]*>/iy;

/**
 * Removes comments and declarations from HTML and escapes every `<` that opens no tag, as in `A<B 且 1<2` and
 * `List<String>`, so that a parser loses no text. A `<` is also text where its tag, comment or script is never closed.
 *
 * Markup that is no HTML, as editors and Word write it, is told from such text by a rule and not by a list: its name has a
 * dash or a prefix (`<o:p>`), or it has attributes (`<mpvoice name="…">`), or an end tag of its name follows.
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
type KnownEnds = ReturnType<typeof createKnownEnds>;

function createKnownEnds(html: string) {
  return {
    lastComment: html.lastIndexOf("-->"),
    lastTag: html.lastIndexOf(">"),
    /** Names of elements that have no end tag in the rest of the text. */
    unclosed: new Set<string>(),
    /** By name, the index of its last end tag; null before it is asked for. */
    lastEnds: null as ReadonlyMap<string, number> | null,
    /** Names of markup that is no HTML, of which a start tag has been met. */
    foreign: new Set<string>(),
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
function tagEnd(html: string, start: number, known: KnownEnds): number {
  TAG_NAME.lastIndex = start;
  const [, slash, written = ""] = TAG_NAME.exec(html) ?? [];
  const name = written.toLowerCase();
  if (name === "") return -1;
  const nameEnd = TAG_NAME.lastIndex;
  const end = attributesEnd(html, nameEnd, known.vain);
  if (end === -1) return -1;
  if (!isKnownElement(name)) {
    const isMarkup =
      slash === "/"
        ? /[:-]/.test(name) || known.foreign.has(name)
        : /[:-]/.test(name) ||
          ATTRIBUTE.test(html.slice(nameEnd, end)) ||
          (lastEndTags(html, known).get(name) ?? -1) > start;
    if (isMarkup) known.foreign.add(name);
    return isMarkup ? end : -1;
  }
  if (slash === "/" || !RAW_TEXT_ELEMENTS.has(name)) return end;
  const { unclosed } = known;
  if (unclosed.has(name)) return -1;
  const closing = new RegExp(String.raw`</${name}[\s/>]`, "gi");
  closing.lastIndex = end;
  if (closing.test(html)) return closing.lastIndex - 1 - name.length - 2;
  unclosed.add(name);
  return -1;
}

function lastEndTags(html: string, known: KnownEnds): ReadonlyMap<string, number> {
  known.lastEnds ??= new Map(
    Array.from(html.matchAll(END_TAG), ({ 1: name = "", index }) => [name.toLowerCase(), index]),
  );
  return known.lastEnds;
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
