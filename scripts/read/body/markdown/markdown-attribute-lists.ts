import type { MarkdownIt, StateBlock, StateCore } from "markdown-it";

/** Each part has a mark of its own at its beginning, so that a long text cannot be matched in many ways. */
const NAMED = String.raw`[\w-]+(?:=(?:"[^"]*"|'[^']*'|[^\s}"'>]+(?=[\s}])))?`;
const LIST = String.raw`\{:(?:${NAMED})?(?:\s*[.#][\w-]+|\s+${NAMED})*\s*\}`;
/** An attribute list anywhere in a text: `{: .center width="300"}`. */
const ANYWHERE = new RegExp(LIST, "g");
/** An attribute list alone on a line. */
const WHOLE_LINE = new RegExp(`^${LIST}\\s*$`);
const ID = /[\s:]#([\w-]+)/;

/**
 * Removes kramdown's attribute lists that belong to nothing, so that they never become text. An id in a list under a
 * heading is the heading's.
 */
export function attributeLists(markdown: MarkdownIt): void {
  markdown.block.ruler.before("code", "attribute_list", attributeLine, { alt: ["blockquote"] });
  markdown.core.ruler.push("attribute_lists", dropAttributeLists);
}

function attributeLine(
  state: StateBlock,
  startLine: number,
  _endLine: number,
  silent: boolean,
): boolean {
  const start = (state.bMarks[startLine] ?? 0) + (state.tShift[startLine] ?? 0);
  if (!state.src.startsWith("{:", start)) return false;
  const line = state.src.slice(start, state.eMarks[startLine]);
  if (!WHOLE_LINE.test(line)) return false;
  if (silent) return true;
  const id = ID.exec(line)?.[1];
  const [opening, , closing] = state.tokens.slice(-3);
  const isUnderHeading = closing?.type === "heading_close" && opening?.map?.[1] === startLine;
  if (id !== undefined && isUnderHeading) opening.attrSet("id", id);
  state.line = startLine + 1;
  return true;
}

function dropAttributeLists({ tokens }: StateCore): void {
  for (const { type, content, children } of tokens) {
    if (type !== "inline" || !content.includes("{:")) continue;
    for (const child of children ?? []) {
      if (child.type === "text") child.content = child.content.replaceAll(ANYWHERE, "");
    }
  }
}
