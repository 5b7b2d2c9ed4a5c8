import { closeSync, openSync, readSync } from "node:fs";

/** Reads at most `length` bytes of a file, from the byte `from` on. */
export function readPart(file: string, from: number, length: number): Buffer {
  const part = Buffer.alloc(length);
  const descriptor = openSync(file, "r");
  try {
    return part.subarray(0, readSync(descriptor, part, 0, length, from));
  } finally {
    closeSync(descriptor);
  }
}
