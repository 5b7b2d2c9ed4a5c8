import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import type { FileStamp } from "../read/files/file-stamp.ts";
import { lastingStatus } from "../read/files/file-stamp.ts";
import type { LocalFile } from "../read/files/local-file.ts";
import { pictureName } from "../read/files/local-picture.ts";
import { statOf } from "../read/files/stat-of.ts";

/** Days for which a picture is kept that no article shows. */
const KEPT_DAYS = 30;
const MILLISECONDS_PER_DAY = 86_400_000;
const STATE = "state.json";

const stateSchema = v.object({
  /** The stamps of originals, by their paths. */
  stamps: v.record(
    v.string(),
    v.tuple([v.string(), v.tuple([v.number(), v.number(), v.number(), v.number()])]),
  ),
  /** The day on which each picture was last shown, by its name; days are counted from 1970. */
  shown: v.record(v.string(), v.number()),
});

/** What is kept of pictures from run to run, besides the pictures themselves. */
type PictureState = v.InferOutput<typeof stateSchema>;

/** The folder that keeps what is made of pictures, which is far more work than the rest. */
export function pictureFolder({
  cacheFolder,
  assets,
}: {
  readonly cacheFolder: string | null;
  readonly assets: string;
}): string {
  return cacheFolder === null ? `${assets}-made` : join(cacheFolder, "pictures");
}

/** Reads the stamps of originals; none where nothing was kept, or is damaged. */
export function readStamps(folder: string): ReadonlyMap<string, FileStamp> {
  return new Map(
    Object.entries(readState(folder).stamps).map(([file, [blob, status]]) => [
      file,
      { blob, status },
    ]),
  );
}

/**
 * Keeps the stamps of the originals that articles show, and removes pictures that none has shown for a month.
 *
 * @param startedAt before any original was read, in milliseconds since 1970
 */
export function tidyPictures(
  localFiles: readonly LocalFile[],
  folder: string,
  startedAt: number,
): void {
  const today = Math.floor(startedAt / MILLISECONDS_PER_DAY);
  const before = readState(folder);
  const stamps: PictureState["stamps"] = {};
  const shown: PictureState["shown"] = { ...before.shown };
  for (const { file, picture } of localFiles) {
    if (picture === null) continue;
    shown[pictureName(picture.blob)] = today;
    const stats = statOf(file);
    // What was written since this run began may not be what was read.
    const status = stats === null ? null : lastingStatus(stats, startedAt);
    if (status !== null) stamps[file] = [picture.blob, [...status]];
  }
  const unused = new Set(
    Object.keys(shown).filter((name) => (shown[name] ?? 0) < today - KEPT_DAYS),
  );
  for (const name of unused) delete shown[name];
  const state = JSON.stringify({ stamps, shown });
  if (state === JSON.stringify(before)) return;
  mkdirSync(folder, { recursive: true });
  for (const entry of readdirSync(folder)) {
    const file = join(folder, entry);
    const name = entry.replace(/\..*$/s, "");
    if (Object.hasOwn(shown, name) || entry === STATE) continue;
    // What nobody is said to show may just have been made by another program.
    const isOld = (statOf(file)?.mtimeMs ?? 0) < startedAt - KEPT_DAYS * MILLISECONDS_PER_DAY;
    if (unused.has(name) || isOld) rmSync(file, { recursive: true, force: true });
  }
  writeFileSync(join(folder, STATE), state);
}

function readState(folder: string): PictureState {
  try {
    const state = v.safeParse(stateSchema, JSON.parse(readFileSync(join(folder, STATE), "utf8")));
    if (state.success) return state.output;
  } catch {
    // Nothing was kept, or a crash cut it off: originals are read again.
  }
  return { stamps: {}, shown: {} };
}
