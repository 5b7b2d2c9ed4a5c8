import type { ContentHash } from "../../src/store/content-hash.ts";

/** An archive page, or the head of a scope, by all that decides what is on it besides the code. */
export interface PageName {
  /** Of its feeds, which has the scope, the page's name and all that its articles hold in it. */
  readonly digest: ContentHash;
  /** How many articles stand before the first that is shown with its lead, because it lies in a pack too many. */
  readonly before: number;
}
