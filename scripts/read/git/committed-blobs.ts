import { join } from "node:path";
import { MILLISECONDS_PER_SECOND } from "../../../src/domain/moment.ts";
import type { IO } from "../../terminal/io.ts";
import { isSameStatus, statusOf } from "../files/file-stamp.ts";
import type { FileStatus } from "../files/file-stamp.ts";
import { statOf } from "../files/stat-of.ts";
import { mayBeInCheckout } from "./may-be-in-checkout.ts";
import { runGit } from "./run-git.ts";

/**
 * `H 100644 {blob} 0\t{path}`, and the status of the file as it was when git knew its blob. Other letters mark files that git was told
 * not to check for changes.
 */
const TRACKED =
  /(?<=^|\n)H \d+ (?<blob>[\da-f]{40}) 0\t(?<path>[^\0]+)\0 +ctime: (?<changed>\d+):(?<changedNs>\d+)\n +mtime: (?<written>\d+):(?<writtenNs>\d+)\n.*\bino: (?<inode>\d+)\n.*\n +size: (?<size>\d+)\b/g;

/** Only files without attributes that make what is read of their bytes in a checkout differ from the blob's; line breaks make none. */
export const AS_KEPT = "attr:!filter !ident !working-tree-encoding";

/** If it is about more files than these, git is asked about all of a folder instead of by name. */
const MOST_ASKED_BY_NAME = 200;

/** Git keeps the lower 32 bits of an inode's number. */
const INODES = 2 ** 32;
const NANOSECONDS_PER_MILLISECOND = 1e6;

/**
 * The blob ids of the unchanged ones of some files, by path. Empty if the folder is not in a checkout or git is missing.
 *
 * After a fresh clone git would read each file that is as young as its index, since it compares seconds. So files are compared here
 * first, by the nanoseconds that it keeps, and git is asked about the others: on Windows, where it keeps other times than Node tells, and where
 * it keeps seconds.
 *
 * @param paths relative to the folder, which all of them are in
 */
export async function committedBlobs(
  folder: string,
  environment: IO["environment"],
  paths: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const git = { folder, environment };
  try {
    if (!mayBeInCheckout(folder, environment)) return new Map();
    const list = ["ls-files", "--stage", "--debug", "-v", "-z", "--"];
    const listed = (await runGit([...list, ...pathspecs(paths, AS_KEPT)], git)).join("\0");
    const asked = new Set(paths);
    const blobs = new Map<string, string>();
    const doubtful: string[] = [];
    for (const { groups } of listed.matchAll(TRACKED)) {
      const { path = "", blob = "" } = groups ?? {};
      if (!asked.has(path)) continue;
      blobs.set(path, blob);
      if (!isAsListed(join(folder, path), groups ?? {})) doubtful.push(path);
    }
    if (doubtful.length === 0) return blobs;
    const compare = ["diff-files", "--name-only", "--relative", "-z", "--"];
    for (const path of await runGit([...compare, ...pathspecs(doubtful)], git)) blobs.delete(path);
    return blobs;
  } catch {
    return new Map();
  }
}

function pathspecs(paths: readonly string[], magic: string | null = null): readonly string[] {
  if (paths.length > MOST_ASKED_BY_NAME) return magic === null ? [] : [`:(${magic})`];
  return paths.map((path) => `:(${magic === null ? "literal" : `literal,${magic}`})${path}`);
}

/** Whether a file's status is, to the nanosecond, the one that git's index has. */
function isAsListed(file: string, listed: Readonly<Record<string, string>>): boolean {
  const number = (name: string): number => Number(listed[name]);
  if (number("changedNs") === 0 && number("writtenNs") === 0) return false;
  const stats = statOf(file);
  if (stats === null) return false;
  // As Node makes milliseconds of what the system says.
  const [written, changed] = (["written", "changed"] as const).map(
    (name) =>
      number(name) * MILLISECONDS_PER_SECOND + number(`${name}Ns`) / NANOSECONDS_PER_MILLISECOND,
  );
  const status: FileStatus = [
    number("size"),
    written ?? Number.NaN,
    changed ?? Number.NaN,
    number("inode"),
  ];
  const [size, mtimeMs, ctimeMs, inode] = statusOf(stats);
  return isSameStatus(status, [size, mtimeMs, ctimeMs, inode % INODES]);
}
