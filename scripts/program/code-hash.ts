import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { ContentHash } from "../../src/store/content-hash.ts";
import { contentHash } from "../../src/store/content-hash.ts";

/** Files in which Git may change the line breaks of a checkout. */
const TEXT_FILE = /\.(?:css|html|js|json|svg|ts|txt|xml)$/;

/**
 * A hash of files and texts, such as what a Worker is made of besides its release. It is the same in every checkout, whatever
 * the files' times and line breaks are.
 *
 * @param folders the folders whose files are hashed, with their names
 * @param texts other texts to hash
 * @param counts whether a file counts, by its path below its folder; all do by default
 */
export async function codeHash(
  folders: readonly string[],
  texts: readonly string[],
  counts: (path: string) => boolean = () => true,
): Promise<ContentHash> {
  const parts: (string | Uint8Array)[] = texts.map((text) => text.replaceAll("\r\n", "\n"));
  for (const folder of folders) {
    for (const name of filesIn(folder).filter(counts).toSorted()) {
      // Read synchronously, because awaiting hundreds of small files takes ten times as long.
      const bytes = readFileSync(join(folder, name));
      const content = TEXT_FILE.test(name)
        ? bytes.toString("utf8").replaceAll("\r\n", "\n")
        : new Uint8Array(bytes);
      parts.push(name, content);
    }
  }
  return contentHash(parts);
}

/** The files of a folder and of those in it, as paths that begin with a slash, on Windows too. */
export function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) =>
      join(parentPath, name).slice(folder.length).replaceAll("\\", "/"),
    );
}
