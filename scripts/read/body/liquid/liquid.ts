import { posix } from "node:path";
import { plainPath } from "../../../../src/domain/plain-path.ts";
import type { ArticleReference, FindArticle } from "../../files/article-link.ts";
import { escapeAttribute, escapeHtml } from "../html/html-tree.ts";
import { datedAddress } from "../links/dated-address.ts";
import type { CodeRange } from "./code-ranges.ts";
import { findCodeRanges } from "./code-ranges.ts";
import { captionOf, figcaption, renderShortcode } from "./shortcodes.ts";

/** The values that templates may refer to. */
export interface LiquidValues {
  readonly format: "markdown" | "html";
  readonly siteUrl: string;
  readonly title: string;
  /** The article's old address, whose path is `page.url`. */
  readonly baseUrl: string;
  /** Finds the article that a mark at an index of the source names; null if none is known. */
  readonly findArticle: (reference: ArticleReference, mark: string, index: number) => string | null;
  /** Says that a path only stands for an article that was asked for. */
  readonly ignore: (plainPath: string) => void;
}

/** A template mark that could not be evaluated. */
export interface LiquidProblem {
  /** An `unsupported` mark was removed, a `loop` with all that is in it; `malformed` and `in-code` ones stay as text. */
  readonly kind: "unsupported" | "loop" | "malformed" | "in-code";
  readonly mark: string;
  /** What such marks are counted by: `{% include toc.html %}`, `{{< notice >}}`, `{{ site.data.team }}`. */
  readonly name: string;
  /** The index of the mark in the source. */
  readonly index: number;
}

/** A text in which templates were evaluated, and the marks that could not be. */
export interface RenderedLiquid {
  readonly text: string;
  readonly problems: readonly LiquidProblem[];
}

/**
 * A Hugo shortcode, a tag with name and arguments, an output with its expression, or an opening that is never closed. No
 * mark reaches over another's opening, so that matching stays fast. Names are ASCII, so `{% 百分号 %}` is text.
 */
const MARK =
  /\{\{[<%](?:(?!\{\{[<%])[^])*?[>%]\}\}|\{%-?\s*(\w+)\b((?:(?!\{%|%\})[^])*?)-?%\}|\{\{-?((?:(?!\{\{|\}\})[^])*?)-?\}\}|\{\{|\{%/g;
const EXPRESSION = /^\s*(?:"[^"]*"|'[^']*'|[\w.[\]"'-]+)\s*(?:\|[^]*)?$/;
const OPERAND = /^\s*(?:"([^"]*)"|'([^']*)'|([\w.-]+))\s*$/;
/** Files that may be articles or pages. */
const ARTICLE_FILE = /\.(?:md|markdown|mkdown|mkdn|mkd|html?)$/i;
const ABSOLUTE = /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i;
const PARTS = /(?:"[^"]*"|'[^']*'|[^|"'])+/g;

/** The name of a Hugo shortcode, with a slash before it in a closing one. */
const SHORTCODE_NAME = /^(\/?)\s*([\w./-]+)/;
/** The length of what a Hugo shortcode begins and ends with. */
const SHORTCODE_MARK = 3;
/** Tags inside of another, which was reported. */
const CONTINUING = /^(?:else|elsif|when|break|continue)$/;
/** A mark that begins or ends a loop. */
const LOOP_MARK = /\{%-?\s*(end)?(for|tablerow)\b(?:(?!\{%|%\})[^])*?%\}/g;
const INCLUDE = /^include(?:_cached|_relative)?$/;
/** Blanks and marks of quotations before a mark on its line; where there are more, it is not looked at as a block. */
const LONGEST_INDENT = 100;
const LINE_BEFORE = /(?:^|\n)[ \t>]*$/;
const LINE_AFTER = /^[ \t]*(?:\n|$)/;

/** Templates may make a text this many times as long, and a little more, since repeated titles could multiply it. */
const MOST_TIMES = 3;
const MORE_CHARACTERS = 10_000;
/** The longest value that a filter is applied to, since repeated escaping makes it longer each time. */
const LONGEST_VALUE = 10_000;

/**
 * Evaluates the supported Liquid: `raw`, `comment`, `highlight`, `post_url`, `link`, the site's address, the usual filters
 * on text, and shortcodes, tags and includes for pictures and films. Other tags, outputs and Hugo shortcodes are removed
 * (content between a pair of tags stays, but of a loop, which is the mould of what nobody knows) and reported as problems;
 * malformed marks stay as text. Jekyll evaluates templates
 * inside code too; here unsupported ones stay there as text, since code that shows another system's template is more common
 * than code that uses one.
 */
export function renderLiquid(source: string, values: LiquidValues): RenderedLiquid {
  if (!source.includes("{{") && !source.includes("{%")) return { text: source, problems: [] };
  const problems: LiquidProblem[] = [];
  const isCode = createCodeTest(source, values.format);
  const loopEnds = findLoopEnds(source);
  const findClosingTag = createClosingTags(source);
  const mostCharacters = MOST_TIMES * source.length + MORE_CHARACTERS;
  let text = "";
  let position = 0;
  let open: OpenPair | null = null;
  /** Tags that were left out: the ends of such pairs are not worth another word. */
  const reported = new Set<string | null>();
  for (const match of source.matchAll(MARK)) {
    const { 0: mark, index } = match;
    // The mark is inside of a `raw` or `comment` block that was handled already.
    if (index < position) continue;
    text += source.slice(position, index);
    position = index + mark.length;
    const shown = shownShortcode(mark);
    if (shown !== null) {
      text += isCode(index) ? shown : escapeHtml(shown);
      continue;
    }
    const read = readMark(match);
    const { tag, rest, expression, isHugos, isEnd } = read;
    const block =
      !isHugos && (tag === "raw" || tag === "comment") ? findClosingTag(tag, position) : null;
    if (block !== null) {
      if (tag === "raw") text += source.slice(position, block.start);
      position = block.end;
      continue;
    }
    if (open !== null && isEnd && tag === open.name) {
      text = text.slice(0, open.start) + open.close(text.slice(open.start));
      open = null;
      continue;
    }
    const isInCode = open?.name === "highlight" || isCode(index);
    const known = valueOf(read, match, values) ?? (isInCode ? null : shortcode(read, match));
    if (known !== null && text.length + known.length <= mostCharacters) {
      text += known;
      continue;
    }
    const pair: OpenPair | null =
      tag === null || isEnd || open !== null ? null : openPair(tag, rest, text.length);
    if (pair !== null && findClosingTag(pair.name, position) !== null) {
      open = pair;
      continue;
    }
    const name = tag === null ? outputName(expression ?? "") : tagName(tag, rest, isHugos);
    const loopEnd = isInCode ? undefined : loopEnds.get(index);
    if (loopEnd !== undefined) {
      problems.push({ kind: "loop", mark, name, index });
      position = loopEnd;
      continue;
    }
    if (mark.length === 2 || (expression !== null && !EXPRESSION.test(expression))) {
      problems.push({ kind: "malformed", mark, name, index });
      text += mark;
    } else if (isInCode) {
      problems.push({ kind: "in-code", mark, name, index });
      text += mark;
    } else if (!(isEnd ? reported.has(tag) : CONTINUING.test(tag ?? "") && reported.size > 0)) {
      problems.push({ kind: "unsupported", mark, name, index });
      reported.add(tag);
    }
  }
  return { text: text + source.slice(position), problems };
}

/** A mark's parts; `tag` is null for an output, `expression` for a tag. */
interface Mark {
  readonly tag: string | null;
  readonly rest: string;
  readonly expression: string | null;
  readonly isHugos: boolean;
  /** Whether it ends a pair; `tag` is then the pair's name. */
  readonly isEnd: boolean;
}

function readMark({ 0: mark, 1: tag, 2: rest = "", 3: expression }: RegExpMatchArray): Mark {
  if (expression !== undefined) {
    return { tag: null, rest, expression, isHugos: false, isEnd: false };
  }
  if (tag !== undefined) {
    const ended = /^end(\w+)$/.exec(tag)?.[1];
    return {
      tag: ended ?? tag,
      rest,
      expression: null,
      isHugos: false,
      isEnd: ended !== undefined,
    };
  }
  const inner = mark.slice(SHORTCODE_MARK, -SHORTCODE_MARK).trim();
  const [before = "", slash, name = ""] = SHORTCODE_NAME.exec(inner) ?? [];
  const written = inner.slice(before.length).replace(/\/$/, "");
  return { tag: name, rest: written, expression: null, isHugos: true, isEnd: slash === "/" };
}

/** The text of a Hugo shortcode that is shown and not carried out, which has comment marks in it; null for others. */
function shownShortcode(mark: string): string | null {
  if (!/^\{\{[<%]\/\*/.test(mark) || !/\*\/[>%]\}\}$/.test(mark)) return null;
  const inner = mark.slice(SHORTCODE_MARK + 2, -SHORTCODE_MARK - 2);
  return mark.slice(0, SHORTCODE_MARK) + inner + mark.slice(-SHORTCODE_MARK);
}

function valueOf(
  { tag, rest, expression, isHugos, isEnd }: Mark,
  { 0: mark, index = 0 }: RegExpMatchArray,
  values: LiquidValues,
): string | null {
  if (expression !== null) return evaluate(expression, values);
  if (tag === null || isEnd) return null;
  if (isHugos) return hugoAddress(tag, rest.trim());
  const target = rest.trim();
  if ((tag !== "post_url" && tag !== "link") || target === "" || target.includes("{")) return null;
  return address(tag, target, {
    find: (reference) => values.findArticle(reference, mark, index),
    ignore: values.ignore,
  });
}

function shortcode({ tag, rest, isHugos, isEnd }: Mark, match: RegExpMatchArray): string | null {
  if (tag === null || isEnd) return null;
  return renderShortcode({ ...named(tag, rest), isHugos, isAlone: isAlone(match) });
}

/** A pair of tags that has begun. */
interface OpenPair {
  readonly name: string;
  /** Where its content begins in the rendered text. */
  readonly start: number;
  /** What its content is replaced by. */
  readonly close: (content: string) => string;
}

function openPair(tag: string, rest: string, start: number): OpenPair | null {
  switch (tag) {
    case "highlight": {
      const language = /^\s*([\w+#.-]+)/.exec(rest)?.[1] ?? "";
      return { name: tag, start, close: (content) => codeBlock(content, language) };
    }
    case "figure": {
      const caption = figcaption(captionOf(rest));
      const close = (content: string): string =>
        `<figure markdown="1">\n${content.trim()}\n${caption}\n</figure>`;
      return { name: tag, start, close };
    }
    default:
      return null;
  }
}

/** What a tag includes or shows: for `{% include figure.html src="a" %}` that file, else the tag itself. */
function named(tag: string, rest: string): { readonly name: string; readonly written: string } {
  if (!INCLUDE.test(tag)) return { name: tag, written: rest };
  const [, file = "", written = ""] = /^\s*(\S+)([^]*)$/.exec(rest) ?? [];
  return { name: file, written };
}

function tagName(tag: string, rest: string, isHugos: boolean): string {
  if (isHugos) return `{{< ${tag} >}}`;
  if (!INCLUDE.test(tag)) return `{% ${tag} %}`;
  const { name } = named(tag, rest);
  return `{% ${tag} ${name.startsWith("{{") ? "…" : name} %}`;
}

/** An output without its filters and without what is deeper than two levels: `{{ site.data.team }}`. */
function outputName(expression: string): string {
  const [name = expression] = /^\s*[\w-]+(?:\.[\w-]+){0,2}/.exec(expression) ?? [];
  return `{{ ${name.trim()} }}`;
}

/** Whether a mark has its line, or lines, to itself. */
function isAlone({ 0: mark, index = 0, input = "" }: RegExpMatchArray): boolean {
  const before = input.slice(Math.max(0, index - LONGEST_INDENT), index);
  const after = input.slice(index + mark.length, index + mark.length + LONGEST_INDENT);
  return (
    LINE_BEFORE.test(before) &&
    (before.includes("\n") || before.length === index) &&
    LINE_AFTER.test(after)
  );
}

/** By the index of the first mark of each loop, the index behind the mark that ends it. */
function findLoopEnds(source: string): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  const open: { readonly tag: string; readonly index: number }[] = [];
  for (const { 0: mark, 1: end, 2: tag = "", index } of source.matchAll(LOOP_MARK)) {
    if (end === undefined) open.push({ tag, index });
    else if (open.at(-1)?.tag === tag) ends.set(open.pop()?.index ?? 0, index + mark.length);
  }
  return ends;
}

/** Returns a test whether an index is in code; its calls must be in ascending order. */
function createCodeTest(
  source: string,
  format: LiquidValues["format"],
): (index: number) => boolean {
  const codes = findCodeRanges(source, format);
  let next = 0;
  let end = 0;
  return (index) => {
    for (; (codes[next]?.start ?? Infinity) <= index; next += 1) {
      end = Math.max(end, codes[next]?.end ?? 0);
    }
    return index < end;
  };
}

/** Returns a search for the next closing tag of a block, null if there is none; its calls must be in ascending order. */
function createClosingTags(source: string): (tag: string, from: number) => CodeRange | null {
  const unclosed = new Set<string>();
  return (tag, from) => {
    if (unclosed.has(tag)) return null;
    const closing = new RegExp(
      String.raw`\{%-?\s*end${tag}\s*-?%\}|\{\{[<%]\s*/\s*${tag}\s*[>%]\}\}`,
      "g",
    );
    closing.lastIndex = from;
    const found = closing.exec(source);
    if (found !== null) return { start: found.index, end: closing.lastIndex };
    unclosed.add(tag);
    return null;
  };
}

/** Code as one line of HTML, with line ends as character references, so that it can stand in a list or quotation. */
function codeBlock(code: string, language: string): string {
  const escaped = escapeHtml(code.trimEnd().replace(/^\s*\n/, "")).replaceAll("\n", "&#10;");
  const attribute = language === "" ? "" : ` class="language-${language}"`;
  return `<pre><code${attribute}>${escaped}</code></pre>`;
}

/** The address of `{{< ref "post.md" >}}`; null for other shortcodes. */
function hugoAddress(tag: string, written: string): string | null {
  const target = /^(?:path\s*=\s*)?"([^"{]+)"$/.exec(written)?.[1];
  return (tag === "ref" || tag === "relref") && target !== undefined ? encodeURI(target) : null;
}

interface ArticleSearch {
  readonly find: FindArticle;
  readonly ignore: (plainPath: string) => void;
}

/**
 * The address of `{% post_url 2022-01-10-news %}` or `{% link assets/report.pdf %}`: the share page of the article; where
 * there is none, what Jekyll's default would be, since the page may be found there.
 */
function address(
  tag: "post_url" | "link",
  target: string,
  { find, ignore }: ArticleSearch,
): string | null {
  const path = target.replace(/^\//, "");
  const file = path.replace(/^_posts\//, "");
  const isFile = tag === "link" && ARTICLE_FILE.test(path);
  if (tag === "link" && !isFile) return encodeURI(`/${path}`);
  const reference: ArticleReference = isFile
    ? { kind: "file", target: posix.normalize(path), isStrict: true }
    : { kind: "post", target: file, isStrict: true };
  const found = find(reference);
  if (found !== null) {
    ignore(plainPath(decodeURIComponent(found)));
    return found;
  }
  const page = path.replace(ARTICLE_FILE, ".html");
  const standIn = datedAddress(file) ?? (isFile ? encodeURI(`/${page}`) : null);
  if (standIn !== null) ignore(plainPath(decodeURI(standIn)));
  return standIn;
}

/** The value of an expression such as `"/about" | relative_url`; null if it is not supported. */
function evaluate(expression: string, values: LiquidValues): string | null {
  const [first = "", ...filters] = expression.match(PARTS) ?? [];
  return filters.reduce(
    (value, filter) => {
      const [, name = "", written = "''"] = /^\s*(\w+)\s*(?::([^]*))?$/.exec(filter) ?? [];
      const argument = operand(written, values);
      if (value === null || argument === null || value.length > LONGEST_VALUE) return null;
      return FILTERS.get(name)?.(value, argument, values.siteUrl) ?? null;
    },
    operand(first, values),
  );
}

function operand(text: string, { siteUrl, title, baseUrl }: LiquidValues): string | null {
  const [, double, single, name] = OPERAND.exec(text) ?? [];
  switch (name) {
    case "site.url":
    case "site.github.url":
      return siteUrl;
    case "site.baseurl":
      return "";
    case "page.title":
      // The title is plain text, which Markdown and HTML would else take for a reference.
      return title.replaceAll(/&(?=#?\w+;)/g, "&amp;");
    case "page.url":
      return new URL(baseUrl).pathname;
    default:
      return double ?? single ?? null;
  }
}

type Filter = (value: string, argument: string, siteUrl: string) => string;

const relativeUrl = (value: string): string =>
  ABSOLUTE.test(value) ? value : value.replace(/^\/?/, "/");

const FILTERS: ReadonlyMap<string, Filter> = new Map<string, Filter>([
  ["relative_url", relativeUrl],
  ["url", relativeUrl],
  ["absolute_url", (value, _, url) => (ABSOLUTE.test(value) ? value : url + relativeUrl(value))],
  ["prepend", (value, argument) => argument + value],
  ["append", (value, argument) => value + argument],
  ["escape", escapeAttribute],
  ["xml_escape", escapeAttribute],
  ["uri_escape", encodeURI],
  ["downcase", (value) => value.toLowerCase()],
  ["upcase", (value) => value.toUpperCase()],
  ["strip", (value) => value.trim()],
]);
