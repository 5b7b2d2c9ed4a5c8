import { readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { ContentHash } from "../../src/store/content-hash.ts";
import { contentHash } from "../../src/store/content-hash.ts";

/** Files whose line ends a checkout may turn. */
const TEXT_FILE = /\.(?:css|html|js|json|svg|ts|txt|xml)$/;

/**
 * A hash of all that a Worker is made of besides its release: code, packages, settings for wrangler, images. The same in
 * every checkout, whatever its times and line ends are.
 *
 * @param folders whose files count, with their names
 * @param texts that count besides
 */
export async function codeHash(
  folders: readonly string[],
  texts: readonly string[],
): Promise<ContentHash> {
  const parts: (string | Uint8Array)[] = texts.map((text) => text.replaceAll("\r\n", "\n"));
  for (const folder of folders) {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const names = entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) =>
        join(parentPath, name).slice(folder.length).replaceAll("\\", "/"),
      );
    for (const name of names.toSorted()) {
      // Hundreds of small files: asking for each in the background takes ten times as long.
      const bytes = readFileSync(join(folder, name));
      const content = TEXT_FILE.test(name)
        ? bytes.toString("utf8").replaceAll("\r\n", "\n")
        : new Uint8Array(bytes);
      parts.push(name, content);
    }
  }
  return contentHash(parts);
}
