/** Where code begins, and where the first character after it is. */
export interface CodeRange {
  readonly start: number;
  readonly end: number;
}

const FENCE = /^[ >]*(`{3,}|~{3,})/;
const INDENTED = /^(?: {4}|\t)/;
const LIST_ITEM = /^ {0,3}(?:[-*+]|\d+[.)])\s/;
const INLINE_CODE = /(?<!`)(`+)(?!`)[^]+?(?<!`)\1(?!`)/g;
const HTML_CODE = /<(pre|code)\b[^]*?<\/\1\s*>/gi;

/** Where `source` is code in Markdown or HTML, in order. An estimate from the text alone, made before it is parsed. */
export function findCodeRanges(source: string): readonly CodeRange[] {
  const ranges: CodeRange[] = [];
  let fence: { mark: string; start: number } | null = null;
  let textStart = 0;
  let inList = false;
  let afterBlank = true;
  const endText = (end: number): void => {
    ranges.push(...matches(source, INLINE_CODE, textStart, end));
    ranges.push(...matches(source, HTML_CODE, textStart, end));
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
    } else if (afterBlank && INDENTED.test(line)) {
      if (!inList) {
        ranges.push({ start: index, end });
        textStart = end;
      }
    } else {
      inList = LIST_ITEM.test(line) || (inList && line.startsWith(" "));
      afterBlank = false;
    }
  }
  if (fence === null) endText(source.length);
  else ranges.push({ start: fence.start, end: source.length });
  return ranges.toSorted((a, b) => a.start - b.start);
}

function matches(source: string, pattern: RegExp, start: number, end: number): CodeRange[] {
  return Array.from(source.slice(start, end).matchAll(pattern), ({ 0: code, index }) => ({
    start: start + index,
    end: start + index + code.length,
  }));
}
