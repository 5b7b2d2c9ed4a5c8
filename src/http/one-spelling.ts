import type { AppContext } from "./env.ts";
import { movedTo } from "./responses.ts";

/** Readers probe these paths for a feed, and follow no redirects when they do. */
const PROBED_PATHS = new Set(["/feed/", "/rss/", "/atom/"]);

/**
 * Routes see the canonical path. A document that was requested under another spelling is answered by a redirect to that
 * path; redirects and errors stay as they are, so that nobody is redirected twice.
 *
 * @param written the path as it was requested
 */
export function oneSpelling(context: AppContext, written: string): void {
  const path = context.get("address") ?? context.req.path;
  if (written === path || PROBED_PATHS.has(written)) return;
  const isDocument = context.res.status === 200 || context.res.status === 304;
  if (isDocument) context.res = movedTo(path + new URL(context.req.url).search);
}
