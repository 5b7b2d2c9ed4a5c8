import { openSync, rmSync, writeSync } from "node:fs";
import { createFreshPieces } from "../read/cache/fresh-pieces.ts";
import { readPiece } from "../read/cache/read-ahead.ts";
import { keeping } from "../read/cache/with-cache.ts";

/** What entries hold that were planned now, put aside until their packs are written: together it is as large as all lists. */
export interface FreshBodies {
  /** Puts a body aside, and says where. */
  readonly put: (body: Uint8Array) => number;
  readonly get: (place: number, length: number) => Uint8Array;
}

/** So much is written at once. */
const ROOM_BYTES = 1024 * 1024;
/** If it is no more than this, it stays in memory besides: some twenty-five thousand articles need it. */
const MOST_FRESH_BYTES = 24 * ROOM_BYTES;

/** Keeps bodies in memory, where there is no folder for files. */
export function bodiesInMemory(): FreshBodies {
  const bodies: Uint8Array[] = [];
  return {
    put: (body) => bodies.push(body.slice()) - 1,
    get: (place) => bodies[place] ?? new Uint8Array(),
  };
}

/**
 * Keeps bodies in a file that has no name any more, so that it is gone with this process.
 *
 * @param path beginning of a name that it has for a moment
 */
export function bodiesInFile(path: string): FreshBodies {
  let file: number | null = null;
  const fresh = createFreshPieces(MOST_FRESH_BYTES);
  let room = new Uint8Array();
  /** Where the room begins in the file, and how much of it is in use. */
  let [start, used] = [0, 0];
  const write = (bytes: Uint8Array): void => {
    file ??= openNameless(path);
    for (let written = 0; written < bytes.byteLength;) {
      written += writeSync(file, bytes, written, bytes.byteLength - written, start + written);
    }
    start += bytes.byteLength;
  };
  return {
    put: (body) => {
      if (used + body.byteLength > room.byteLength) {
        const full = room.subarray(0, used);
        const isKept = fresh.add(start, full);
        keeping(() => {
          write(full);
        });
        used = 0;
        if (isKept) room = new Uint8Array(ROOM_BYTES);
      }
      const place = start + used;
      if (body.byteLength > ROOM_BYTES) {
        keeping(() => {
          write(body);
        });
      } else {
        room.set(body, used);
        used += body.byteLength;
      }
      return place;
    },
    get: (place, length) => {
      if (place >= start) return room.slice(place - start, place - start + length);
      if (file === null) throw new TypeError(`Nothing was put aside at ${place}`);
      return fresh.at(place, length) ?? readPiece(file, place, length);
    },
  };
}

/** Other programs may bundle at once, and Windows frees the name of an open file only with the file. */
function openNameless(path: string): number {
  for (let number = 0; ; number += 1) {
    const name = `${path}.${number}`;
    try {
      const file = openSync(name, "wx+");
      rmSync(name);
      return file;
    } catch (error) {
      const isTaken = error instanceof Error && "code" in error && error.code === "EEXIST";
      if (!isTaken) throw error;
    }
  }
}
