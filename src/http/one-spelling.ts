import type { MiddlewareHandler } from "hono";
import { writtenPath } from "./canonical-path.ts";
import type { AppTypes } from "./env.ts";
import { movedTo } from "./responses.ts";

/** Readers look for a feed here and, while they do, follow no redirects. */
const PROBED_PATHS = new Set(["/feed/", "/rss/", "/atom/"]);

/**
 * Routes see the canonical path whatever was typed. A document that was asked for by another spelling is answered by a
 * redirect to it, in one hop; what is a redirect or an error anyway stays.
 */
export const oneSpelling: MiddlewareHandler<AppTypes> = async (context, next) => {
  await next();
  const { path, url } = context.req;
  const written = writtenPath(url);
  if (written === path || PROBED_PATHS.has(written)) return;
  const isDocument = context.res.status === 200 || context.res.status === 304;
  if (isDocument) context.res = movedTo(path + new URL(url).search);
};
