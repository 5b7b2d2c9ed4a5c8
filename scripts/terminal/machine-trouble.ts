/** What a machine refuses, and no code can mend: no space, no rights, a folder where a file should be. */
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

/** Node's message, which names the call and the path: `EROFS: read-only file system, open '/a/b'`. Null for bugs. */
export function describeTrouble(error: unknown): string | null {
  if (error instanceof MachineTrouble) return error.message;
  return error instanceof Error && "code" in error && CODES.has(error.code) ? error.message : null;
}
