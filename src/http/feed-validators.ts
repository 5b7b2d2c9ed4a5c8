import type { FeedFormat } from "../domain/feed-format.ts";
import type { Validators } from "./conditional.ts";
import { isFresh, weakEntityTag } from "./conditional.ts";
import type { AppContext } from "./env.ts";
import type { FeedState } from "./feed-responses.ts";

/**
 * The validators of a feed document.
 *
 * @param state what the document is a function of, besides its format
 * @param lastModified seconds since 1970; null where it is not known
 */
export function feedValidators(
  state: readonly string[],
  format: FeedFormat,
  lastModified: number | null,
): Validators {
  return { entityTag: weakEntityTag([...state, format].join(".")), lastModified };
}

/** Whether the reader has the document as it is now. */
export function isCurrentFeed({ req }: AppContext, { validators }: FeedState): boolean {
  const ifNoneMatch = req.header("If-None-Match") ?? "";
  // Not asked for where it does not count: each header that is read costs a poll two percent.
  const ifModifiedSince = ifNoneMatch === "" ? req.header("If-Modified-Since") : undefined;
  return isFresh({ ifNoneMatch, ifModifiedSince: ifModifiedSince ?? null }, validators);
}
