import type { FeedFormat } from "../domain/feed-format.ts";
import type { Validators } from "./conditional.ts";
import { isFresh, weakEntityTag } from "./conditional.ts";
import type { AppContext } from "./env.ts";

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
export function isCurrentFeed(context: AppContext, validators: Validators): boolean {
  return isFresh(
    {
      ifNoneMatch: context.req.header("If-None-Match") ?? null,
      ifModifiedSince: context.req.header("If-Modified-Since") ?? null,
    },
    validators,
  );
}
