import { isKnownElement, VOID_ELEMENTS } from "../html/html-elements.ts";
import type { MarkdownAttributes } from "./markdown-node.ts";

const ATTRIBUTES = String.raw`(?:\s+[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>]+))?)*`;
/** A start tag: its name, its attributes and the slash of an element that it ends itself. */
const START_TAG = new RegExp(String.raw`<([A-Za-z_][\w.:-]*)(${ATTRIBUTES})\s*(/?)>`, "y");
const END_TAG = /<\/([A-Za-z_][\w.:-]*)\s*>/y;
const ANY_TAG = new RegExp(String.raw`<!--|<(/?)([A-Za-z_][\w.:-]*)(${ATTRIBUTES})\s*(/?)>`, "g");
const ATTRIBUTE = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>]+)))?/g;

/** Elements that stand within a line; all others, unknown ones included, are blocks where they begin a line. */
const SPANS = words(`
  a abbr acronym b bdi bdo big br button cite code data del dfn em font i img input ins kbd label mark option q rb rbc
  rp rt rtc ruby s samp select small span strike strong sub sup time tt u var wbr`);
/** Elements whose tags within a line are text, since they would tear it. */
const TORN = words(`
  address article aside applet body blockquote caption col colgroup dd div dl dt fieldset figcaption footer form h1 h2
  h3 h4 h5 h6 header hgroup hr html head iframe legend menu li main map nav ol optgroup p pre section summary table tbody
  td th thead tfoot tr ul`);
/** Elements whose content is not shown, or only by a program. */
const HIDING = words(
  "audio canvas datalist noembed noframes option script select style template title video",
);
/** Elements whose content is never Markdown, even where it is asked for. */
const RAW = words("script style math option textarea pre code kbd samp var svg");
/** Elements whose content, where Markdown is asked for, is a line of text. */
const LINES = words(`
  a abbr acronym b bdo big button cite caption del dfn dt em h1 h2 h3 h4 h5 h6 i ins label legend optgroup p q rb rbc rp
  rt rtc ruby select small span strong sub sup th tt`);
const BLOCKS = words(`
  address applet article aside blockquote body dd details div dl fieldset figure figcaption footer form header hgroup
  iframe li main map menu nav noscript object section summary td`);
/** How the content of an element is read. */
export type ContentModel = "raw" | "block" | "span";

export interface StartTag {
  /** Lower case if it is an element of HTML. */
  readonly name: string;
  readonly attributes: MarkdownAttributes;
  /** Whether the element has no content. */
  readonly isEmpty: boolean;
  /** What its attribute `markdown`, which is taken out, asks for. */
  readonly asked: ContentModel | "default" | null;
  /** The index behind the tag. */
  readonly end: number;
}

const ASKED: ReadonlyMap<string, StartTag["asked"]> = new Map([
  ["0", "raw"],
  ["1", "default"],
  ["block", "block"],
  ["span", "span"],
]);

/** The start tag at an index; null if there is none. */
export function startTagAt(text: string, index: number): StartTag | null {
  START_TAG.lastIndex = index;
  const found = START_TAG.exec(text);
  if (found === null) return null;
  const [tag, written = "", list = "", slash] = found;
  const name = elementName(written);
  const { asked, attributes } = list === "" ? NO_ATTRIBUTES : readAttributes(list, isKnown(name));
  return {
    name,
    attributes: { ...attributes },
    isEmpty: slash === "/" || VOID_ELEMENTS.has(name),
    asked,
    end: index + tag.length,
  };
}

const NO_ATTRIBUTES = { asked: null, attributes: {} };

function readAttributes(
  list: string,
  isLowerCase: boolean,
): Pick<StartTag, "asked" | "attributes"> {
  const attributes: MarkdownAttributes = {};
  for (const [, key = "", double, single, bare] of list.matchAll(ATTRIBUTE)) {
    const value = double ?? single ?? bare ?? "";
    attributes[isLowerCase ? key.toLowerCase() : key] = value.replaceAll(/\n+/g, " ");
  }
  const { markdown: asked = "", ...others } = attributes;
  return { asked: ASKED.get(asked) ?? null, attributes: others };
}

/** The name of the end tag at an index; null if there is none. */
export function endTagAt(text: string, index: number): string | null {
  END_TAG.lastIndex = index;
  const name = END_TAG.exec(text)?.[1];
  return name === undefined ? null : elementName(name);
}

/** How the content of an element is read if `markdown="1"` stands in its tag. */
export function contentModel(name: string): ContentModel {
  if (RAW.has(name)) return "raw";
  if (LINES.has(name)) return "span";
  return BLOCKS.has(name) ? "block" : "raw";
}

/** Whether a name, in any case, is an element of HTML, SVG or MathML. */
export function isKnown(name: string): boolean {
  return isKnownElement(name.toLowerCase());
}

export function isSpanElement(name: string): boolean {
  return SPANS.has(name.toLowerCase());
}

export function isTornElement(name: string): boolean {
  return TORN.has(name);
}

/**
 * Whether a start tag that nothing ends is a word, such as `<title>` in a sentence about HTML: as an element it would take
 * all that follows from the reader's sight.
 */
export function isHidingWord({ name, attributes, isEmpty }: StartTag): boolean {
  return !isEmpty && HIDING.has(name) && Object.keys(attributes).length === 0;
}

export function isRawElement(name: string): boolean {
  return RAW.has(name);
}

function elementName(written: string): string {
  return isKnown(written) ? written.toLowerCase() : written;
}

/** Which tags of a text belong together. */
export interface TagPairs {
  /** By the index of a start tag, that of its end tag. */
  readonly ends: ReadonlyMap<number, number>;
  /** The indexes of end tags that end nothing. */
  readonly strays: ReadonlySet<number>;
}

/** Finds which tags belong together, in one pass: an end tag ends the last open element of its name and all in it. */
export function pairTags(text: string): TagPairs {
  const ends = new Map<number, number>();
  const strays = new Set<number>();
  const open: { readonly name: string; readonly index: number }[] = [];
  const counts = new Map<string, number>();
  const lastComment = text.lastIndexOf("-->");
  ANY_TAG.lastIndex = 0;
  for (let found = ANY_TAG.exec(text); found !== null; found = ANY_TAG.exec(text)) {
    const [mark, slash, written = "", , closed] = found;
    const { index } = found;
    if (mark === "<!--") {
      if (index < lastComment) ANY_TAG.lastIndex = text.indexOf("-->", index) + 3;
      continue;
    }
    const name = elementName(written);
    if (slash === "/") {
      const count = counts.get(name) ?? 0;
      if (count === 0) strays.add(index);
      for (let last = count === 0 ? undefined : open.pop(); last !== undefined; last = open.pop()) {
        counts.set(last.name, (counts.get(last.name) ?? 0) - 1);
        if (last.name !== name) continue;
        ends.set(last.index, index);
        break;
      }
    } else if (closed !== "/" && !VOID_ELEMENTS.has(name)) {
      open.push({ name, index });
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  return { ends, strays };
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}
