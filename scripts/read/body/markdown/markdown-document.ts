import { addAttributes, readAttributeList } from "./attribute-lists.ts";
import type { MarkdownAttributes, MarkdownNode } from "./markdown-node.ts";

/** What is defined once can be named ever so often: its attributes may be so many times as long as the text, and a little. */
const MOST_TIMES = 2;
const MORE_CHARACTERS = 50_000;

/** What a site may choose; the rest is as kramdown does by default. */
export interface MarkdownOptions {
  /** Whether straight quotation marks, `--` and `...` become typographic ones in text without Han characters. */
  readonly typographic: boolean;
  /** Whether Markdown is also read inside blocks of HTML, as with kramdown's option `parse_block_html`. */
  readonly parsesBlockHtml: boolean;
  /** Whether headings without an id of their own stand in tables of contents. */
  readonly hasHeadingIds: boolean;
  readonly firstFootnote: number;
  /** The words of the link from a footnote back to its mark; empty for none. */
  readonly backlink: string;
}

/** Something of a Markdown text that readers see raw or miss. */
export interface MarkdownProblem {
  readonly kind:
    | "footnote-missing"
    | "footnote-unused"
    | "list-misplaced"
    | "tag-as-text"
    | "extension-as-text";
  /** As it stands in the text. */
  readonly mark: string;
}

/** A link's address, with the node that stands where it is defined, for attribute lists under it. */
export interface LinkDefinition {
  readonly address: string;
  readonly title: string | null;
  readonly place: MarkdownNode;
}

export interface AbbreviationDefinition {
  readonly title: string;
  readonly place: MarkdownNode;
}

export interface FootnoteDefinition {
  readonly content: MarkdownNode;
  /** How often it is named. */
  references: number;
}

/** The attribute lists of one name, together. */
interface NamedList {
  readonly attributes: MarkdownAttributes;
  /** Characters, as written. */
  length: number;
}

/** What all readers of one text share. */
export interface MarkdownDocument {
  readonly options: MarkdownOptions;
  readonly links: Map<string, LinkDefinition>;
  readonly abbreviations: Map<string, AbbreviationDefinition>;
  readonly footnotes: Map<string, FootnoteDefinition>;
  /** Attribute lists that others refer to, by name. */
  readonly attributeLists: Map<string, NamedList>;
  /** How many characters of attribute lists may still be copied from where they are defined. */
  listRoom: number;
  /** By mark, since what is read again is found again. */
  readonly problems: Map<string, MarkdownProblem>;
  /** What `{::options …}` in the text has set. */
  readonly inline: { parsesBlockHtml: boolean; parsesSpanHtml: boolean; firstFootnote: number };
}

/** @param length the text's, in characters */
export function createDocument(options: MarkdownOptions, length: number): MarkdownDocument {
  return {
    options,
    links: new Map(),
    abbreviations: new Map(),
    footnotes: new Map(),
    attributeLists: new Map(),
    listRoom: roomForAttributes(length),
    problems: new Map(),
    inline: {
      parsesBlockHtml: options.parsesBlockHtml,
      parsesSpanHtml: true,
      firstFootnote: options.firstFootnote,
    },
  };
}

/** How many characters the attributes of a text of this length may have. */
export function roomForAttributes(length: number): number {
  return MOST_TIMES * length + MORE_CHARACTERS;
}

export function addProblem(
  { problems }: MarkdownDocument,
  kind: MarkdownProblem["kind"],
  mark: string,
): void {
  problems.set(mark, { kind, mark });
}

/** Carries out `{::options footnote_nr="10" /}`: those that change what is read; others, and unknown ones, mean nothing. */
export function setOptions({ inline }: MarkdownDocument, list: string): void {
  const { attributes } = readAttributeList(list);
  const isTrue = (name: string, before: boolean): boolean =>
    attributes[name] === undefined ? before : attributes[name] === "true";
  inline.parsesBlockHtml = isTrue("parse_block_html", inline.parsesBlockHtml);
  inline.parsesSpanHtml = isTrue("parse_span_html", inline.parsesSpanHtml);
  const number = Number(attributes["footnote_nr"]);
  if (Number.isInteger(number)) inline.firstFootnote = number;
}

/** Adds to the attribute list of a name, as `{:name: .class}` does. */
export function defineList({ attributeLists }: MarkdownDocument, name: string, text: string): void {
  const list = attributeLists.get(name) ?? { attributes: {}, length: 0 };
  addAttributes(list.attributes, readAttributeList(text).attributes);
  list.length += text.length;
  attributeLists.set(name, list);
}

/** Whether so many characters of a list may be copied from where it is defined. */
export function hasListRoom(document: MarkdownDocument, length: number): boolean {
  document.listRoom -= length;
  return document.listRoom >= 0;
}

/** Gives a node the attributes of its lists, and returns the names in them that are no attributes, such as `toc`. */
export function applyLists(node: MarkdownNode, document: MarkdownDocument): Set<string> {
  const names = new Set<string>();
  for (const text of node.lists) {
    const list = readAttributeList(text);
    for (const name of list.names) {
      names.add(name);
      const defined = document.attributeLists.get(name);
      if (defined !== undefined && hasListRoom(document, defined.length)) {
        addAttributes(node.attributes, defined.attributes);
      }
    }
    addAttributes(node.attributes, list.attributes);
  }
  node.lists = [];
  return names;
}
