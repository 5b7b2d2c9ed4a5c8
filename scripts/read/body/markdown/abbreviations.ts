import { matchAt } from "./block-reader.ts";
import type { MarkdownDocument } from "./markdown-document.ts";
import { applyLists } from "./markdown-document.ts";
import { createNode, elementNode } from "./markdown-node.ts";
import type { MarkdownNode } from "./markdown-node.ts";

/** The most nodes to add to one article; whoever has read so many knows the abbreviations. */
const MOST_NODES = 20_000;

const WORD = /\w/;
const BLANK = /\s/;
const BLANKS = /\s+/y;

/** Marks the abbreviations of texts, where `*[HTML]: HyperText Markup Language` tells what they mean. */
export type MarkAbbreviations = (text: string) => readonly MarkdownNode[];

/** What may follow in an abbreviation, and the place of its definition if it ends here. */
interface Branch {
  readonly next: Map<string, Branch>;
  place: MarkdownNode | null;
}

/** Null if the document defines no abbreviation. */
export function abbreviationMarker(document: MarkdownDocument): MarkAbbreviations | null {
  const { abbreviations } = document;
  if (abbreviations.size === 0) return null;
  const root = createBranch();
  for (const [name, definition] of abbreviations) {
    const { place, title } = definition;
    addName(root, name, place);
    applyLists(place, document);
    if (title !== "") place.attributes["title"] = title;
  }
  let added = 0;
  return (text) => {
    const nodes: MarkdownNode[] = [];
    let copied = 0;
    for (let index = 0; index < text.length && added <= MOST_NODES; index += 1) {
      if (WORD.test(text.charAt(index - 1))) continue;
      const found = longestName(root, text, index);
      if (found === null) continue;
      const element = elementNode("abbr", [createNode("text", "", text.slice(index, found.end))]);
      // Which may be many: all share them.
      element.attributes = found.place.attributes;
      nodes.push(createNode("text", "", text.slice(copied, index)), element);
      copied = found.end;
      index = found.end - 1;
      added += 2;
    }
    nodes.push(createNode("text", "", text.slice(copied)));
    return nodes;
  };
}

function createBranch(): Branch {
  return { next: new Map(), place: null };
}

function addName(root: Branch, name: string, place: MarkdownNode): void {
  let branch = root;
  for (const character of name.split("")) {
    const next = branch.next.get(character) ?? createBranch();
    branch.next.set(character, next);
    branch = next;
  }
  branch.place = place;
}

/** The longest abbreviation at an index that is no part of a word, and the index behind it. It may go over a line's end. */
function longestName(
  root: Branch,
  text: string,
  start: number,
): { readonly place: MarkdownNode; readonly end: number } | null {
  let longest: ReturnType<typeof longestName> = null;
  let branch = root;
  for (let index = start; index < text.length;) {
    const character = text.charAt(index);
    const isBlank = BLANK.test(character);
    const next = branch.next.get(isBlank ? " " : character);
    if (next === undefined) break;
    branch = next;
    index += isBlank ? (matchAt(BLANKS, text, index)?.[0].length ?? 1) : 1;
    const { place } = branch;
    if (place !== null && !WORD.test(text.charAt(index))) longest = { place, end: index };
  }
  return longest;
}
