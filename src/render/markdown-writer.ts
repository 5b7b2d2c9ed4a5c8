import type { BodyElement, BodyNode } from "./stored-body.ts";
import { readStoredBody } from "./stored-body.ts";

/*
 * The HTML of a stored body as Markdown: CommonMark with the tables and the struck-out text of GitHub's. What Markdown has no
 * sign for stays HTML, which Markdown may hold.
 */

const BLOCKS = new Set(
  "p div figure figcaption blockquote ul ol li dl dt dd details summary table pre hr h2 h3 h4 h5 h6".split(
    " ",
  ),
);
const EMPHASIS: Readonly<Record<string, string>> = {
  strong: "**",
  b: "**",
  em: "*",
  i: "*",
  del: "~~",
  s: "~~",
};
/** Elements that change what is read, and for which Markdown has no sign. */
const KEPT = new Set("sub sup ruby rt rp kbd mark u ins".split(" "));
/** Between such characters a sign of emphasis works on whatever side of it text stands (CommonMark, section 6.2). */
const WORD_EDGES = /^[\p{L}\p{N}](?:.*[\p{L}\p{N}])?$/su;
const LISTS = new Set(["ul", "ol"]);
/** A line break within a paragraph, until the paragraph is written: texts hold none. */
const BREAK = "\n";

/** Writes a stored body as Markdown, with an empty line between blocks and without one at the end. */
export function writeMarkdown(html: string): string {
  return joined(blocksOf(readStoredBody(html), html));
}

/** The blocks in a list of nodes; what stands between blocks is a paragraph. */
function blocksOf(nodes: readonly BodyNode[], html: string): readonly string[] {
  const blocks: string[] = [];
  let line: BodyNode[] = [];
  let lastList: string | null = null;
  const endLine = (): void => {
    const text = paragraph(line, html);
    if (text !== "") {
      blocks.push(text);
      lastList = null;
    }
    line = [];
  };
  for (const node of nodes) {
    if (typeof node === "string" || !BLOCKS.has(node.name)) {
      line.push(node);
      continue;
    }
    endLine();
    // Two lists of a kind that follow each other would be one (CommonMark, section 5.3).
    if (lastList === node.name) blocks.push("<!-- -->");
    lastList = null;
    for (const block of blocksOfElement(node, html)) {
      blocks.push(block);
      if (LISTS.has(node.name)) lastList = node.name;
    }
  }
  endLine();
  return blocks;
}

function blocksOfElement(element: BodyElement, html: string): readonly string[] {
  const { name, children } = element;
  switch (name) {
    case "hr":
      return ["---"];
    case "pre":
      return [codeBlock(element)];
    case "blockquote":
      return prefixed(joined(blocksOf(children, html)), "> ", ">");
    case "ul":
    case "ol":
      return listOf(element, html);
    case "table":
      return [tableOf(element, html)];
    case "summary":
    case "dt":
      return emphasized(children, html);
    case "h2":
    case "h3":
    case "h4":
    case "h5":
    case "h6": {
      const text = inlineOf(children, html).replaceAll(BREAK, " ").trim();
      return text === ""
        ? []
        : [`${"#".repeat(Number(name.slice(1)))} ${text.replace(/#+$/, String.raw`\$&`)}`];
    }
    default:
      return blocksOf(children, html);
  }
}

/** A term, as a bold paragraph. */
function emphasized(children: readonly BodyNode[], html: string): readonly string[] {
  const text = paragraph(children, html);
  return text === "" ? [] : [around(text, "**", "strong")];
}

function paragraph(nodes: readonly BodyNode[], html: string): string {
  return inlineOf(nodes, html)
    .trim()
    .split(BREAK)
    .map((line) => escapedLineStart(line.trim()))
    .join(`\\${BREAK}`);
}

/** Escapes what would begin another block than a paragraph (CommonMark, sections 4 and 5). */
function escapedLineStart(line: string): string {
  return line
    .replace(/^(?=#{1,6}(?:\s|$)|[-+](?:\s|$)|>|=+$|[-:|\s]+$)/, "\\")
    .replace(/^(?<number>\d{1,9})(?=[.)](?:\s|$))/, "$<number>\\");
}

/** @param before what stands before it in the same line, where nothing parts them */
function inlineOf(nodes: readonly BodyNode[], html: string, before = ""): string {
  let text = "";
  for (const node of nodes) {
    text += typeof node === "string" ? escaped(node) : inlineElement(node, before + text, html);
  }
  return text;
}

function inlineElement(element: BodyElement, before: string, html: string): string {
  const { name, attributes, children } = element;
  switch (name) {
    case "br":
      return BREAK;
    case "wbr":
    case "source":
      return "";
    case "code":
    case "samp":
      return codeSpan(textOf(children), before.endsWith("`"));
    case "img":
      return imageOf(attributes);
    case "a":
      return attributes.get("role") === "doc-backlink" ? "" : linkOf(element, html);
    case "q":
      return `“${inlineOf(children, html)}”`;
    case "video":
    case "audio":
      return recordingOf(element);
    default: {
      const sign = EMPHASIS[name];
      if (sign === undefined && !KEPT.has(name)) return inlineOf(children, html, before);
      const text = inlineOf(children, html);
      if (sign === undefined) return `<${name}>${text}</${name}>`;
      if (text.trim() === "") return text;
      return around(text, before.endsWith(sign.charAt(0)) ? null : sign, name);
    }
  }
}

/** Emphasis; as HTML where the sign would be read as text, or together with another one. */
function around(text: string, sign: string | null, name: string): string {
  const isClear = sign !== null && WORD_EDGES.test(text) && !text.includes(sign.charAt(0));
  return isClear ? `${sign}${text}${sign}` : `<${name}>${text}</${name}>`;
}

/** Escapes what has a meaning anywhere in a line. Blanks and line breaks are one blank each, as in HTML. */
function escaped(text: string): string {
  return text
    .replaceAll(/[\t\n\f\r ]+/g, " ")
    .replaceAll(/[\\`*_[\]<~]|&(?=#?\w+;)|!$/g, String.raw`\$&`);
}

function codeSpan(text: string, isBehindAnother: boolean): string {
  const line = text.replaceAll(/\s*\n\s*/g, " ");
  if (line.trim() === "") return line;
  if (isBehindAnother) return `<code>${escaped(line)}</code>`;
  const fence = longerThanIn(line, 0);
  const pad = /^`|`$|^ .* $/.test(line) ? " " : "";
  return fence + pad + line + pad + fence;
}

function codeBlock({ children }: BodyElement): string {
  const [only, ...others] = children.filter(
    (node) => typeof node !== "string" || node.trim() !== "",
  );
  const code =
    typeof only === "object" && others.length === 0 && only.name === "code" ? only : null;
  const language = /\blanguage-(?<name>[\w+#-]+)/.exec(code?.attributes.get("class") ?? "")
    ?.groups?.["name"];
  const text = textOf(children).replace(/\n$/, "");
  const fence = longerThanIn(text, 2);
  return `${fence}${language ?? ""}\n${text}\n${fence}`;
}

/** Backticks, more than a text has side by side, and more than so many. */
function longerThanIn(text: string, least: number): string {
  const runs = text.match(/`+/g) ?? [];
  return "`".repeat(runs.reduce((most, run) => Math.max(most, run.length), least) + 1);
}

function imageOf(attributes: BodyElement["attributes"]): string {
  const source = attributes.get("src") ?? "";
  return source === "" ? "" : `![${escaped(attributes.get("alt") ?? "")}](${destination(source)})`;
}

function linkOf({ attributes, children }: BodyElement, html: string): string {
  const text = inlineOf(children, html);
  const href = attributes.get("href") ?? "";
  // A link to a place on the page leads nowhere in a text.
  if (href === "" || href.startsWith("#") || text.trim() === "") return text;
  return `[${text.trim()}](${destination(href)})`;
}

/** Sound and films are links to their files. */
function recordingOf({ attributes, children }: BodyElement): string {
  const own = attributes.get("src");
  const files = [
    ...(own === undefined ? [] : [own]),
    ...children.flatMap((node) =>
      typeof node === "object" && node.name === "source" ? (node.attributes.get("src") ?? []) : [],
    ),
  ];
  return files.map((file) => `[${escaped(fileName(file))}](${destination(file)})`).join(" ");
}

function fileName(address: string): string {
  return address.split(/[?#]/)[0]?.split("/").at(-1) ?? address;
}

/** The address of a link (CommonMark, section 6.3). */
function destination(address: string): string {
  return /[\s()<>]/.test(address)
    ? `<${address.replaceAll(/[<>\n]/g, encodeURIComponent)}>`
    : address;
}

function listOf({ name, attributes, children }: BodyElement, html: string): readonly string[] {
  const first = Number(attributes.get("start") ?? 1);
  const items = children.filter((node) => typeof node === "object");
  const lines = items.flatMap((item, index) => {
    const mark = name === "ul" ? "- " : `${Math.max(0, first + index)}. `;
    const text = joined(
      item.name === "li" ? blocksOf(item.children, html) : blocksOf([item], html),
    );
    // Marks of empty items could be read as a line across the page.
    return text === "" ? [] : [mark + indented(text, " ".repeat(mark.length))];
  });
  const isLoose = lines.some((line) => line.includes("\n\n"));
  return lines.length === 0 ? [] : [lines.join(isLoose ? "\n\n" : "\n")];
}

/** A table of GitHub's; one that has more than lines of text in its cells stays HTML. */
function tableOf(table: BodyElement, html: string): string {
  const written = html.slice(table.start, table.end);
  const isSimple =
    !/ (?:colspan|rowspan)=|<(?:p|div|ul|ol|dl|pre|blockquote|figure|hr|h\d)\b|<table.*<table/s.test(
      written,
    );
  const rows = rowsOf(table).map((row) =>
    row.children
      .filter((cell) => typeof cell === "object")
      .map((cell) =>
        inlineOf(cell.children, html)
          .replaceAll(BREAK, "<br>")
          .replaceAll("|", String.raw`\|`)
          .trim(),
      ),
  );
  const [head, ...others] = rows;
  // An empty line would end the HTML.
  if (!isSimple || head === undefined) return written.replaceAll(/\n\s*\n/g, "\n");
  const columns = Math.max(...rows.map((cells) => cells.length), 1);
  const line = (cells: readonly string[]): string =>
    `| ${Array.from({ length: columns }, (_, column) => cells[column] ?? "").join(" | ")} |`;
  return [line(head), line(Array.from({ length: columns }, () => "---")), ...others.map(line)].join(
    "\n",
  );
}

function rowsOf({ children }: BodyElement): readonly BodyElement[] {
  return children.flatMap((node) =>
    typeof node === "string" ? [] : node.name === "tr" ? [node] : rowsOf(node),
  );
}

function textOf(nodes: readonly BodyNode[]): string {
  let text = "";
  for (const node of nodes) {
    text += typeof node === "string" ? node : node.name === "br" ? "\n" : textOf(node.children);
  }
  return text;
}

function joined(blocks: readonly string[]): string {
  return blocks.join("\n\n");
}

function prefixed(text: string, prefix: string, emptyPrefix: string): readonly string[] {
  if (text === "") return [];
  return [
    text
      .split("\n")
      .map((line) => (line === "" ? emptyPrefix : prefix + line))
      .join("\n"),
  ];
}

function indented(text: string, indent: string): string {
  return text.replaceAll(/\n(?=[^\n])/g, `\n${indent}`);
}
