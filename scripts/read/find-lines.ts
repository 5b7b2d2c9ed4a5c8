import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { lineAt } from "../diagnostics/line-at.ts";
import { statOf } from "./files/stat-of.ts";

/**
 * The diagnostics with the lines of those that only know what stands there, because it came out after all articles were
 * read. Those whose text is not in the file as it is keep their line.
 *
 * @param root the folder that the paths of diagnostics are relative to
 */
export function findLines(root: string, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  // What is wrong with one article's files stands together, so no file is read again and again.
  let last = { path: "", text: "" };
  return diagnostics.map((diagnostic) => {
    const { mentions, ...fault } = diagnostic;
    if (mentions === undefined) return diagnostic;
    if (last.path !== fault.path) {
      last = { path: fault.path, text: readText(resolve(root, fault.path)) };
    }
    const { text } = last;
    let found = -1;
    for (const mention of mentions) {
      const spellings = [mention, encodeURI(mention.toWellFormed()), mention.normalize("NFD")];
      const from = found + 1;
      const next = spellings
        .map((spelling) => text.indexOf(spelling, from))
        .find((index) => index !== -1);
      if (next !== undefined) found = next;
    }
    return found === -1 ? fault : { ...fault, line: lineAt(text, found) };
  });
}

/** The text of an article that was read already; nothing if it is there no more. */
function readText(file: string): string {
  try {
    // Where a pipe took its place since, nothing would end.
    return statOf(file)?.isFile() === true ? readFileSync(file, "utf8") : "";
  } catch {
    return "";
  }
}
