import { matchAt } from "./block-reader.ts";

const OTHER_LETTER = /[\p{L}--[\p{Script=Latin}\p{Script=Common}]]/v;
const NUMBER_REFERENCE = /&#(\d{1,7}|[xX][\da-fA-F]{1,6});/g;

const SYMBOLS: ReadonlyMap<string, string> = new Map([
  ["---", "—"],
  ["--", "–"],
  ["...", "…"],
  ["<< ", "«\u00A0"],
  [" >>", "\u00A0»"],
  ["<<", "«"],
  [">>", "»"],
]);
const SYMBOL = /---?|\.\.\.|<< ?| ?>>/y;

const LEFT = { '"': "“", "'": "‘" } as const;
const RIGHT = { '"': "”", "'": "’" } as const;
type Quote = keyof typeof LEFT;

/**
 * What a quotation mark becomes by what stands around it, the first rule that matches; `before` is the character before it,
 * which is kept. They are kramdown's, which are SmartyPants's.
 */
const RULES: readonly (readonly [pattern: RegExp, marks: (quote: Quote) => string])[] = [
  [/()(["'])(?=[_*]{1,2}\S)/y, (quote) => LEFT[quote]],
  [/()(["'])(?=[!"#$%'()*+,\-./:;<=>?@[\\\]^`{|}~](?!\.\.)\B)/y, (quote) => RIGHT[quote]],
  [/(\s?)("')(?=\w)/y, () => "“‘"],
  [/(\s?)('")(?=\w)/y, () => "‘“"],
  [/(\s?)(')(?=\d\ds)/y, () => "’"],
  [/(\s)(["'])(?=\w)/y, (quote) => LEFT[quote]],
  [/([^ \\\t\r\n[{(-])(["'])/y, (quote) => RIGHT[quote]],
  [/()(["'])(?=\s|s\b|$)/y, (quote) => RIGHT[quote]],
  [/([^]?)(["'])/y, (quote) => LEFT[quote]],
];

/** What marks become, and the index behind them. */
export interface TypographicText {
  readonly text: string;
  readonly end: number;
}

/** Whether all letters of a text are Latin: other scripts have their own quotation marks and dashes, which stay as typed. */
export function isLatin(text: string): boolean {
  const letters = text.replaceAll(NUMBER_REFERENCE, (_reference, digits) => {
    const code = Number(String(digits).replace(/^x/i, "0x"));
    return String.fromCodePoint(Math.min(code, 0x10ffff));
  });
  return !OTHER_LETTER.test(letters);
}

/** The dash, dots or pointed quotation mark for the marks at an index; null if there are none. */
export function symbolAt(text: string, index: number): TypographicText | null {
  const mark = matchAt(SYMBOL, text, index)?.[0] ?? "";
  const symbol = SYMBOLS.get(mark);
  return symbol === undefined ? null : { text: symbol, end: index + mark.length };
}

/**
 * The typographic quotation mark for the straight one at an index.
 *
 * @param isFree whether the character before it is text that no mark has used
 */
export function quoteAt(text: string, index: number, isFree: boolean): TypographicText {
  const start = isFree && text.charAt(index - 1) !== "\\" ? index - 1 : index;
  for (const [pattern, marks] of RULES) {
    const found = matchAt(pattern, text, start);
    if (found === null) continue;
    const [all, before = "", quote = ""] = found;
    return { text: before + marks(quote === "'" ? "'" : '"'), end: start + all.length };
  }
  return { text: text.slice(start, index + 1), end: index + 1 };
}
