import { readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { ContentHash } from "../../src/store/content-hash.ts";
import { contentHash } from "../../src/store/content-hash.ts";

/** The code that decides what documents look like. */
const RENDERER_FOLDERS = ["src/domain", "src/render"];

/**
 * A hash of the code that turns articles into documents, so that validators change when it does and stay when other
 * code does. Line ends do not count: a checkout may have others.
 *
 * @param root of the project
 */
export async function rendererHash(root: string): Promise<ContentHash> {
  const parts: string[] = [];
  for (const folder of RENDERER_FOLDERS) {
    const names = await readdir(join(root, folder), { recursive: true });
    for (const name of names.filter((file) => file.endsWith(".ts")).toSorted()) {
      const text = readFileSync(join(root, folder, name), "utf8");
      parts.push(`${folder}/${name.replaceAll("\\", "/")}`, text.replaceAll("\r\n", "\n"));
    }
  }
  return contentHash(parts);
}
