import { MEDIA_EXTENSIONS } from "../../src/domain/media-type.ts";

/**
 * The paths of which the Worker is asked before Static Assets, as wrangler matches them: sound and films, whose parts only the
 * Worker can serve. Case matters to wrangler; cameras write `.MOV`. A deploy adds them by itself; `npm start` takes them from
 * wrangler's file, where `offprint init` writes them.
 */
export const MEDIA_PATTERNS: readonly string[] = MEDIA_EXTENSIONS.flatMap((extension) => [
  `/*.${extension}`,
  `/*.${extension.toUpperCase()}`,
]);
