import { SaxesParser } from "saxes";

/** An element as an independent, strict parser with namespaces reads it. */
export interface XmlElement {
  /** As written, with its prefix. */
  readonly name: string;
  readonly namespace: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Its own characters, as they are. */
  readonly text: string;
}

type OpenElement = XmlElement & { readonly children: XmlElement[]; text: string };

/**
 * Reads a document.
 *
 * @throws SyntaxError where it is not well-formed, or uses a namespace prefix that is not declared
 */
export function parseXml(document: Uint8Array | string): XmlElement {
  const text =
    typeof document === "string"
      ? document
      : new TextDecoder("utf-8", { fatal: true }).decode(document);
  const parser = new SaxesParser({ xmlns: true });
  const root: OpenElement = { name: "", namespace: "", attributes: {}, children: [], text: "" };
  const open = [root];
  parser.on("error", (error) => {
    throw new SyntaxError(error.message);
  });
  parser.on("opentag", ({ name, uri, attributes }) => {
    const values = Object.entries(attributes).map(([key, { value }]) => [key, value] as const);
    const element: OpenElement = {
      name,
      namespace: uri,
      attributes: Object.fromEntries(values),
      children: [],
      text: "",
    };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  const addText = (characters: string): void => {
    const element = open.at(-1);
    if (element !== undefined) element.text += characters;
  };
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.on("closetag", () => {
    open.pop();
  });
  parser.write(text).close();
  const [element] = root.children;
  if (element === undefined) throw new SyntaxError("There is no element");
  return element;
}

export function childrenOf(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.filter((child) => child.name === name);
}

/** The text of the first child of that name; null where there is none. */
export function textOf(element: XmlElement, name: string): string | null {
  return childrenOf(element, name)[0]?.text ?? null;
}
