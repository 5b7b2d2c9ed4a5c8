import { hash } from "node:crypto";
import type { Stats } from "node:fs";

/** How a file is known again. */
export interface FileStamp {
  /** What git calls its bytes: the id of a blob, SHA-1 in hexadecimal. */
  readonly blob: string;
  /** Null where the file was changed so shortly before it was read that one more change could leave the same status. */
  readonly status: FileStatus | null;
}

/** Of a file that is to be read again the next time, whatever it is like then. */
export const UNKNOWN_STAMP: FileStamp = { blob: "", status: null };

/** What a file system tells of a file: bytes, milliseconds of its content and of its entry, number. */
type FileStatus = readonly [size: number, mtimeMs: number, ctimeMs: number, inode: number];

/** File systems and network drives tell times in steps of up to two seconds. */
const RACY_MILLISECONDS = 2000;

/** @param readAt milliseconds since 1970, before the file was read */
export function stampFile(bytes: Uint8Array, stats: Stats, readAt: number): FileStamp {
  const isRacy = Math.max(stats.mtimeMs, stats.ctimeMs) > readAt - RACY_MILLISECONDS;
  return { blob: blobId(bytes), status: isRacy ? null : statusOf(stats) };
}

/** Whether a file still is as it was when it was stamped, as far as its status says. */
export function isUnchanged({ status }: FileStamp, stats: Stats): boolean {
  const now = statusOf(stats);
  return status !== null && status.every((value, index) => value === now[index]);
}

/** https://git-scm.com/book/en/v2/Git-Internals-Git-Objects */
function blobId(bytes: Uint8Array): string {
  return hash("sha1", Buffer.concat([Buffer.from(`blob ${bytes.byteLength}\0`), bytes]));
}

function statusOf({ size, mtimeMs, ctimeMs, ino }: Stats): FileStatus {
  return [size, mtimeMs, ctimeMs, ino];
}
