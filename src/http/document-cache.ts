import { ValueCache } from "../store/value-cache.ts";

/**
 * Documents that this isolate has made, by path: pages as they are, feeds gzipped. A Worker never sees another release
 * than its own, so a path keeps its document; the one that was not asked for longest goes first.
 */
export class DocumentCache {
  readonly #documents: ValueCache<Uint8Array<ArrayBuffer>>;

  constructor(capacityBytes: number) {
    this.#documents = new ValueCache(capacityBytes);
  }

  get(path: string): Uint8Array<ArrayBuffer> | null {
    return this.#documents.get(path);
  }

  /** Keeps a copy: a document that was just made lies in a buffer with room to spare. */
  keep(path: string, document: Uint8Array<ArrayBuffer>): void {
    this.#documents.set(path, document.slice(), document.byteLength);
  }
}
