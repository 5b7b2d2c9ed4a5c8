import {
  defineScalarTag,
  FAILSAFE_SCHEMA,
  loadAll,
  mergeTag,
  NOT_RESOLVED,
  YAMLException,
} from "js-yaml";
import type { Result } from "../../../src/domain/result.ts";
import { failed, mapped, ok } from "../../../src/domain/result.ts";

/** YAML as Ruby's Psych reads it for Jekyll, except that numbers, dates and symbols stay text. */
export interface RubyYaml {
  /** Strings, booleans, nulls, lists and maps; null for an empty document. */
  readonly value: unknown;
  /** The first line (from 0) that repeats a key of its map, whose last value counts; null if there is none. */
  readonly duplicateLine: number | null;
}

export interface YamlFailure {
  readonly reason: string;
  /** The line of the text, from 0. */
  readonly line: number;
}

const YAML_TAGS = "tag:yaml.org,2002:";
const DUPLICATE_KEY = "duplicated mapping key";
/** Why a quoted text or list that goes on at the start of a line is refused, and one that is never closed. */
export const UNINDENTED = "deficient indentation";

/** No real header comes near these limits; they keep aliases that are circular or multiply from filling memory. */
const MAXIMUM_NODES = 10_000;
const MAXIMUM_DEPTH = 100;
const MAXIMUM_CHARACTERS = 1_000_000;
/** The most characters to parse in all while indenting quoted texts. */
const MAXIMUM_PARSED = 2_000_000;
const MAY_BEGIN_ENTRY = /^-|:/;

const never = (): boolean => false;

const rubyBoolean = defineScalarTag(`${YAML_TAGS}bool`, {
  implicit: true,
  implicitFirstChars: ["y", "Y", "n", "N", "t", "T", "f", "F", "o", "O"],
  resolve(text) {
    if (/^(?:yes|true|on)$/i.test(text)) return true;
    if (/^(?:no|false|off)$/i.test(text)) return false;
    return NOT_RESOLVED;
  },
  identify: never,
});

const rubyNull = defineScalarTag(`${YAML_TAGS}null`, {
  implicit: true,
  implicitFirstChars: ["", "~", "n", "N"],
  resolve: (text) => (/^(?:~|null)?$/i.test(text) ? null : NOT_RESOLVED),
  identify: never,
});

/** Makes any other tag on a scalar (`!!int`, `!source`) leave its text unchanged. */
const taggedText = [YAML_TAGS, "!"].map((prefix) =>
  defineScalarTag(prefix, { matchByTagPrefix: true, resolve: (text) => text, identify: never }),
);

const RUBY_SCHEMA = FAILSAFE_SCHEMA.withTags(rubyBoolean, rubyNull, mergeTag, taggedText);

/** The value of a plain scalar: a boolean, null, or else the text itself. */
export function resolvePlainScalar(text: string): string | boolean | null {
  const flag = rubyBoolean.resolve(text, false, rubyBoolean.tagName);
  if (typeof flag === "boolean") return flag;
  return rubyNull.resolve(text, false, rubyNull.tagName) === null ? null : text;
}

/** Reads one YAML document. */
export function parseRubyYaml(text: string): Result<RubyYaml, YamlFailure> {
  const first = attempt(text, false);
  if (first.ok) return ok({ value: first.value, duplicateLine: null });
  const { reason, line } = first.failure;
  if (reason === UNINDENTED) return parseWithIndentedQuotes(text, first.failure);
  if (reason !== DUPLICATE_KEY) return first;
  return mapped(attempt(text, true), (value) => ({ value, duplicateLine: line }));
}

/**
 * Indents continued quoted texts: Psych accepts them at the start of a line, but YAML's grammar requires indentation
 * (rule 110, n >= 1). Blanks there are not part of the text, so this changes nothing else. Each line is indented with
 * those after it that cannot begin an entry.
 */
function parseWithIndentedQuotes(
  text: string,
  firstFailure: YamlFailure,
): Result<RubyYaml, YamlFailure> {
  const lines = text.split("\n");
  let failure = firstFailure;
  let { line } = firstFailure;
  for (let parsed = 0; parsed < MAXIMUM_PARSED; parsed += text.length) {
    do lines[line] = `    ${lines[line]}`;
    while (++line < lines.length && !MAY_BEGIN_ENTRY.test(lines[line] ?? ""));
    const result = attempt(lines.join("\n"), true);
    if (result.ok) return ok({ value: result.value, duplicateLine: null });
    if (result.failure.reason !== UNINDENTED || result.failure.line < line) break;
    ({ failure } = result);
    line = failure.line;
  }
  return failed(failure);
}

function attempt(text: string, lastKeyWins: boolean): Result<unknown, YamlFailure> {
  try {
    const options = { schema: RUBY_SCHEMA, json: lastKeyWins, maxDepth: MAXIMUM_DEPTH };
    const value = loadAll(text, options)[0] ?? null;
    return isSmallTree(value) ? ok(value) : failed({ reason: "its aliases never end", line: 0 });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    return failed({ reason: error.reason, line: error.mark?.line ?? 0 });
  }
}

function isSmallTree(root: unknown): boolean {
  let nodes = 0;
  let characters = 0;
  const visit = (value: unknown, depth: number): boolean => {
    nodes += 1;
    if (typeof value === "string") characters += value.length;
    if (nodes > MAXIMUM_NODES || characters > MAXIMUM_CHARACTERS || depth > MAXIMUM_DEPTH) {
      return false;
    }
    if (typeof value !== "object" || value === null) return true;
    // Messages quote keys too.
    for (const key of Object.keys(value)) characters += key.length;
    return Object.values(value).every((child) => visit(child, depth + 1));
  };
  return visit(root, 0);
}
