import { escapeAttribute, escapeHtml } from "../html/html-tree.ts";
import { datedAddress } from "../links/dated-address.ts";
import type { CodeRange } from "./code-ranges.ts";
import { findCodeRanges } from "./code-ranges.ts";

/** The values that templates may refer to. */
export interface LiquidValues {
  readonly siteUrl: string;
  readonly title: string;
  /** The article's old address, whose path is `page.url`. */
  readonly baseUrl: string;
}

/** A template mark that could not be evaluated. */
export interface LiquidProblem {
  /** An `unsupported` mark was removed; `malformed` and `in-code` ones stay as text. */
  readonly kind: "unsupported" | "malformed" | "in-code";
  readonly mark: string;
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
const ABSOLUTE = /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i;
const PARTS = /(?:"[^"]*"|'[^']*'|[^|"'])+/g;

/** Templates may make a text this many times as long, and a little more, since repeated titles could multiply it. */
const MOST_TIMES = 3;
const MORE_CHARACTERS = 10_000;
/** The longest value that a filter is applied to, since repeated escaping makes it longer each time. */
const LONGEST_VALUE = 10_000;

/**
 * Evaluates the supported Liquid: `raw`, `comment`, `highlight`, `post_url`, `link`, the site's address and the usual
 * filters on text. Other tags, outputs and Hugo shortcodes are removed (content between a pair of tags stays) and
 * reported as problems; malformed marks stay as text. Jekyll evaluates templates inside code too; here unsupported ones
 * stay there as text, since code that shows another system's template is more common than code that uses one.
 */
export function renderLiquid(source: string, values: LiquidValues): RenderedLiquid {
  if (!source.includes("{{") && !source.includes("{%")) return { text: source, problems: [] };
  const problems: LiquidProblem[] = [];
  const isCode = createCodeTest(source);
  const findClosingTag = createClosingTags(source);
  const mostCharacters = MOST_TIMES * source.length + MORE_CHARACTERS;
  let text = "";
  let position = 0;
  let highlight: { language: string; start: number } | null = null;
  for (const { 0: mark, 1: tag, 2: rest = "", 3: expression, index } of source.matchAll(MARK)) {
    // The mark is inside of a `raw` or `comment` block that was handled already.
    if (index < position) continue;
    text += source.slice(position, index);
    position = index + mark.length;
    const block = tag === "raw" || tag === "comment" ? findClosingTag(tag, position) : null;
    const value = expression === undefined ? null : evaluate(expression, values);
    const isTooLong = text.length + (value?.length ?? 0) > mostCharacters;
    const known = tag === undefined ? (isTooLong ? null : value) : address(tag, rest);
    if (block !== null) {
      if (tag === "raw") text += source.slice(position, block.start);
      position = block.end;
    } else if (known !== null) {
      text += known;
    } else if (tag === "highlight" && highlight === null) {
      if (findClosingTag("highlight", position) === null) {
        problems.push({ kind: "unsupported", mark, index });
      } else {
        highlight = { language: /^\s*([\w+#.-]+)/.exec(rest)?.[1] ?? "", start: text.length };
      }
    } else if (tag === "endhighlight" && highlight !== null) {
      text =
        text.slice(0, highlight.start) + codeBlock(text.slice(highlight.start), highlight.language);
      highlight = null;
    } else if (mark.length === 2 || (expression !== undefined && !EXPRESSION.test(expression))) {
      problems.push({ kind: "malformed", mark, index });
      text += mark;
    } else if (isCode(index) || highlight !== null) {
      problems.push({ kind: "in-code", mark, index });
      text += mark;
    } else {
      problems.push({ kind: "unsupported", mark, index });
    }
  }
  return { text: text + source.slice(position), problems };
}

/** Returns a test whether an index is in code; its calls must be in ascending order. */
function createCodeTest(source: string): (index: number) => boolean {
  const codes = findCodeRanges(source);
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
    const closing = new RegExp(String.raw`\{%-?\s*end${tag}\s*-?%\}`, "g");
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

/** The address of `{% post_url 2022-01-10-news %}` or `{% link assets/report.pdf %}`; null for other tags. */
function address(tag: string, rest: string): string | null {
  const target = rest.trim();
  if ((tag !== "post_url" && tag !== "link") || target === "" || target.includes("{")) return null;
  const path = target.replace(/^\/?(?:_posts\/)?/, "");
  return datedAddress(path) ?? (tag === "link" ? encodeURI(`/${path}`) : null);
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
      return title;
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
