import { gunzipSync, gzip as gzipBeside, gzipSync } from "node:zlib";

/**
 * Compression levels: `once` for a document made at bundle time, `request` for a single answer, in a fifth of the time.
 */
const LEVELS = { once: 9, request: 1 } as const;

/** Gzips a document. */
export function gzip(document: Uint8Array, effort: keyof typeof LEVELS): Uint8Array<ArrayBuffer> {
  return new Uint8Array(gzipSync(document, { level: LEVELS[effort] }));
}

/** Gzips a document with the effort `once`, in another thread. */
export async function gzipOnce(document: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  return new Promise((settle, fail) => {
    gzipBeside(document, { level: LEVELS.once }, (error, zipped) => {
      if (error === null) settle(new Uint8Array(zipped));
      else fail(error);
    });
  });
}

/** Reads what `gzip` wrote. */
export function gunzip(document: Uint8Array): Uint8Array<ArrayBuffer> {
  return gunzipSync(document);
}
