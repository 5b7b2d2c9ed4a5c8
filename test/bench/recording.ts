import { MEDIA_SIZES_PATH, encodeMediaSizes } from "../../src/store/media-sizes.ts";
import { GZIP } from "./route.ts";
import type { Route } from "./route.ts";

const PATH = "/media/0123456789ab/talk.mp3";
/** What Static Assets take at most. */
const BYTES = 25 * 1024 * 1024;

/**
 * A recording as the site serves it: whole, and in the parts that players ask for. What is measured is workerd's thread, which
 * also passes the bytes on.
 */
export const RECORDING_ROUTES: readonly Route[] = [
  { name: "recording", requests: [{ path: PATH, headers: GZIP }], workerdStatus: 200 },
  ...[
    ["its first bytes", "bytes=0-1"],
    ["its first megabyte", "bytes=0-999999"],
    ["a megabyte of its middle", "bytes=13000000-13999999"],
    ["its last megabyte", "bytes=-1000000"],
  ].map(([what = "", range = ""]): Route => ({
    name: `recording, ${what}`,
    requests: [{ path: PATH, headers: { Range: range } }],
    workerdStatus: 206,
  })),
];

/** The files of the site as Static Assets have them: the recording, and the list of sizes; null for all other paths. */
export function recordedFile(path: string): Uint8Array<ArrayBuffer> | null {
  if (path === PATH) return new Uint8Array(BYTES);
  if (path !== MEDIA_SIZES_PATH) return null;
  return new TextEncoder().encode(encodeMediaSizes(new Map([[PATH, BYTES]])));
}
