import { addAttributes, readAttributeList } from "./attribute-lists.ts";
import type { MarkdownNode } from "./markdown-node.ts";

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

/** What all readers of one text share. */
export interface MarkdownDocument {
  readonly options: MarkdownOptions;
  readonly links: Map<string, LinkDefinition>;
  readonly abbreviations: Map<string, AbbreviationDefinition>;
  readonly footnotes: Map<string, FootnoteDefinition>;
  /** Attribute lists that others refer to, by name. */
  readonly attributeLists: Map<string, string[]>;
  /** By mark, since what is read again is found again. */
  readonly problems: Map<string, MarkdownProblem>;
  /** What `{::options …}` in the text has set. */
  readonly inline: { parsesBlockHtml: boolean; parsesSpanHtml: boolean; firstFootnote: number };
}

export function createDocument(options: MarkdownOptions): MarkdownDocument {
  return {
    options,
    links: new Map(),
    abbreviations: new Map(),
    footnotes: new Map(),
    attributeLists: new Map(),
    problems: new Map(),
    inline: {
      parsesBlockHtml: options.parsesBlockHtml,
      parsesSpanHtml: true,
      firstFootnote: options.firstFootnote,
    },
  };
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

/** Gives a node the attributes of its lists, and returns the names in them that are no attributes, such as `toc`. */
export function applyLists(node: MarkdownNode, { attributeLists }: MarkdownDocument): Set<string> {
  const names = new Set<string>();
  for (const text of node.lists) {
    const list = readAttributeList(text);
    for (const name of list.names) {
      names.add(name);
      for (const defined of attributeLists.get(name) ?? []) {
        addAttributes(node.attributes, readAttributeList(defined).attributes);
      }
    }
    addAttributes(node.attributes, list.attributes);
  }
  node.lists = [];
  return names;
}
