import { execFile } from "node:child_process";

const MAXIMUM_OUTPUT_BYTES = 1024 * 1024 * 1024;

/** `H 100644 {blob} 0\t{path}`: any other letter marks a file of which git was told not to look whether it changed. */
const TRACKED = /^H \d+ (?<blob>[\da-f]{40}) 0\t(?<path>.+)$/s;

/** Files without attributes that make the text of a checkout another than the blob's. */
const AS_KEPT = ":(attr:!filter !ident !working-tree-encoding)";

/** The environment that git runs in. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The blob ids of the files in a folder that are as git has them, by path in the folder. Git itself
 * takes care of files that changed so shortly before that their times cannot tell. Empty where the folder is no checkout or there is no git.
 */
export async function committedBlobs(
  folder: string,
  environment: Environment,
): Promise<ReadonlyMap<string, string>> {
  try {
    const [tracked, changed] = await Promise.all([
      git(folder, environment, ["ls-files", "--stage", "-v", "-z", "--", AS_KEPT]),
      git(folder, environment, ["diff-files", "--name-only", "--relative", "-z"]),
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

async function git(
  folder: string,
  environment: Environment,
  args: readonly string[],
): Promise<readonly string[]> {
  const options = {
    cwd: folder,
    maxBuffer: MAXIMUM_OUTPUT_BYTES,
    // It must not wait for, nor hinder, a git at work in the same folder.
    env: { ...environment, GIT_OPTIONAL_LOCKS: "0" },
  };
  return new Promise((settle, fail) => {
    execFile("git", args, options, (error, output) => {
      if (error === null) settle(output.split("\0").filter((line) => line !== ""));
      else fail(new Error(`git ${args.join(" ")}`, { cause: error }));
    });
  });
}
