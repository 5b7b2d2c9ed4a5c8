import MarkdownIt from "markdown-it";
import type { MarkdownIt as MarkdownParser, StateBlock, StateInline } from "markdown-it";
import cjkFriendly from "markdown-it-cjk-friendly";
import definitionLists from "markdown-it-deflist";
import footnotes from "markdown-it-footnote";
import { abbreviations } from "./abbreviations.ts";
import { inlineAttributes } from "./inline-attributes.ts";
import { attributeLists } from "./markdown-attribute-lists.ts";
import { markdownHtml } from "./markdown-html.ts";
import { limitOutput } from "./markdown-limits.ts";

/** `* TOC` and `{:toc}` under it, which stand for a table of contents. */
const TABLE_OF_CONTENTS =
  /^[ \t]*(?:[*+-]|\d+\.)[ \t]+(?![ \t]).*\n[ \t]*\{:(?=[^}\n]*\btoc\b)[^}\n]*\}[ \t]*$/gm;
/** `# Heading {#id}`, kramdown's other way to name a heading. */
const HEADING_ID = /^(#{1,6}[ \t].*)\{#([\w:.-]+)\}[ \t]*$/gm;
const COMMENT = /\{::comment\}[^]*?\{:\/(?:comment)?\}/g;
const COMMENT_ENDS = ["{:/}", "{:/comment}"];
/** The marks of kramdown's other extensions, whose content stays. */
const EXTENSIONS = /\{::\w(?:(?!\{::)[^}\n])*\}|\{:\/\w*\}/g;
/** A destination that holds blanks and is followed by the closing bracket: a link in kramdown. */
const DESTINATION_WITH_BLANKS =
  /(?:[^\s()<>"'\\]|\([^\s()<>"'\\]*\))+(?:[ \t]+(?:[^\s()<>"'\\]|\([^\s()<>"'\\]*\))+)+(?=[ \t]*\))/y;

const FOOTNOTE_START = /^ {0,3}\[\^[^\]\s]+\]:/;
const LINK_DEFINITION = /^ {0,3}\[[^\]^][^\]]*\]:/;

const MATH_MARK = "$$";
const TASK_BOX = /^\[([ xX])\](?=\s)/;

/** What begins every attribute list, which most articles do without: looking for them costs a tenth of the time. */
const ATTRIBUTE_LIST_START = "{:";

/** A paragraph of HTML on every line and no tag in it. */
const HTML_PARAGRAPHS = /^(?: {0,3}<p(?: class="[\w-]*")?>[^<>\n]*<\/p>[ \t]*\n)*$/;

const parser = createParser(false);
const parserWithAttributes = createParser(true);

/**
 * Markdown as kramdown reads it, to HTML that has yet to be sanitized. Bare addresses are no links and quotation marks
 * stay as typed; the first as in kramdown, the second because a newspaper typed what it meant.
 */
export function renderMarkdown(source: string): string {
  const text = withoutComments(source)
    .replaceAll(TABLE_OF_CONTENTS, "")
    .replaceAll(EXTENSIONS, "")
    .replaceAll(HEADING_ID, "$1{: #$2}");
  if (text.includes(ATTRIBUTE_LIST_START)) return parserWithAttributes.render(text);
  // As newspapers write: Markdown would leave it as it is.
  const ended = `${text.trimEnd()}\n`;
  return HTML_PARAGRAPHS.test(ended) ? ended : parser.render(text);
}

/** Takes out `{::comment}…{:/comment}`. Behind the last end of a comment none is looked for. */
function withoutComments(source: string): string {
  const end = Math.max(...COMMENT_ENDS.map((mark) => source.lastIndexOf(mark) + mark.length));
  return source.slice(0, end).replaceAll(COMMENT, "") + source.slice(end);
}

function createParser(hasAttributes: boolean): MarkdownParser {
  const markdown = new MarkdownIt({ html: true, linkify: false, typographer: false })
    .use(cjkFriendly)
    .use(footnotes)
    .use(definitionLists)
    .use(abbreviations)
    .use(taskLists);
  if (hasAttributes) {
    markdown.use(inlineAttributes).use(attributeLists);
  }
  markdown.use(markdownHtml);
  // Under a footnote; an `alt` of paragraph means that it ends one.
  markdown.block.ruler.before("paragraph", "footnote_end", endsFootnote, { alt: ["paragraph"] });
  const caption = markdown.renderer.rules["footnote_caption"];
  if (caption !== undefined) {
    // A note that is named twice is `[1]` both times; the plugin would write `[1:1]`.
    markdown.renderer.rules["footnote_caption"] = (...token) =>
      caption(...token).replace(/:\d+/, "");
  }
  // `^[…]` is text in kramdown.
  markdown.inline.ruler.disable("footnote_inline");
  markdown.inline.ruler.before("escape", "math", math);
  limitOutput(markdown);
  // The sanitizer decides about schemes; here a refused link would show its Markdown.
  markdown.validateLink = () => true;
  const { parseLinkDestination } = markdown.helpers;
  markdown.helpers.parseLinkDestination = (text, start, max) => {
    DESTINATION_WITH_BLANKS.lastIndex = start;
    const destination = DESTINATION_WITH_BLANKS.exec(text)?.[0];
    return destination === undefined
      ? parseLinkDestination(text, start, max)
      : { ok: true, pos: start + destination.length, str: destination.replaceAll(/[ \t]/g, "%20") };
  };
  return markdown;
}

/**
 * A definition of a link right under a footnote is a definition, as in kramdown, where a footnote goes on in indented lines
 * only. It makes nothing itself: the reference rule does, once the footnote has ended.
 */
function endsFootnote(state: StateBlock, line: number, _end: number, silent: boolean): boolean {
  return (
    silent &&
    FOOTNOTE_START.test(lineOf(state, line - 1)) &&
    LINK_DEFINITION.test(lineOf(state, line))
  );
}

/** The whole line: where a footnote begins, `bMarks` is moved behind its mark. */
function lineOf({ src, eMarks }: StateBlock, line: number): string {
  const end = eMarks[line] ?? 0;
  return src.slice(src.lastIndexOf("\n", end - 1) + 1, end);
}

/** `- [ ] open` and `- [x] done`, which kramdown makes boxes of. A character stands for each: no feed holds a form. */
function taskLists(markdown: MarkdownParser): void {
  markdown.core.ruler.after("inline", "task-lists", ({ tokens }) => {
    for (const [index, token] of tokens.entries()) {
      const [text] = token.children ?? [];
      if (tokens[index - 2]?.type !== "list_item_open" || text?.type !== "text") continue;
      text.content = text.content.replace(TASK_BOX, (_box, mark) => (mark === " " ? "☐" : "☑"));
    }
  });
}

/** Formulas between `$$` stay as they are typed: nothing in them is emphasis. */
function math(state: StateInline, silent: boolean): boolean {
  if (!state.src.startsWith(MATH_MARK, state.pos)) return false;
  const end = state.src.indexOf(MATH_MARK, state.pos + MATH_MARK.length);
  if (end === -1) return false;
  if (!silent) {
    const token = state.push("text", "", 0);
    token.content = state.src.slice(state.pos, end + MATH_MARK.length);
  }
  state.pos = end + MATH_MARK.length;
  return true;
}
