import type { MarkdownIt, StateInline } from "markdown-it";

/** A tag whose name CommonMark does not know for one, such as `<w:sdt>`, and Word's conditions: `<![if !supportLists]>`. */
const FOREIGN_TAG =
  /<(?:\/?[a-z][a-z0-9-]*[:._][\w.:-]*(?<!:)(?:\s[^<>"']*(?:"[^"<]*"[^<>"']*|'[^'<]*'[^<>"']*)*)?\/?|!\[[^\]<>]*\]|\?[a-z][^<>]*)>/iy;

/** Lets tags through as HTML that CommonMark takes for text; what is no markup is told from it later. */
export function foreignTags(markdown: MarkdownIt): void {
  markdown.inline.ruler.after("html_inline", "foreign_tag", foreignTag);
}

function foreignTag(state: StateInline, silent: boolean): boolean {
  if (state.src.charAt(state.pos) !== "<") return false;
  FOREIGN_TAG.lastIndex = state.pos;
  const tag = FOREIGN_TAG.exec(state.src)?.[0];
  if (tag === undefined) return false;
  if (!silent) {
    const token = state.push("html_inline", "", 0);
    token.content = tag;
  }
  state.pos += tag.length;
  return true;
}
