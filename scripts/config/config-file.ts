import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Node, ParseError } from "jsonc-parser";
import { getNodeValue, parseTree, printParseErrorCode } from "jsonc-parser";
import { parse, TomlError } from "smol-toml";
import type { Result } from "../../src/domain/result.ts";
import { failed, ok } from "../../src/domain/result.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { errorAt } from "../diagnostics/diagnostic.ts";
import { jsonAdvice, tomlAdvice } from "./syntax-advice.ts";

/** A table of wrangler's settings. */
export type Table = Readonly<Record<string, unknown>>;

/** wrangler's file of settings, parsed. */
export interface ConfigFile {
  /** As messages name it. */
  readonly path: string;
  readonly isJson: boolean;
  readonly table: Table;
  /** The line of a key, or of the innermost table around it that is found; the first line is 1. */
  readonly lineOf: (keys: readonly string[]) => number;
}

/** The names that wrangler looks for, the first one first. */
export const CONFIG_FILES = ["wrangler.json", "wrangler.jsonc", "wrangler.toml"] as const;

/** The name of the file of settings in a project's folder: of several the one that wrangler takes; wrangler.toml if there is none. */
export function findConfigFile(root: string): string {
  return CONFIG_FILES.find((name) => existsSync(join(root, name))) ?? "wrangler.toml";
}

/**
 * Parses wrangler's settings, TOML or JSON with comments.
 *
 * @param path the file, as diagnostics name it; its ending says which it is
 */
export function parseConfigFile(
  text: string,
  path: string,
): Result<ConfigFile, readonly Diagnostic[]> {
  return /\.jsonc?$/.test(path)
    ? parseJson(text.replace(/^\uFEFF/, ""), path)
    : parseToml(text, path);
}

export function isTable(value: unknown): value is Table {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parseToml(text: string, path: string): Result<ConfigFile, readonly Diagnostic[]> {
  try {
    const table = parse(text);
    return ok({ path, isJson: false, table, lineOf: innermost(placesInToml(text)) });
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [reason = ""] = error.message.split("\n");
    const written = text.split("\n")[error.line - 1] ?? "";
    return failed([errorAt(path, error.line, "toml-invalid", reason, tomlAdvice(reason, written))]);
  }
}

function parseJson(text: string, path: string): Result<ConfigFile, readonly Diagnostic[]> {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error !== undefined || tree === undefined) {
    const reason = error === undefined ? "it is empty" : printParseErrorCode(error.error);
    const line = text.slice(0, error?.offset ?? 0).split("\n").length;
    const what = `No JSON: ${reason}`;
    return failed([
      errorAt(
        path,
        line,
        "json-invalid",
        what,
        jsonAdvice(reason, text.split("\n")[line - 1] ?? ""),
      ),
    ]);
  }
  const table: unknown = getNodeValue(tree);
  if (!isTable(table)) {
    return failed([errorAt(path, 1, "json-invalid", "It holds no object", "write { … }")]);
  }
  return ok({ path, isJson: true, table, lineOf: innermost(placesInJson(tree, text)) });
}

/** The lines of keys and heads of tables, by the JSON of their path. */
type Places = ReadonlyMap<string, number>;

/** Looks for a key, then for the table around it, and so on outwards. */
function innermost(places: Places): ConfigFile["lineOf"] {
  return (keys) => {
    for (let depth = keys.length; depth > 0; depth -= 1) {
      const line = places.get(JSON.stringify(keys.slice(0, depth)));
      if (line !== undefined) return line;
    }
    return 1;
  };
}

/** So many keys lead to a setting of an environment: `env`, its name, `vars`, `SITE`, the setting. */
const MOST_KEYS = 5;

function placesInJson(root: Node, text: string): Places {
  const places = new Map<string, number>();
  let line = 1;
  let counted = 0;
  const visit = ({ type, children = [] }: Node, path: readonly string[]): void => {
    if (type !== "object" || path.length === MOST_KEYS) return;
    for (const { children: [key, value] = [] } of children) {
      if (key === undefined || value === undefined) continue;
      // Keys are met in the order of the text.
      line += text.slice(counted, key.offset).split("\n").length - 1;
      counted = key.offset;
      const inner = [...path, String(key.value)];
      places.set(JSON.stringify(inner), line);
      visit(value, inner);
    }
  };
  visit(root, []);
  return places;
}

const TOML_HEAD = /^\s*\[([^[\]]+)\]/;
const TOML_KEY = /^\s*((?:"[^"]*"|[\w-]+)(?:[ \t]*\.[ \t]*(?:"[^"]*"|[\w-]+))*)[ \t]*=/;

function placesInToml(text: string): Places {
  const places = new Map<string, number>();
  let head: readonly string[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    const [, table] = TOML_HEAD.exec(line) ?? [];
    const [, key] = TOML_KEY.exec(line) ?? [];
    if (table !== undefined) head = keysOf(table);
    else if (line.trimStart().startsWith("[[")) head = [line];
    if (table === undefined && key === undefined) continue;
    const path = JSON.stringify(key === undefined ? head : [...head, ...keysOf(key)]);
    if (!places.has(path)) places.set(path, index + 1);
  }
  return places;
}

/** The parts of a dotted key. */
function keysOf(dotted: string): readonly string[] {
  return dotted.split(".").map((part) => part.trim().replaceAll('"', ""));
}
