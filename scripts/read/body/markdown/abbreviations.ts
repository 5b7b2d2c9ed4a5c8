import type { AbbreviationDefinition, MarkdownDocument } from "./markdown-document.ts";
import { applyLists } from "./markdown-document.ts";
import { createNode, elementNode } from "./markdown-node.ts";
import type { MarkdownNode } from "./markdown-node.ts";

/** The most nodes to add to one article; whoever has read so many knows the abbreviations. */
const MOST_NODES = 20_000;

/** Marks the abbreviations of texts, where `*[HTML]: HyperText Markup Language` tells what they mean. */
export type MarkAbbreviations = (text: string) => readonly MarkdownNode[];

/** Null if the document defines no abbreviation. */
export function abbreviationMarker(document: MarkdownDocument): MarkAbbreviations | null {
  const { abbreviations } = document;
  if (abbreviations.size === 0) return null;
  const names = [...abbreviations.keys()].toSorted((a, b) => b.length - a.length);
  // A name may go over a line's end.
  const spellings = names.map((name) =>
    name
      .split(" ")
      .map((word) => RegExp.escape(word))
      .join(String.raw`\s+`),
  );
  const pattern = new RegExp(`(?<!\\w)(?:${spellings.join("|")})(?!\\w)`, "g");
  for (const { place } of abbreviations.values()) applyLists(place, document);
  let added = 0;
  return (text) => {
    const nodes: MarkdownNode[] = [];
    let copied = 0;
    for (const { 0: written, index } of text.matchAll(pattern)) {
      if (added > MOST_NODES) break;
      const definition = abbreviations.get(written.replaceAll(/\s+/g, " "));
      if (definition === undefined) continue;
      nodes.push(
        createNode("text", "", text.slice(copied, index)),
        abbreviation(written, definition),
      );
      copied = index + written.length;
      added += 2;
    }
    nodes.push(createNode("text", "", text.slice(copied)));
    return nodes;
  };
}

function abbreviation(written: string, { title, place }: AbbreviationDefinition): MarkdownNode {
  const element = elementNode("abbr", [createNode("text", "", written)]);
  element.attributes = title === "" ? { ...place.attributes } : { ...place.attributes, title };
  return element;
}
