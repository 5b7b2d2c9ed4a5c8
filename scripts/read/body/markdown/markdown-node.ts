/** Attributes by name. */
export type MarkdownAttributes = Record<string, string>;

/**
 * What a node is: an element; text, which is escaped when written; HTML as it is; `source`, a line of Markdown that is
 * read when all definitions are known; a reference to a footnote; or one of two marks between blocks, empty lines and an
 * `end`, behind which a block begins.
 */
type NodeKind = "element" | "text" | "html" | "source" | "footnote" | "blank" | "end";

/** A part of a document, which its readers fill and change in place. */
export interface MarkdownNode {
  readonly kind: NodeKind;
  /** Of an element or a footnote; of an `end`, what it is the rest of. */
  name: string;
  text: string;
  attributes: MarkdownAttributes;
  /** Attribute lists as written; what they refer to may be defined later. */
  lists: string[];
  children: MarkdownNode[];
  /** Whether only the children are written: the paragraph of a list's short item. */
  isTransparent: boolean;
}

export function createNode(
  kind: NodeKind,
  name: string,
  text: string,
  children: MarkdownNode[] = [],
): MarkdownNode {
  return { kind, name, text, attributes: {}, lists: [], children, isTransparent: false };
}

export function elementNode(name: string, children: MarkdownNode[] = []): MarkdownNode {
  return createNode("element", name, "", children);
}

/** Adds text to a node, to its last text if it ends with one. */
export function addText(node: MarkdownNode, text: string): void {
  if (text === "") return;
  const last = node.children.at(-1);
  if (last?.kind === "text") last.text += text;
  else node.children.push(createNode("text", "", text));
}

/** Whether a node is an element of this name. */
export function isNamed(node: MarkdownNode | undefined, name: string): node is MarkdownNode {
  return node?.kind === "element" && node.name === name;
}
