import { existsSync, readFileSync } from "node:fs";
import { join, posix, resolve } from "node:path";
import { parse, TomlError } from "smol-toml";
import type { Result } from "../../src/domain/result.ts";
import { failed, ok } from "../../src/domain/result.ts";
import type { Table } from "../config/config-file.ts";
import { isTable } from "../config/config-file.ts";
import { findFullWidthYaml } from "../read/front-matter/full-width-yaml.ts";
import { parseRubyYaml } from "../read/front-matter/ruby-yaml.ts";
import { errorDetail } from "../terminal/error-detail.ts";
import { tomlAdvice } from "../config/syntax-advice.ts";
import type { InitFailure } from "./init-failure.ts";

/** The settings of a Jekyll site; numbers and dates are text. */
export interface JekyllConfig {
  /** As people named them, or Jekyll's own name. */
  readonly files: readonly string[];
  readonly values: Table;
}

/** Those that Jekyll takes without being told, the first of them that is there. */
const USUAL_FILES = ["_config.yml", "_config.yaml", "_config.toml"];

/**
 * Reads the settings of the Jekyll site in a folder; null where there is none. Of several files the later ones count more,
 * key by key, as for `jekyll build --config`.
 *
 * @param root the folder, absolute
 * @param named files that people named, relative to the folder; none for Jekyll's usual one
 */
export function readJekyllConfig(
  root: string,
  named: readonly string[],
): Result<JekyllConfig | null, InitFailure> {
  const usual = USUAL_FILES.find((name) => existsSync(join(root, name)));
  const files = named.length > 0 ? named : usual === undefined ? [] : [usual];
  if (files.length === 0) return ok(null);
  let values: Table = {};
  for (const file of files) {
    const read = readFile(root, file);
    if (!read.ok) return read;
    values = merged(values, read.value);
  }
  const source = textOf(values["source"]) ?? ".";
  const [file = ""] = files;
  if (resolve(root, posix.dirname(file), source) !== root && resolve(root, source) !== root) {
    return failed({ reason: "source-elsewhere", file, source });
  }
  return ok({ files, values });
}

/** A text that says something, on one line; null for anything else. */
export function textOf(value: unknown): string | null {
  if (typeof value !== "string") return null;
  const text = value.replaceAll(/\s+/g, " ").trim();
  return text === "" ? null : text;
}

/** The texts of a list, or one text. */
export function textsOf(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.flatMap((each) => textOf(each) ?? []);
}

/** A map, or an empty one in place of anything else. */
export function tableOf(value: unknown): Table {
  return isTable(value) ? value : {};
}

/** What has to be on, or is off, in YAML's and TOML's spellings. */
export function isOn(value: unknown): boolean {
  return value === true || value === "true";
}

function readFile(root: string, file: string): Result<Table, InitFailure> {
  const invalid = (line: number | null, detail: string): Result<never, InitFailure> =>
    failed({ reason: "config-invalid", file, line, detail });
  let text: string;
  try {
    text = readFileSync(resolve(root, file), "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
    return isMissing
      ? failed({ reason: "config-missing", file })
      : invalid(null, errorDetail(error));
  }
  if (file.endsWith(".toml")) {
    try {
      return ok(parse(text));
    } catch (error) {
      if (!(error instanceof TomlError)) throw error;
      const [reason = ""] = error.message.split("\n");
      return invalid(
        error.line,
        `${reason}: ${tomlAdvice(reason, text.split("\n")[error.line - 1] ?? "")}`,
      );
    }
  }
  const lines = text.replaceAll("\r\n", "\n");
  const read = parseRubyYaml(lines);
  if (read.ok && read.value.value === null) return ok({});
  if (read.ok && isTable(read.value.value)) return ok(read.value.value);
  const line = read.ok ? null : read.failure.line;
  const fullWidth = findFullWidthYaml(lines, line ?? 0);
  if (fullWidth !== null) return invalid(fullWidth.line + 1, fullWidth.advice);
  return read.ok
    ? invalid(null, "it holds no `key: value` lines")
    : invalid(read.failure.line + 1, read.failure.reason);
}

/** Two maps as one, with the maps in them, as Jekyll's `deep_merge_hashes` does it. */
export function merged(first: Table, second: Table): Table {
  const both = Object.entries(second).map(([key, value]): [string, unknown] => {
    const before = first[key];
    return [key, isTable(before) && isTable(value) ? merged(before, value) : value];
  });
  return { ...first, ...Object.fromEntries(both) };
}
