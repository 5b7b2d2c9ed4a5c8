import type { MiddlewareHandler } from "hono";
import type { Site } from "../domain/site.ts";
import type { AppTypes } from "./env.ts";
import { isIndexed } from "./env.ts";

/**
 * Keeps out of search engines what shows the same pages as the site's own host: previews, workers.dev, and a site whose
 * settings say so.
 */
export function otherHosts(site: Site): MiddlewareHandler<AppTypes> {
  const ownHost = `//${new URL(site.url).host}/`;
  return async (context, next) => {
    await next();
    context.res.headers.set("X-Content-Type-Options", "nosniff");
    const { url } = context.req;
    const isOwn = url.startsWith(ownHost, url.indexOf("//"));
    if (!isOwn || !isIndexed(context.env)) context.res.headers.set("X-Robots-Tag", "noindex");
    const policy = context.res.headers.get("Content-Security-Policy");
    if (!isOwn && policy !== null && site.search !== undefined) {
      // A form leads to the host that its page is on.
      const here = policy.replace(`form-action ${site.url}`, `form-action ${new URL(url).origin}`);
      context.res.headers.set("Content-Security-Policy", here);
    }
  };
}
