/** Where code begins, and the index behind its last character. */
export interface CodeRange {
  readonly start: number;
  readonly end: number;
}

const FENCE = /^[ >]*(`{3,}|~{3,})/;
const INDENTED = /^(?: {4}|\t)/;
const LIST_ITEM = /^ {0,3}(?:[-*+]|\d+[.)])\s/;
const INLINE_CODE = /(?<!`)(`+)(?!`)[^]+?(?<!`)\1(?!`)/g;
const HTML_CODE = /<(pre|code)\b|<\/(pre|code)\s*>/gi;

/** Elements that hold blocks: until they end, indented lines are their content and no code. */
const BLOCK_TAG =
  /<(\/?)(?:article|aside|dl|figure|footer|form|header|main|nav|ol|section|table|ul|div)\b[^<>]*>/gi;
const BLOCK_LINE = /^[ \t]*<\/?[a-z]/i;

/** Estimates, in order, where `source` is code, without parsing it. */
export function findCodeRanges(source: string, format: "markdown" | "html"): readonly CodeRange[] {
  return format === "html" ? htmlCode(source) : markdownCode(source);
}

function markdownCode(source: string): readonly CodeRange[] {
  const ranges: CodeRange[] = [];
  let fence: { mark: string; start: number } | null = null;
  let textStart = 0;
  let inList = false;
  let afterBlank = true;
  let openBlocks = 0;
  const lastEnd = source.lastIndexOf("</");
  const endText = (end: number): void => {
    const text = source.slice(textStart, end);
    for (const range of [...inlineCode(text), ...htmlCode(text)]) {
      ranges.push({ start: textStart + range.start, end: textStart + range.end });
    }
  };
  for (const { 0: line, index } of source.matchAll(/[^\n]*\n?/g)) {
    const mark = FENCE.exec(line)?.[1] ?? "";
    const end = index + line.length;
    if (fence !== null) {
      if (!mark.startsWith(fence.mark)) continue;
      ranges.push({ start: fence.start, end });
      fence = null;
      textStart = end;
    } else if (mark !== "") {
      endText(index);
      fence = { mark, start: index };
    } else if (line.trim() === "") {
      endText(index);
      textStart = end;
      afterBlank = true;
    } else if (afterBlank && INDENTED.test(line) && (openBlocks === 0 || index > lastEnd)) {
      if (!inList) {
        ranges.push({ start: index, end });
        textStart = end;
      }
    } else {
      inList = LIST_ITEM.test(line) || (inList && line.startsWith(" "));
      afterBlank = false;
      if (!BLOCK_LINE.test(line)) continue;
      for (const [, slash] of line.matchAll(BLOCK_TAG)) {
        openBlocks = Math.max(0, openBlocks + (slash === "" ? 1 : -1));
      }
    }
  }
  if (fence === null) endText(source.length);
  else ranges.push({ start: fence.start, end: source.length });
  return ranges.toSorted((a, b) => a.start - b.start);
}

function inlineCode(text: string): readonly CodeRange[] {
  return Array.from(text.matchAll(INLINE_CODE), ({ 0: code, index }) => ({
    start: index,
    end: index + code.length,
  }));
}

/** The ranges from each start tag to the next end tag of its name. */
function htmlCode(text: string): readonly CodeRange[] {
  const tags = Array.from(text.matchAll(HTML_CODE), ({ 0: tag, 1: opened, 2: closed, index }) => ({
    name: (opened ?? closed ?? "").toLowerCase(),
    isEnd: opened === undefined,
    start: index,
    end: index + tag.length,
  }));
  const lastEnds = new Map(tags.filter(({ isEnd }) => isEnd).map(({ name, end }) => [name, end]));
  const ranges: CodeRange[] = [];
  let open: { readonly name: string; readonly start: number } | null = null;
  for (const { name, isEnd, start, end } of tags) {
    if (open === null) {
      if (!isEnd && start < (lastEnds.get(name) ?? 0)) open = { name, start };
    } else if (isEnd && name === open.name) {
      ranges.push({ start: open.start, end });
      open = null;
    }
  }
  return ranges;
}
