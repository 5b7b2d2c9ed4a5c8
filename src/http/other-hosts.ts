import type { MiddlewareHandler } from "hono";
import type { Site } from "../domain/site.ts";
import type { AppTypes } from "./env.ts";

/** Keeps previews and workers.dev, which show the same pages as the site's own host, out of search engines. */
export function otherHosts(site: Site): MiddlewareHandler<AppTypes> {
  const ownHost = `//${new URL(site.url).host}/`;
  return async (context, next) => {
    await next();
    context.res.headers.set("X-Content-Type-Options", "nosniff");
    const { url } = context.req;
    if (!url.startsWith(ownHost, url.indexOf("//"))) {
      context.res.headers.set("X-Robots-Tag", "noindex");
    }
  };
}
