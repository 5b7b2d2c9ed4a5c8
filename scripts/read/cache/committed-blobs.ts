import { execFile } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import type { IO } from "../../terminal/io.ts";

const MAXIMUM_OUTPUT_BYTES = 1024 * 1024 * 1024;

/** `H 100644 {blob} 0\t{path}`. Other letters mark files that git was told not to check for changes. */
const TRACKED = /^H \d+ (?<blob>[\da-f]{40}) 0\t(?<path>.+)$/s;

/** Only files without attributes that make their bytes in a checkout differ from the blob's. */
const AS_KEPT = "attr:!filter !ident !working-tree-encoding";

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
  try {
    if (!mayBeInCheckout(folder, environment)) return new Map();
    const [tracked, changed] = await Promise.all([
      git(folder, environment, ["ls-files", "--stage", "-v", "-z", "--", ...kept]),
      git(folder, environment, ["diff-files", "--name-only", "--relative", "-z", "--", ...any]),
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

/** Whether a folder may be in a checkout: to start git only for it to say no takes longer than reading a few articles. */
function mayBeInCheckout(folder: string, environment: IO["environment"]): boolean {
  if (environment["GIT_DIR"] !== undefined) return true;
  let at = realpathSync(folder);
  while (!existsSync(join(at, ".git"))) {
    if (dirname(at) === at) return false;
    at = dirname(at);
  }
  return true;
}

async function git(
  folder: string,
  environment: IO["environment"],
  args: readonly string[],
): Promise<readonly string[]> {
  const options = {
    cwd: folder,
    maxBuffer: MAXIMUM_OUTPUT_BYTES,
    // Without this, git could block or be blocked by another git at work in the same folder.
    env: { ...environment, GIT_OPTIONAL_LOCKS: "0" },
  };
  return new Promise((settle, fail) => {
    execFile("git", args, options, (error, output) => {
      if (error === null) settle(output.split("\0").filter((line) => line !== ""));
      else fail(new Error(`git ${args.join(" ")}`, { cause: error }));
    });
  });
}
