import type { DiagnosticLog } from "../../diagnostics/diagnostic.ts";
import { lineAt } from "../../diagnostics/line-at.ts";
import { readPlainHeader } from "./plain-header.ts";
import { parseRubyYaml, UNINDENTED } from "./ruby-yaml.ts";
import type { RubyYaml, YamlFailure } from "./ruby-yaml.ts";
import { findFullWidthYaml } from "./full-width-yaml.ts";
import { findUnclosedMark } from "./unclosed-mark.ts";
import type { Result } from "../../../src/domain/result.ts";
import { failed, ok } from "../../../src/domain/result.ts";

/** A file's text, split at the fences of its front matter. */
export interface SplitText {
  /** The YAML between the fences; null if the file has no front matter. */
  readonly header: string | null;
  /** The line of the file on which the header begins; the first line is 1. */
  readonly headerLine: number;
  readonly body: string;
  readonly bodyLine: number;
}

/** The values of the front matter and their lines. */
export interface FrontMatter {
  readonly values: Readonly<Record<string, unknown>>;
  /** The line of the file that holds a key; the header's first line if the key is missing. */
  readonly lineOf: (key: string) => number;
  /** Whether the value of a key begins with a quotation mark, which makes a date a text for Ruby. */
  readonly isQuoted: (key: string) => boolean;
}

/** Front matter as in Jekyll, from `---` to `---` or `...`, except that empty lines may come before it. */
const FRONT_MATTER = /^((?:[ \t]*\n)*---[ \t]*\n)((?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|$)/;
const OPENING_FENCE = /^(?:[ \t]*\n)*---[ \t]*(?:\n|$)/;

/** The key at the beginning of a line without a map in braces, which could have the repeated key. */
const BLOCK_KEY = /^[\s-]*["']?([^"'{}[\],:]+)["']?\s*:(?!.*\{)/;

/** Characters that YAML forbids and authors cannot see. */
const UNPRINTABLE = /[\0-\x08\x0B\x0C\x0E-\x1F\x7F-\x84\x86-\x9F\uFFFE\uFFFF]/g;

/**
 * Splits a text at its fences; it must have no byte order mark and only `\n` line ends. Fails if the first fence is never
 * closed.
 */
export function splitFrontMatter(text: string): Result<SplitText, { readonly reason: "unclosed" }> {
  const match = FRONT_MATTER.exec(text);
  if (match !== null) {
    const [whole, opening = "", header = ""] = match;
    return ok({
      header,
      headerLine: lineAt(text, opening.length),
      body: text.slice(whole.length),
      bodyLine: lineAt(text, whole.length),
    });
  }
  if (OPENING_FENCE.test(text)) return failed({ reason: "unclosed" });
  return ok({ header: null, headerLine: 1, body: text, bodyLine: 1 });
}

/**
 * Parses the YAML of a header. Problems go to the log; null if one of them is an error.
 *
 * @param headerLine the line of the file on which the header begins
 */
export function parseFrontMatter(
  header: string,
  headerLine: number,
  log: DiagnosticLog,
): FrontMatter | null {
  const text = header.replaceAll(UNPRINTABLE, "");
  if (text !== header) {
    const line = lineAt(header, header.search(UNPRINTABLE), headerLine);
    const what = "The front matter holds control characters, which YAML forbids";
    log.warn(line, "characters-removed", what, "delete them; they were ignored");
  }
  const values = readPlainHeader(text) ?? readYaml(text, headerLine, log);
  const cut = /^title:[ ]+[^"'|>#\s].*? (?=#)/m.exec(text);
  if (cut !== null) {
    const what = "The title ends before the # in it, which begins a comment in YAML";
    const advice = "put the title between quotes if the rest belongs to it";
    log.warn(lineAt(text, cut.index, headerLine), "title-comment", what, advice);
  }
  const lines = linesOfKeys(text);
  return (
    values && {
      values,
      lineOf: (key) => headerLine + (lines.get(key) ?? 0),
      isQuoted: (key) => {
        const line = text.split("\n")[lines.get(key) ?? -1] ?? "";
        return /^\s*["']/.test(line.slice(line.indexOf(":") + 1));
      },
    }
  );
}

function readYaml(
  text: string,
  headerLine: number,
  log: DiagnosticLog,
): Readonly<Record<string, unknown>> | null {
  const parsed = parseMap(text);
  const title = parsed.ok ? parsed.value.value["title"] : null;
  const isCollection = typeof title === "object" && title !== null;
  const recovered = !parsed.ok || isCollection ? recoverHeadline(text) : null;
  if (recovered !== null) {
    const what = `The title breaks the YAML and was read as ${recovered.title}`;
    const advice = `write title: ${singleQuoted(recovered.title)}`;
    log.warn(headerLine + recovered.line, "headline-recovered", what, advice);
    return recovered.values;
  }
  if (!parsed.ok) {
    reportInvalid(text, parsed.failure, headerLine, log);
    return null;
  }
  const { value, duplicateLine } = parsed.value;
  if (duplicateLine !== null) {
    const key = BLOCK_KEY.exec(text.split("\n")[duplicateLine] ?? "")?.[1];
    const what = `The front matter has ${key === undefined ? "a key" : `"${key}"`} twice; the last value counts`;
    log.warn(headerLine + duplicateLine, "yaml-duplicate-key", what, "delete one of them");
  }
  return value;
}

function reportInvalid(
  text: string,
  { reason, line }: YamlFailure,
  headerLine: number,
  log: DiagnosticLog,
): void {
  const lastLine = Math.max(lineAt(text, text.length, 0) - 1, 0);
  // The parser notices only at a later line, and says that it is indented wrongly.
  const unclosed = reason === UNINDENTED ? findUnclosedMark(text, line) : null;
  const fullWidth = findFullWidthYaml(text, unclosed?.line ?? line);
  const [at, why, advice] =
    fullWidth !== null
      ? [fullWidth.line, `this line has the full-width ${fullWidth.mark}`, fullWidth.advice]
      : unclosed === null
        ? [line, reason, "correct this line, or put the value between quotes"]
        : [
            unclosed.line,
            `this line opens ${unclosed.mark} and nothing closes it`,
            `write ${unclosed.closing} at its end`,
          ];
  const what = `The front matter is not valid YAML: ${why}`;
  log.error(headerLine + Math.min(at, lastLine), "yaml-invalid", what, advice);
}

interface MapYaml extends RubyYaml {
  readonly value: Readonly<Record<string, unknown>>;
}

function parseMap(text: string): Result<MapYaml, YamlFailure> {
  const parsed = parseRubyYaml(text);
  if (!parsed.ok) return parsed;
  const { value, duplicateLine } = parsed.value;
  if (value === null) return ok({ value: {}, duplicateLine });
  if (typeof value === "object" && !Array.isArray(value)) {
    return ok({ value: { ...value }, duplicateLine });
  }
  return failed({ reason: "it holds no `key: value` lines", line: 0 });
}

interface RecoveredHeadline {
  readonly title: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** The line inside the header, from 0. */
  readonly line: number;
}

/**
 * Recovers a headline that was pasted into `title: "…"` without escaping. If the title is on one line between two keys
 * and the rest is valid YAML, it is the text between the outermost quotes, or all of it if those do not match.
 */
function recoverHeadline(text: string): RecoveredHeadline | null {
  const lines = text.split("\n");
  const titles = lines.flatMap((line, index) => (line.startsWith("title:") ? [index] : []));
  const [line] = titles;
  if (line === undefined || titles.length > 1) return null;
  const next = lines[line + 1] ?? "";
  if (next !== "" && !/^(?:[^\s:#"'-][^:]*:(?:\s|$)|#)/.test(next)) return null;
  const title = readHeadline((lines[line] ?? "").slice("title:".length).trim());
  if (title === null) return null;
  const mended = lines.with(line, `title: ${singleQuoted(title)}`).join("\n");
  const parsed = parseMap(mended);
  return parsed.ok ? { title, values: parsed.value.value, line } : null;
}

function readHeadline(written: string): string | null {
  const quote = written.charAt(0);
  if (quote === "") return null;
  if (quote !== '"' && quote !== "'") return written;
  const isWrapped = written.length > 1 && written.endsWith(quote);
  if (isWrapped) return written.slice(1, -1).replaceAll(`\\${quote}`, quote).trim();
  const quotes = written.split(quote).length - 1;
  return quotes % 2 === 0 ? written : null;
}

function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** The first line, from 0, of each key that begins a line. */
function linesOfKeys(text: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  for (const [index, line] of text.split("\n").entries()) {
    const colon = line.indexOf(":");
    const key = colon < 0 ? line : line.slice(0, colon);
    if (!lines.has(key)) lines.set(key, index);
  }
  return lines;
}
