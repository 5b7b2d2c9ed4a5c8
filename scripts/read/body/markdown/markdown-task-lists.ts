import type { MarkdownIt as MarkdownParser } from "markdown-it";

const BOX = /^\[([ xX])\](?=\s)/;

/** `- [ ] open` and `- [x] done`, which kramdown makes boxes of. A character stands for each: no feed holds a form. */
export function taskLists(markdown: MarkdownParser): void {
  markdown.core.ruler.after("inline", "task-lists", ({ tokens }) => {
    for (const [index, token] of tokens.entries()) {
      const [text] = token.children ?? [];
      if (tokens[index - 2]?.type !== "list_item_open" || text?.type !== "text") continue;
      text.content = text.content.replace(BOX, (_box, mark) => (mark === " " ? "☐" : "☑"));
    }
  });
}
