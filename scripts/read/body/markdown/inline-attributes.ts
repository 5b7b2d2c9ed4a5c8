import type { MarkdownIt, Token } from "markdown-it";

/** Every attribute list begins with these characters. */
const LIST_START = "{:";
const LISTS_AT_START = /^(?:\{:[^}]+\})+/;
const LAST_LIST = /^\{:[^}]+\}$/;
const ATTRIBUTE = /[.#][\w:-]+|([\w-]+)=(?:"([^"]*)"|'([^']*)'|([^\s}"'>]+))/g;

/**
 * Applies kramdown's inline attribute lists: behind a part of a line (`*a*{:.b}`, `![](c){:.d}`), at the end of a block
 * (`text {:.e}`), and alone on its last line (`{:.f}`).
 */
export function inlineAttributes(markdown: MarkdownIt): void {
  markdown.core.ruler.before("linkify", "inline_attributes", ({ tokens }) => {
    const blocks: Token[] = [];
    for (const token of tokens) {
      if (token.nesting === 1) blocks.push(token);
      else if (token.nesting === -1) blocks.pop();
      else if (token.type === "inline" && token.content.includes(LIST_START)) {
        token.children = takeListsBehindParts(token.children ?? []);
        takeListAtEnd(token.children, blocks);
      } else if (token.type === "fence" && token.info.includes(LIST_START)) {
        const start = token.info.lastIndexOf(LIST_START);
        addAttributes(token, token.info.slice(start));
        token.info = token.info.slice(0, start).trim();
      }
    }
  });
}

/** Moves attribute lists to the parts of the line that they follow. */
function takeListsBehindParts(children: readonly Token[]): Token[] {
  const kept: Token[] = [];
  const open: Token[] = [];
  let owner: Token | undefined;
  for (const child of children) {
    if (child.type === "text" && owner !== undefined) {
      const lists = LISTS_AT_START.exec(child.content)?.[0] ?? "";
      addAttributes(owner, lists);
      child.content = child.content.slice(lists.length);
    }
    if (child.nesting === 1) open.push(child);
    if (child.nesting === -1) owner = open.pop();
    else owner = child.type === "image" || child.type === "code_inline" ? child : undefined;
    if (child.type !== "text" || child.content !== "") kept.push(child);
  }
  return kept;
}

/** Moves the attribute list at the end of a text to its block; one alone on its line in an item is the whole list's. */
function takeListAtEnd(children: Token[], blocks: readonly Token[]): void {
  const last = children.at(-1);
  const start = last?.type === "text" ? last.content.lastIndexOf(LIST_START) : -1;
  if (last === undefined || start === -1) return;
  const list = last.content.slice(start);
  if (!LAST_LIST.test(list)) return;
  const isLine = start === 0 && children.at(-2)?.type === "softbreak";
  const [outer, item, block] = [blocks.at(-3), blocks.at(-2), blocks.at(-1)];
  const owner = item?.type === "list_item_open" ? (isLine ? outer : item) : block;
  if (owner !== undefined) addAttributes(owner, list);
  last.content = last.content.slice(0, start).replace(/ $/, "");
  if (isLine) children.splice(-2);
}

function addAttributes(token: Token, lists: string): void {
  const attributes = new Map(token.attrs ?? []);
  for (const [part, name, ...values] of lists.matchAll(ATTRIBUTE)) {
    const value =
      name === undefined ? part.slice(1) : (values.find((each) => each !== undefined) ?? "");
    const key = name ?? (part.startsWith("#") ? "id" : "class");
    const before = key === "class" ? attributes.get(key) : undefined;
    attributes.set(key, before === undefined ? value : `${before} ${value}`);
  }
  token.attrs = [...attributes];
}
