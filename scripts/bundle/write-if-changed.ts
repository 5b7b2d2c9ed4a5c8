import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Writes a file unless it holds these bytes already, so that its watchers are not woken for nothing. Readers see the old
 * file or the new one, never a part of it.
 */
export async function writeIfChanged(path: string, bytes: Uint8Array): Promise<void> {
  const present = await readFile(path).catch(() => null);
  if (present?.equals(bytes) === true) return;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.new`, bytes);
  await rename(`${path}.new`, path);
}
