import type { ContentHash } from "../../src/store/content-hash.ts";
import type { RendererHashes } from "./renderer-hashes.ts";

/**
 * What of this program gets into a site: all else that a command reads or writes is in the site's folder, and nothing is ever
 * written into the program's.
 */
export interface Program {
  /** The Worker, one module, which imports the release's manifest as `../build/release.bin` and so has to lie in `build`. */
  readonly worker: string;
  /** Its source map, which is only for those who work on the Worker: a package has none, to be small. */
  readonly workerMap: string | null;
  readonly renderers: RendererHashes;
  /** A hash of all code that decides what is read from an article. */
  readonly reading: ContentHash;
}
