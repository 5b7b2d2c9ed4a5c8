import type { MarkdownAttributes } from "./markdown-node.ts";

/** The longest attribute list that is looked for: no search for its end may go through a whole text each time. */
const MOST_CHARACTERS = 500;

/** What stands between the braces of an attribute list; it may go over several lines. */
const CONTENT = String.raw`(?:\\\}|[^}]){1,${MOST_CHARACTERS}}`;

/** `{:.class #id key="value" reference}`, anywhere. */
export const SPAN_LIST = new RegExp(String.raw`\{:(?![:/])(${CONTENT})\}`, "y");
/** An attribute list alone on its lines. */
export const BLOCK_LIST = new RegExp(
  String.raw` {0,3}\{:(?![:/])(${CONTENT})\}[ \t\r\f\v]*\n`,
  "y",
);
/** `{:name: .class}`, which gives a list a name to refer to. */
export const NAMED_LIST = new RegExp(
  String.raw` {0,3}\{:(\w[\w-]*):(${CONTENT})\}[ \t\r\f\v]*\n`,
  "y",
);
/** An attribute list at the beginning of an item. */
export const ITEM_LIST = new RegExp(String.raw`^\s*\{:(?!(?:\w[\w-]*)?:|\/)(${CONTENT})\}\s*`);

const PART =
  /(?:^|\s)(?:(\w[\w-]*)=(?:"((?:\\\}|\\"|[^}"])*)"|'((?:\\\}|\\'|[^}'])*)'|([^\s}"'=]+))|(\w[\w-]*)|((?:[#.][^\s.#]+)+))(?=\s|$)/g;
const ID_OR_CLASS = /#([A-Za-z][\w:-]*)|\.([^\s.#]+)/g;

/** The attributes of a list, and the names of lists that it refers to. */
export interface AttributeList {
  readonly attributes: MarkdownAttributes;
  readonly names: readonly string[];
}

/** Reads what stands in an attribute list, without its braces. What is malformed is left out. */
export function readAttributeList(text: string): AttributeList {
  const attributes: MarkdownAttributes = {};
  const names: string[] = [];
  for (const [, key, double, single, bare, name, marks = ""] of text.matchAll(PART)) {
    if (key !== undefined) {
      addAttributes(attributes, {
        [key]: (double ?? single ?? bare ?? "").replaceAll(/\\([}"'])/g, "$1"),
      });
    } else if (name === undefined) {
      for (const [, id, className] of marks.matchAll(ID_OR_CLASS)) {
        addAttributes(
          attributes,
          className === undefined ? { id: id ?? "" } : { class: className },
        );
      }
    } else {
      names.push(name);
    }
  }
  return { attributes, names };
}

/** Adds attributes to others: classes are joined, other values are replaced. */
export function addAttributes(to: MarkdownAttributes, added: MarkdownAttributes): void {
  for (const [key, value] of Object.entries(added)) {
    const before = to[key];
    to[key] = key === "class" && before !== undefined ? `${before} ${value}` : value;
  }
}
