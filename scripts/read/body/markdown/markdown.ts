import MarkdownIt from "markdown-it";
import type { MarkdownIt as MarkdownParser, StateBlock, StateInline } from "markdown-it";
import cjkFriendly from "markdown-it-cjk-friendly";
import definitionLists from "markdown-it-deflist";
import footnotes from "markdown-it-footnote";
import { abbreviations } from "./abbreviations.ts";
import { foreignTags } from "./foreign-tags.ts";
import { inlineAttributes } from "./inline-attributes.ts";
import { attributeLists } from "./markdown-attribute-lists.ts";
import { markdownHtml } from "./markdown-html.ts";
import { limitOutput } from "./markdown-limits.ts";

/** `* TOC` with `{:toc}` under it, kramdown's mark for a table of contents. */
const TABLE_OF_CONTENTS =
  /^[ \t]*(?:[*+-]|\d+\.)[ \t]+(?![ \t]).*\n[ \t]*\{:(?=[^}\n]*\btoc\b)[^}\n]*\}[ \t]*$/gm;
/** `# Heading {#id}`, kramdown's other way to give a heading an id. */
const HEADING_ID = /^(#{1,6}[ \t].*)\{#([\w:.-]+)\}[ \t]*$/gm;
const COMMENT = /\{::comment\}[^]*?\{:\/(?:comment)?\}/g;
const COMMENT_ENDS = ["{:/}", "{:/comment}"];
/** The marks of kramdown's other extensions, whose content stays. */
const EXTENSIONS = /\{::\w(?:(?!\{::)[^}\n])*\}|\{:\/\w*\}/g;
/** The destination of a link that holds blanks, which kramdown allows before the closing bracket. */
const DESTINATION_WITH_BLANKS =
  /(?:[^\s()<>"'\\]|\([^\s()<>"'\\]*\))+(?:[ \t]+(?:[^\s()<>"'\\]|\([^\s()<>"'\\]*\))+)+(?=[ \t]*\))/y;

const FOOTNOTE_START = /^ {0,3}\[\^[^\]\s]+\]:/;
const LINK_DEFINITION = /^ {0,3}\[[^\]^][^\]]*\]:/;

const MATH_MARK = "$$";
const TASK_BOX = /^\[([ xX])\](?=\s)/;

/** Every attribute list begins so; without any, as in most articles, a parser without their rules saves a tenth. */
const ATTRIBUTE_LIST_START = "{:";

/** Lines that are each one HTML paragraph without other tags. */
const HTML_PARAGRAPHS = /^(?: {0,3}<p(?: class="[\w-]*")?>[^<>\n]*<\/p>[ \t]*\n)*$/;

const parser = createParser(false);
const parserWithAttributes = createParser(true);

/**
 * Renders Markdown as kramdown does, to HTML that is not yet sanitized. As in kramdown, bare addresses do not become
 * links; quotation marks stay as typed, because a newspaper typed what it meant.
 */
export function renderMarkdown(source: string): string {
  const text = withoutComments(source)
    .replaceAll(TABLE_OF_CONTENTS, "")
    .replaceAll(EXTENSIONS, "")
    .replaceAll(HEADING_ID, "$1{: #$2}");
  if (text.includes(ATTRIBUTE_LIST_START)) return parserWithAttributes.render(text);
  // Newspapers write such paragraphs, which Markdown would not change.
  const ended = `${text.trimEnd()}\n`;
  return HTML_PARAGRAPHS.test(ended) ? ended : parser.render(text);
}

/** Removes `{::comment}…{:/comment}`. Text behind the last end of a comment is not searched, which would be slow. */
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
    .use(taskLists)
    .use(foreignTags);
  if (hasAttributes) {
    markdown.use(inlineAttributes).use(attributeLists);
  }
  markdown.use(markdownHtml);
  // With `alt: ["paragraph"]` this rule can end the paragraph of a footnote.
  markdown.block.ruler.before("paragraph", "footnote_end", endsFootnote, { alt: ["paragraph"] });
  const caption = markdown.renderer.rules["footnote_caption"];
  if (caption !== undefined) {
    // A second reference to a footnote is `[1]` too; the plugin would write `[1:1]`.
    markdown.renderer.rules["footnote_caption"] = (...token) =>
      caption(...token).replace(/:\d+/, "");
  }
  // Kramdown has no inline footnotes: `^[…]` is text.
  markdown.inline.ruler.disable("footnote_inline");
  markdown.inline.ruler.before("escape", "math", math);
  limitOutput(markdown);
  // Schemes are checked later, since a link that is refused here would show its Markdown.
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
 * Ends a footnote before a link definition right under it, as in kramdown, where only indented lines continue a footnote.
 * The rule makes no token itself; the reference rule then reads the definition.
 */
function endsFootnote(state: StateBlock, line: number, _end: number, silent: boolean): boolean {
  return (
    silent &&
    FOOTNOTE_START.test(lineOf(state, line - 1)) &&
    LINK_DEFINITION.test(lineOf(state, line))
  );
}

/** The whole line; `bMarks` does not tell its start, since markdown-it-footnote moves it behind the footnote's mark. */
function lineOf({ src, eMarks }: StateBlock, line: number): string {
  const end = eMarks[line] ?? 0;
  return src.slice(src.lastIndexOf("\n", end - 1) + 1, end);
}

/** Turns the boxes of `- [ ] open` and `- [x] done` into characters, since feeds cannot hold form elements. */
function taskLists(markdown: MarkdownParser): void {
  markdown.core.ruler.after("inline", "task-lists", ({ tokens }) => {
    for (const [index, token] of tokens.entries()) {
      const [text] = token.children ?? [];
      if (tokens[index - 2]?.type !== "list_item_open" || text?.type !== "text") continue;
      text.content = text.content.replace(TASK_BOX, (_box, mark) => (mark === " " ? "☐" : "☑"));
    }
  });
}

/** Keeps formulas between `$$` as typed, so that nothing in them becomes emphasis. */
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
