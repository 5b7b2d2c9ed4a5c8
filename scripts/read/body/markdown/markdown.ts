import { abbreviationMarker } from "./abbreviations.ts";
import type { MarkAbbreviations } from "./abbreviations.ts";
import { readBlocks } from "./blocks.ts";
import { readHtmlLines } from "./html-lines.ts";
import { applyLists, createDocument } from "./markdown-document.ts";
import type { MarkdownDocument, MarkdownOptions, MarkdownProblem } from "./markdown-document.ts";
import { createNode, elementNode } from "./markdown-node.ts";
import type { MarkdownNode } from "./markdown-node.ts";
import { readSpans } from "./spans.ts";
import { fillTableOfContents } from "./table-of-contents.ts";
import { writeHtml } from "./write-html.ts";

/** Elements in which no abbreviation is marked. */
const PLAIN = new Set(["abbr", "code", "pre"]);
const HEADING = /^h[1-6]$/;
const TOC = /(?:^|\s)toc(?:\s|$)/;
const TASK_BOX = /^\[([ xX])\]\s/;

/** HTML that is not yet sanitized, and what in it readers see raw or miss. */
export interface RenderedMarkdown {
  readonly html: string;
  readonly problems: readonly MarkdownProblem[];
}

/**
 * Renders Markdown to HTML that is not yet sanitized, as kramdown does with the settings of Jekyll. What differs is listed
 * in `docs/kramdown.md`. No nesting or repetition of marks makes it take longer than in proportion to the text.
 */
export function renderMarkdown(source: string, options: MarkdownOptions): RenderedMarkdown {
  const html = readHtmlLines(source, options);
  return html === null ? renderBlocks(source, options) : { html, problems: [] };
}

/** The same without a look at whether the text is nothing but HTML. */
export function renderBlocks(source: string, options: MarkdownOptions): RenderedMarkdown {
  const document = createDocument(options, source.length);
  const root = elementNode("div");
  readBlocks(document, source, root);
  const finishing: Finishing = {
    document,
    markAbbreviations: abbreviationMarker(document),
    headings: [],
    standalone: new Set(),
    contents: null,
    footnotes: null,
  };
  finishNodes(root, finishing);
  for (const { content } of document.footnotes.values()) finishNodes(content, finishing);
  const { contents, headings } = finishing;
  if (contents !== null) fillTableOfContents(contents, headings, options.hasHeadingIds);
  const html = writeHtml(root, document, finishing.footnotes, source.length);
  return { html, problems: problemsOf(document) };
}

/** What is found while spans are read, when all definitions are known. */
interface Finishing {
  readonly document: MarkdownDocument;
  readonly markAbbreviations: MarkAbbreviations | null;
  readonly headings: MarkdownNode[];
  /** Pictures marked `{:standalone}`. */
  readonly standalone: Set<MarkdownNode>;
  /** The list that is a table of contents, and the one in whose place the footnotes stand. */
  contents: MarkdownNode | null;
  footnotes: MarkdownNode | null;
}

/** Reads the spans in a node, and gives all nodes in it the attributes of their lists. */
function finishNodes(node: MarkdownNode, finishing: Finishing): void {
  const { document, markAbbreviations } = finishing;
  node.children = node.children.flatMap((child) => {
    if (child.kind === "source") return readSpans(document, child.text);
    return [child];
  });
  if (markAbbreviations !== null && !PLAIN.has(node.name)) {
    node.children = node.children.flatMap((child) =>
      child.kind === "text" ? markAbbreviations(child.text) : [child],
    );
  }
  for (const child of node.children) {
    if (child.kind !== "element") continue;
    if (isMarkedInside(child)) finishing.contents ??= child;
    finishNodes(child, finishing);
    const names = applyLists(child, document);
    if (names.has("standalone")) finishing.standalone.add(child);
    if (HEADING.test(child.name)) finishing.headings.push(child);
    if (child.name === "ul" || child.name === "ol") {
      if (names.has("toc")) finishing.contents ??= child;
      if (names.has("footnotes")) finishing.footnotes ??= child;
    }
    if (child.name === "li") showTaskBox(child);
    if (child.name === "p") showStandaloneImage(child, finishing);
  }
}

/** Whether the mark `{:toc}` is indented, so that it stands in the list's only item. */
function isMarkedInside({ name, children: [item, ...others] }: MarkdownNode): boolean {
  const isList = (name === "ul" || name === "ol") && others.length === 0;
  return isList && item?.children[0]?.lists.some((list) => TOC.test(list)) === true;
}

/** Turns the box of `- [ ] open` or `- [x] done` into a character, since feeds cannot hold form elements. */
function showTaskBox({ children }: MarkdownNode): void {
  const [first] = children;
  const text = first?.name === "p" ? first.children[0] : undefined;
  if (text?.kind !== "text") return;
  text.text = text.text.replace(TASK_BOX, (_box, mark) => (mark === " " ? "☐ " : "☑ "));
}

/** Makes a figure of a paragraph with nothing but a picture marked `{:standalone}`, whose words become its caption. */
function showStandaloneImage(paragraph: MarkdownNode, { standalone }: Finishing): void {
  const [image, ...others] = paragraph.children;
  if (image === undefined || others.length > 0 || !standalone.has(image)) return;
  paragraph.name = "figure";
  const caption = createNode("text", "", image.attributes["alt"] ?? "");
  paragraph.children.push(elementNode("figcaption", [caption]));
}

function problemsOf({ footnotes, problems }: MarkdownDocument): readonly MarkdownProblem[] {
  const unused = [...footnotes].filter(([, { references }]) => references === 0);
  return [
    ...problems.values(),
    ...unused.map(([name]) => ({ kind: "footnote-unused" as const, mark: `[^${name}]:` })),
  ];
}
