import { withoutForbiddenCharacters } from "../domain/xml-characters.ts";
import type { Chunk, Sized } from "./chunk.ts";
import { encodeChunks } from "./chunk.ts";
import { Markup } from "./markup.ts";

declare const brand: unique symbol;

/**
 * A piece of an XML document. Only this file makes one, so that plain text cannot be taken for XML.
 *
 * @typeParam Body of what it holds unchanged, such as an article's body; by default it holds none
 */
export type Xml<Body extends Sized = never> = readonly Chunk<Body>[] & { readonly [brand]: "Xml" };

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

const XML_DECLARATION = mintText('<?xml version="1.0" encoding="utf-8"?>');

/** What stands before the first element of a feed; the stylesheet is for people who open the raw document. */
export function prolog(stylesheetUrl: string): Xml {
  const attributes = attributeList({ type: "text/css", href: stylesheetUrl });
  return lines([XML_DECLARATION, mintText(`<?xml-stylesheet${attributes}?>`)]);
}

/** A whole document in UTF-8. */
export function xmlDocument(
  root: string,
  attributes: Attributes,
  children: readonly (Xml | null)[],
): Uint8Array<ArrayBuffer> {
  const element = parentElement(root, children, attributes);
  return encodeChunks([...lines([XML_DECLARATION, element]), "\n"]);
}

/** `<name>text</name>` */
export function textElement(
  name: string,
  text: string,
  attributes: Attributes = NO_ATTRIBUTES,
): Xml {
  return mintText(`<${name}${attributeList(attributes)}>${escapeText(text)}</${name}>`);
}

/** `<name/>` */
export function emptyElement(name: string, attributes: Attributes = NO_ATTRIBUTES): Xml {
  return mintText(`<${name}${attributeList(attributes)}/>`);
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
): Xml<Body> {
  const chunk = html instanceof Markup ? html.html : html;
  const [start, end] = around === null ? ["", ""] : [around[0].html, around[1].html];
  return mint([
    `<${name}${attributeList(attributes)}><![CDATA[${start}`,
    chunk,
    `${end}]]></${name}>`,
  ]);
}

/** An element with one child a line. */
export function parentElement<Child extends Xml<Sized>>(
  name: string,
  children: readonly (Child | null)[],
  attributes: Attributes = NO_ATTRIBUTES,
): Child | Xml {
  return lines([startTag(name, attributes), ...children, endTag(name)]);
}

export function startTag(name: string, attributes: Attributes = NO_ATTRIBUTES): Xml {
  return mintText(`<${name}${attributeList(attributes)}>`);
}

export function endTag(name: string): Xml {
  return mintText(`</${name}>`);
}

/** Pieces on lines of their own; null is no line. */
export function lines<Piece extends Xml<Sized>>(pieces: readonly (Piece | null)[]): Piece {
  const chunks: Chunk<Sized>[] = [];
  let text = "";
  let isFirst = true;
  for (const piece of pieces) {
    if (piece === null) continue;
    // Before each but the first: cutting the last off would write every entry's text once more.
    if (!isFirst) text += "\n";
    isFirst = false;
    for (const chunk of piece) {
      if (typeof chunk === "string") text += chunk;
      else {
        chunks.push(text, chunk);
        text = "";
      }
    }
  }
  chunks.push(text);
  return mint(chunks) as Piece;
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

function mintText(text: string): Xml {
  return mint<never>([text]);
}

function mint<Body extends Sized>(chunks: readonly Chunk<Body>[]): Xml<Body> {
  return chunks as Xml<Body>;
}
