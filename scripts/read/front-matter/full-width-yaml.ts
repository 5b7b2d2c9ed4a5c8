import { findFullWidthMark, fullWidthAdvice } from "../../diagnostics/full-width-marks.ts";

/** A full-width mark that keeps a text from being YAML. */
export interface FullWidthYaml {
  /** The line of the text, from 0. */
  readonly line: number;
  readonly mark: string;
  readonly advice: string;
}

/** A key with a full-width colon behind it, where no other could have been meant. */
const KEY = /^\s*(?:- +)?["']?[\w-]+["']?\s*：/;
/** A value that a straight quotation mark or a bracket opens, which its full-width counterpart does not close. */
const OPENED = /[:-]\s+(?:(")|\[|\{)/;

/**
 * Looks in YAML that cannot be read for what a Chinese keyboard typed: a colon behind a key, anywhere, since the parser notices
 * only later; or what should close a value in the line of the error.
 */
export function findFullWidthYaml(text: string, errorLine: number): FullWidthYaml | null {
  const lines = text.split("\n");
  const withKey = lines.findIndex((line) => KEY.test(line));
  if (withKey !== -1) return { line: withKey, mark: "：", advice: fullWidthAdvice("：") };
  const written = lines[errorLine] ?? "";
  const opened = OPENED.exec(written);
  if (opened === null) return null;
  const closing = opened[1] === undefined ? ["］", "】", "｛", "｝", "“", "”"] : ["”", "“", "＂"];
  const mark = findFullWidthMark(written, closing);
  return mark === null ? null : { line: errorLine, mark, advice: fullWidthAdvice(mark) };
}
