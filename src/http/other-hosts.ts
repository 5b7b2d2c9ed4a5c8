import type { MiddlewareHandler } from "hono";
import type { Site } from "../domain/site.ts";
import type { AppTypes } from "./env.ts";

/** Previews and workers.dev show the same pages as the site: search engines shall know only the site's. */
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
