import type { IO } from "../../terminal/io.ts";
import { mayBeInCheckout } from "./may-be-in-checkout.ts";
import { runGit } from "./run-git.ts";

/** `H 100644 {blob} 0\t{path}`. Other letters mark files that git was told not to check for changes. */
const TRACKED = /^H \d+ (?<blob>[\da-f]{40}) 0\t(?<path>.+)$/s;

/** Only files without attributes that make what is read of their bytes in a checkout differ from the blob's; line breaks make none. */
export const AS_KEPT = "attr:!filter !ident !working-tree-encoding";

/**
 * The blob ids of the unchanged files in a folder, by path in the folder. Git itself handles files that changed too
 * recently for their times to show it. Empty if the folder is not in a checkout or git is missing.
 *
 * @param paths the files to ask about, which are in the folder; null for all of it
 */
export async function committedBlobs(
  folder: string,
  environment: IO["environment"],
  paths: readonly string[] | null,
): Promise<ReadonlyMap<string, string>> {
  const [kept, any] =
    paths === null
      ? [[`:(${AS_KEPT})`], []]
      : [
          paths.map((path) => `:(literal,${AS_KEPT})${path}`),
          paths.map((path) => `:(literal)${path}`),
        ];
  const git = { folder, environment };
  try {
    if (!mayBeInCheckout(folder, environment)) return new Map();
    const [tracked, changed] = await Promise.all([
      runGit(["ls-files", "--stage", "-v", "-z", "--", ...kept], git),
      runGit(["diff-files", "--name-only", "--relative", "-z", "--", ...any], git),
    ]);
    const blobs = new Map<string, string>();
    for (const line of tracked) {
      const { groups } = TRACKED.exec(line) ?? {};
      if (groups !== undefined) blobs.set(groups["path"] ?? "", groups["blob"] ?? "");
    }
    for (const path of changed) blobs.delete(path);
    return blobs;
  } catch {
    return new Map();
  }
}
