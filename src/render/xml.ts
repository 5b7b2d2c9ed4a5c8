import { withoutForbiddenCharacters } from "../domain/xml-characters.ts";
import type { Chunk, Sized } from "./chunk.ts";
import { encodeChunks } from "./chunk.ts";
import { Markup } from "./markup.ts";

declare const brand: unique symbol;

/** A piece of an XML document. Only this file makes one, so that plain text cannot be taken for XML. */
export type Xml = string & { readonly [brand]: "Xml" };

/** An element that holds something unchanged, such as an article's body: what stands before it, it, what stands behind. */
export type XmlAround<Body extends Sized> = readonly [Xml, Chunk<Body>, Xml];

/** Attributes in their order; those that are null are left out. */
export type Attributes = Readonly<Record<string, string | number | null>>;

const NO_ATTRIBUTES: Attributes = {};

/**
 * Hexadecimal, because the RSS Best Practices Profile recommends `&#x26;` and `&#x3C;` in plain text and the W3C
 * validator looks for them. A parser would change blanks other than U+0020 (XML 1.0, sections 2.11 and 3.3.3).
 */
const REFERENCES: Readonly<Record<string, string>> = {
  "&": "&#x26;",
  "<": "&#x3C;",
  ">": "&#x3E;",
  '"': "&#x22;",
  "\t": "&#x9;",
  "\n": "&#xA;",
  "\r": "&#xD;",
};

/** Matches all that has a reference, all forbidden characters and every surrogate. */
const SUSPECT =
  /[^\u0020\u0021\u0023-\u0025\u0027-\u003b\u003d\u003f-\u007e\u00a0-\ud7ff\ue000-\ufffd]/;

const XML_DECLARATION = mint('<?xml version="1.0" encoding="utf-8"?>');

/** What stands before the first element of a feed; the stylesheet is for people who open the raw document. */
export function prolog(stylesheetUrl: string): Xml {
  const attributes = attributeList({ type: "text/css", href: stylesheetUrl });
  return lines([XML_DECLARATION, mint(`<?xml-stylesheet${attributes}?>`)]);
}

/** A whole document in UTF-8. */
export function xmlDocument(
  root: string,
  attributes: Attributes,
  children: readonly (Xml | null)[],
): Uint8Array<ArrayBuffer> {
  return encodeChunks([lines([XML_DECLARATION, parentElement(root, children, attributes)]), "\n"]);
}

/** `<name>text</name>` */
export function textElement(
  name: string,
  text: string,
  attributes: Attributes = NO_ATTRIBUTES,
): Xml {
  return mint(`<${name}${attributeList(attributes)}>${escapeText(text)}</${name}>`);
}

/** `<name/>` */
export function emptyElement(name: string, attributes: Attributes = NO_ATTRIBUTES): Xml {
  return mint(`<${name}${attributeList(attributes)}/>`);
}

/**
 * `<name><![CDATA[html]]></name>`: an article's body, which holds no `]]>`.
 *
 * @param around tags before and behind the body; null for none
 */
export function htmlElement<Body extends Sized>(
  name: string,
  html: Body | Markup,
  around: readonly [start: Markup, end: Markup] | null,
  attributes: Attributes = NO_ATTRIBUTES,
): XmlAround<Body> {
  const chunk = html instanceof Markup ? html.html : html;
  const [start, end] = around === null ? ["", ""] : [around[0].html, around[1].html];
  return [
    mint(`<${name}${attributeList(attributes)}><![CDATA[${start}`),
    chunk,
    mint(`${end}]]></${name}>`),
  ];
}

/** An element with one child a line. */
export function parentElement(
  name: string,
  children: readonly (Xml | null)[],
  attributes: Attributes = NO_ATTRIBUTES,
): Xml {
  return mint(`${startTag(name, attributes)}\n${linesThatEnd(children)}${endTag(name)}`);
}

/** An element with one child a line, of which one holds something unchanged. */
export function parentAround<Body extends Sized>(
  name: string,
  before: readonly (Xml | null)[],
  [start, body, end]: XmlAround<Body>,
  behind: readonly (Xml | null)[],
  attributes: Attributes = NO_ATTRIBUTES,
): XmlAround<Body> {
  return [
    mint(`${startTag(name, attributes)}\n${linesThatEnd(before)}${start}`),
    body,
    mint(`${end}\n${linesThatEnd(behind)}${endTag(name)}`),
  ];
}

export function startTag(name: string, attributes: Attributes = NO_ATTRIBUTES): Xml {
  return mint(`<${name}${attributeList(attributes)}>`);
}

export function endTag(name: string): Xml {
  return mint(`</${name}>`);
}

/** Pieces on lines of their own; null is no line. */
export function lines(pieces: readonly (Xml | null)[]): Xml {
  return mint(pieces.filter((piece) => piece !== null).join("\n"));
}

/** The same with a line break behind each. A feed has thousands, and to join them by a call for each takes longer. */
function linesThatEnd(pieces: readonly (Xml | null)[]): string {
  let text = "";
  for (const piece of pieces) {
    if (piece !== null) text += `${piece}\n`;
  }
  return text;
}

function attributeList(attributes: Attributes): string {
  let list = "";
  if (attributes === NO_ATTRIBUTES) return list;
  for (const name in attributes) {
    const value = attributes[name] ?? null;
    if (value !== null) list += ` ${name}="${escapeText(String(value))}"`;
  }
  return list;
}

/**
 * Drops characters that no document may hold: articles have none, but settings and addresses may, and a single one
 * makes a document unreadable.
 */
function escapeText(text: string): string {
  // Most texts are harmless, and one test is cheaper than two replacements.
  if (!SUSPECT.test(text)) return text;
  return withoutForbiddenCharacters(text).replaceAll(
    /[&<>"\t\n\r]/g,
    (character) => REFERENCES[character] ?? character,
  );
}

function mint(text: string): Xml {
  return text as Xml;
}
