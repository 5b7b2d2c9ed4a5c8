/*
 * What to do about an error in wrangler's file, for people who know neither TOML nor JSON. The parsers say it in words of their
 * grammars, and a Chinese keyboard writes quotation marks that neither language knows.
 */

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

/** What to do about an error in TOML. */
export function tomlAdvice(message: string): string {
  return TOML.find(([reason]) => message.endsWith(reason))?.[1] ?? OTHERWISE;
}

/** What to do about an error in JSON. */
export function jsonAdvice(code: string): string {
  return JSONC.get(code) ?? OTHERWISE;
}
