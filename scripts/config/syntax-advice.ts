/*
 * What to do about an error in wrangler's file, for people who know neither TOML nor JSON. The parsers say it in words of their
 * grammars, and a Chinese keyboard writes quotation marks that neither language knows.
 */

import { findFullWidthMark, fullWidthAdvice } from "../diagnostics/full-width-marks.ts";

const OTHERWISE = "correct this line";
const QUOTE = 'between straight quotation marks (")';

/** By the ends of the messages of smol-toml. */
const TOML: readonly (readonly [reason: string, advice: string])[] = [
  ["control characters are not allowed in strings", 'a text ends with a straight " on its line'],
  ["unfinished string", 'a text ends with a straight " on its line'],
  ["invalid value", `write a text ${QUOTE}, a number, true or false`],
  ["illegal character in key", 'write the line as name = "text", or as [name]'],
  ["cannot find end of key", 'write the line as name = "text", or as [name]'],
  ["expected comma or end of structure", "write commas between, and close what [ or { opens"],
  ["trying to redefine an already defined table or value", "it is there already: take one out"],
  ["declaration must be followed by an end-of-line", "begin a new line behind the value"],
  ["unrecognised escape sequence", "write \\\\ for a backslash"],
];

/** By the names that jsonc-parser has for errors. */
const JSONC: ReadonlyMap<string, string> = new Map([
  ["InvalidSymbol", `write names and texts ${QUOTE}`],
  ["PropertyNameExpected", `write a name ${QUOTE} and a colon before the value`],
  ["ValueExpected", `write a text ${QUOTE}, a number, true or false`],
  ["ColonExpected", "write a colon between the name and the value"],
  ["CommaExpected", "write a comma before this, at the end of the line above if this begins one"],
  ["CloseBraceExpected", "close what { opens"],
  ["CloseBracketExpected", "close what [ opens"],
  ["EndOfFileExpected", "take out what follows the last }"],
  ["UnexpectedEndOfString", 'a text ends with a straight " on its line'],
  ["InvalidEscapeCharacter", "write \\\\ for a backslash"],
]);

const QUOTATION_MARKS = ["“", "”", "＂"];
/** What stands before `=` and is no key without quotes. */
const BARE_KEY =
  /(?:^|[{,[.])\s*([^\s"'=,.{}[\]]*[^\p{ASCII}\s"'=,.{}[\]][^\s"'=,.{}[\]]*)\s*([=\].])/u;

/**
 * What to do about an error in TOML.
 *
 * @param line that of the error, as it is written
 */
export function tomlAdvice(message: string, line: string): string {
  const isInText = /strings?$/.test(message);
  const isValue = message.endsWith("invalid value");
  const mark = findFullWidthMark(
    line,
    isInText ? QUOTATION_MARKS : isValue ? [...QUOTATION_MARKS, "［", "【", "｛"] : undefined,
  );
  if (mark !== null) return fullWidthAdvice(mark);
  const [, key, after] = (message.includes(" key") ? BARE_KEY.exec(line) : null) ?? [];
  if (key !== undefined) {
    return `write the key between quotes: ${after === "=" ? `"${key}" = …` : `"${key}"`}`;
  }
  return TOML.find(([reason]) => message.endsWith(reason))?.[1] ?? OTHERWISE;
}

/** What to do about an error in JSON, in a line. */
export function jsonAdvice(code: string, line: string): string {
  const mark = findFullWidthMark(line);
  if (mark !== null) return fullWidthAdvice(mark);
  return JSONC.get(code) ?? OTHERWISE;
}
