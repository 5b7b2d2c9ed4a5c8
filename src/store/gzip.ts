import { gunzipSync, gzip as gzipBeside, gzipSync } from "node:zlib";

/** How hard to press: once for everybody at bundle time, or for one request, in a third of the time. */
const LEVELS = { once: 9, request: 4 } as const;

/** A document as it is sent. */
export function gzip(document: Uint8Array, effort: keyof typeof LEVELS): Uint8Array<ArrayBuffer> {
  return new Uint8Array(gzipSync(document, { level: LEVELS[effort] }));
}

/** As `gzip` does it once for everybody, beside other work. */
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
  return new Uint8Array(gunzipSync(document));
}
