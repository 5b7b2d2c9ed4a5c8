/** A failure of the machine and not of the code: no space, no permission, a folder where a file should be. */
export class MachineTrouble extends Error {}

const CODES: ReadonlySet<unknown> = new Set([
  "EACCES",
  "EDQUOT",
  "EEXIST",
  "EIO",
  "EISDIR",
  "EMFILE",
  "ENFILE",
  "ENOSPC",
  "ENOTDIR",
  "EPERM",
  "EROFS",
]);

/** The message of a failure of the machine, such as `EROFS: read-only file system, open '/a/b'`; null for a bug. */
export function describeTrouble(error: unknown): string | null {
  if (error instanceof MachineTrouble) return error.message;
  return error instanceof Error && "code" in error && CODES.has(error.code) ? error.message : null;
}
