import type { Stats } from "node:fs";
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { unlessMissing } from "../../terminal/unless-missing.ts";

/** A file as it was read. */
export interface FileContent {
  readonly stats: Stats;
  /** Overwritten when the next file is read. */
  readonly bytes: Uint8Array;
}

const USUAL_BYTES = 64 * 1024;

/** Reads one file after another into the same space: new space for each would cost more than reading. */
export class FileBytes {
  #space = new Uint8Array(USUAL_BYTES);

  /** Null where there is no such file. */
  read(path: string): FileContent | null {
    const file = openIfThere(path);
    if (file === null) return null;
    try {
      // In this order: a change between the two shows the next time.
      const stats = fstatSync(file);
      if (stats.size > this.#space.byteLength) this.#space = new Uint8Array(stats.size);
      let length = 0;
      while (length < stats.size) {
        const count = readSync(file, this.#space, length, stats.size - length, null);
        if (count === 0) break;
        length += count;
      }
      return { stats, bytes: this.#space.subarray(0, length) };
    } finally {
      closeSync(file);
    }
  }
}

function openIfThere(path: string): number | null {
  try {
    return openSync(path, "r");
  } catch (error) {
    return unlessMissing(null)(error);
  }
}
