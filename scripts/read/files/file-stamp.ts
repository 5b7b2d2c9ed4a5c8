import { hash } from "node:crypto";
import type { Stats } from "node:fs";

/** Identifies the content of a file, to tell later whether it has changed. */
export interface FileStamp {
  /** The id that git gives to a blob with these bytes: SHA-1 in hexadecimal. */
  readonly blob: string;
  /** Null if the file changed so shortly before it was read that a further change might leave the same status. */
  readonly status: FileStatus | null;
}

/** Size in bytes, times of the last change of content and of status in milliseconds since 1970, and inode number. */
export type FileStatus = readonly [size: number, mtimeMs: number, ctimeMs: number, inode: number];

/** How many numbers a status has. */
export const STATUS_FIELDS = 4;

/** File systems and network drives record times in steps of up to two seconds. */
const RACY_MILLISECONDS = 2000;

/** The id that git gives to a blob (https://git-scm.com/book/en/v2/Git-Internals-Git-Objects). */
export function blobOf(bytes: Uint8Array): string {
  return hash("sha1", Buffer.concat([Buffer.from(`blob ${bytes.byteLength}\0`), bytes]));
}

/** The status of a file; null if it changed so shortly before `readAt` that a further change might leave the same. */
export function lastingStatus(stats: Stats, readAt: number): FileStatus | null {
  const isRacy = Math.max(stats.mtimeMs, stats.ctimeMs) > readAt - RACY_MILLISECONDS;
  return isRacy ? null : statusOf(stats);
}

/** Whether the status of a file shows that it has not changed since it was stamped. */
export function isUnchanged({ status }: FileStamp, stats: Stats): boolean {
  return isSameStatus(status, statusOf(stats));
}

/** Whether a status that was known before, if any was, is the one that a file has now. */
export function isSameStatus(status: FileStatus | null, now: FileStatus): boolean {
  if (status === null) return false;
  const [size, mtimeMs, ctimeMs, inode] = status;
  return size === now[0] && mtimeMs === now[1] && ctimeMs === now[2] && inode === now[3];
}

/** Whether a file has the status that lies at a place among others, without making an array of its own. */
export function isStatusOf(
  { size, mtimeMs, ctimeMs, ino }: Stats,
  statuses: Float64Array,
  place: number,
): boolean {
  return (
    statuses[place] === size &&
    statuses[place + 1] === mtimeMs &&
    statuses[place + 2] === ctimeMs &&
    statuses[place + 3] === ino
  );
}

/** The status that a file has now. */
export function statusOf({ size, mtimeMs, ctimeMs, ino }: Stats): FileStatus {
  return [size, mtimeMs, ctimeMs, ino];
}
