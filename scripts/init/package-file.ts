import type { ParseError } from "jsonc-parser";
import { applyEdits, modify, parse } from "jsonc-parser";
import type { Result } from "../../src/domain/result.ts";
import { failed, ok } from "../../src/domain/result.ts";
import { isTable } from "../config/config-file.ts";
import { tableOf } from "./jekyll-config.ts";
import type { InitFailure } from "./init-failure.ts";

/** What all messages of the program tell people to run. */
const SCRIPTS: ReadonlyMap<string, string> = new Map([
  ["start", "offprint start"],
  ["check:content", "offprint check"],
  ["bundle", "offprint bundle"],
  ["deploy", "offprint deploy"],
  ["release", "offprint release"],
]);

/** What a machine whose own Node is too old gets with `npm install`. */
const OWN_NODE = "^24.11.0";

export interface PackageFile {
  /** The file's new text; as it was where nothing is missing. */
  readonly text: string;
  readonly added: readonly string[];
  /** Scripts that are there and do something else; they stay. */
  readonly taken: readonly string[];
  readonly lacksNode: boolean;
  /** Packages that come from a file outside of the site's folder, as they are written. */
  readonly outside: readonly string[];
}

/**
 * The scripts of a site: a new `package.json`, or the one that is there with those that it lacks, and with its own indent. A
 * script that is there is never changed.
 *
 * @param written the file; null where there is none
 * @param lacksNode whether the machine's own Node cannot run the program
 */
export function packageFile(
  written: string | null,
  name: string,
  lacksNode: boolean,
): Result<PackageFile, InitFailure> {
  if (written === null) {
    const content = {
      name,
      private: true,
      scripts: Object.fromEntries(SCRIPTS),
      ...(lacksNode ? { devDependencies: { node: OWN_NODE } } : {}),
    };
    const text = `${JSON.stringify(content, null, 2)}\n`;
    return ok({ text, added: [...SCRIPTS.keys()], taken: [], lacksNode: false, outside: [] });
  }
  const errors: ParseError[] = [];
  const content: unknown = parse(written, errors);
  const scripts = isTable(content) ? (content["scripts"] ?? {}) : null;
  if (errors.length > 0 || !isTable(scripts) || !isTable(content)) {
    const detail = errors.length > 0 ? "it is no JSON" : "it or its scripts are no object";
    return failed({ reason: "package-invalid", detail });
  }
  const added = [...SCRIPTS.keys()].filter((script) => scripts[script] === undefined);
  const taken = [...SCRIPTS].flatMap(([script, line]) =>
    added.includes(script) || isSame(scripts[script], line) ? [] : script,
  );
  const insertSpaces = !/^\t/m.test(written);
  const tabSize = /^( +)"/m.exec(written)?.[1]?.length ?? 2;
  const eol = written.includes("\r\n") ? "\r\n" : "\n";
  const text = added.reduce(
    (before, script) =>
      applyEdits(
        before,
        modify(before, ["scripts", script], SCRIPTS.get(script), {
          formattingOptions: { insertSpaces, tabSize, eol },
        }),
      ),
    written,
  );
  const { dependencies, devDependencies } = content;
  const hasNode = [dependencies, devDependencies].some((each) =>
    Object.hasOwn(tableOf(each), "node"),
  );
  const outside = [dependencies, devDependencies].flatMap((each) =>
    Object.entries(tableOf(each)).flatMap(([of, from]) =>
      typeof from === "string" && /^file:(?:\.\.|\/|~|[A-Za-z]:)/.test(from)
        ? `"${of}": "${from}"`
        : [],
    ),
  );
  return ok({ text, added, taken, lacksNode: lacksNode && !hasNode, outside });
}

/** A script of the program's own repository does the same by the file's name. */
function isSame(script: unknown, line: string): boolean {
  return typeof script === "string" && script.replace("offprint.ts", "offprint").includes(line);
}
