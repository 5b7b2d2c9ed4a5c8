import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

const EXPECTED_FOLDER = join(import.meta.dirname, "expected");

/**
 * The text of `expected/{name}`, a file that one can open in a browser. With `UPDATE_EXPECTED=1`, `page` is written there
 * first: look at the difference before committing it.
 */
export async function expectedFile(name: string, page: Uint8Array): Promise<string> {
  const path = join(EXPECTED_FOLDER, name);
  if (process.env["UPDATE_EXPECTED"] === "1") await writeFile(path, page);
  return readFile(path, "utf8");
}
