import { execFile } from "node:child_process";

const MAXIMUM_OUTPUT_BYTES = 1024 * 1024 * 1024;

/** `H 100644 {blob} 0\t{path}`: `H` leaves out files of which git was told not to look whether they changed. */
const TRACKED = /^H \d+ (?<blob>[\da-f]{40}) 0\t(?<path>.+)$/s;

/** Files that git hands out as it keeps them: other attributes make the text of a checkout another than the blob's. */
const AS_KEPT = ":(attr:!filter !ident !working-tree-encoding)";

/**
 * The blob ids of the files in a folder that are as git has them, by path in the folder. Git looks with its own caution
 * about files that changed within the grain of the clock. Empty where the folder is no checkout or there is no git.
 */
export async function cleanBlobs(folder: string): Promise<ReadonlyMap<string, string>> {
  try {
    const [tracked, changed] = await Promise.all([
      git(folder, ["ls-files", "--stage", "-v", "-z", "--", AS_KEPT]),
      git(folder, ["diff-files", "--name-only", "--relative", "-z"]),
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

async function git(folder: string, args: readonly string[]): Promise<readonly string[]> {
  const options = {
    cwd: folder,
    maxBuffer: MAXIMUM_OUTPUT_BYTES,
    // It must not wait for, nor hinder, a git at work in the same folder.
    env: { ...process.env, GIT_OPTIONAL_LOCKS: "0" },
  };
  return new Promise((settle, fail) => {
    execFile("git", args, options, (error, output) => {
      if (error === null) settle(output.split("\0").filter((line) => line !== ""));
      else fail(new Error(`git ${args.join(" ")}`, { cause: error }));
    });
  });
}
