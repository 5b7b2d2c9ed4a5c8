/** A failure of the machine and not of the code: no space, no permission, a folder where a file should be. */
export class MachineTrouble extends Error {}

const FREE_SPACE = "free some space";
const BE_WRITABLE = "make it writable for whoever runs this";
const IN_THE_WAY = "move away what is in its place";
const TOO_MANY = "end programs that hold many files open, or raise the limit (ulimit -n)";

/** What to do about each error of the system. */
const ADVICE: ReadonlyMap<unknown, string> = new Map([
  // Node's `rmSync` has no code for a read-only file system.
  ["", BE_WRITABLE],
  ["EACCES", BE_WRITABLE],
  ["EDQUOT", FREE_SPACE],
  ["EEXIST", IN_THE_WAY],
  ["EIO", "look after the disk"],
  ["EISDIR", IN_THE_WAY],
  ["EMFILE", TOO_MANY],
  ["ENFILE", TOO_MANY],
  ["ENOSPC", FREE_SPACE],
  ["ENOTDIR", IN_THE_WAY],
  ["EPERM", BE_WRITABLE],
  ["EROFS", BE_WRITABLE],
]);

/**
 * The message of a failure of the machine and what to do about it, such as `EROFS: read-only file system, open '/a/b'; make
 * it writable for whoever runs this`; null for a bug.
 */
export function describeTrouble(error: unknown): string | null {
  if (error instanceof MachineTrouble) return error.message;
  if (!(error instanceof Error && "code" in error)) return null;
  const advice = ADVICE.get(error.code);
  return advice === undefined ? null : `${error.message}; ${advice}`;
}
