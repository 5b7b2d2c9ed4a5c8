/** A quotation mark or bracket that a line opens and does not close. */
export interface UnclosedMark {
  readonly mark: string;
  /** What would close it. */
  readonly closing: string;
  /** The line of the text, from 0. */
  readonly line: number;
}

const QUOTED = /"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'/y;
/** A mark that begins a value; in the middle of a word it is an apostrophe. */
const OPENING = /(?:^|[\s,[{:-])(["'])/;

/** The last mark that is opened and not closed in a line of a text, up to the line `last`; null if there is none. */
export function findUnclosedMark(text: string, last: number): UnclosedMark | null {
  const lines = text.split("\n").slice(0, last + 1);
  for (const [line, written] of [...lines.entries()].toReversed()) {
    const rest = withoutQuoted(written);
    const quote = OPENING.exec(rest)?.[1];
    if (quote !== undefined) return { mark: quote, closing: quote, line };
    for (const [mark, closing] of [
      ["[", "]"],
      ["{", "}"],
    ] as const) {
      if (rest.split(mark).length > rest.split(closing).length) return { mark, closing, line };
    }
  }
  return null;
}

/** A line without its quoted texts. */
function withoutQuoted(line: string): string {
  let rest = "";
  let copied = 0;
  // Where one quotation mark has no counterpart, all after it are escaped and have none: to search again takes long.
  let isEndless = false;
  for (const { index, 0: mark } of line.matchAll(/["']/g)) {
    if (index < copied || (mark === '"' && isEndless)) continue;
    QUOTED.lastIndex = index;
    if (QUOTED.test(line)) {
      rest += line.slice(copied, index);
      copied = QUOTED.lastIndex;
    } else if (mark === '"') {
      isEndless = true;
    }
  }
  return rest + line.slice(copied);
}
