import type { Next } from "hono";
import { SITEMAP_CACHE_CONTROL } from "./cache-control.ts";
import type { AppContext } from "./env.ts";

/**
 * `/{key}.txt`: by the key in it, search engines know that who sends them addresses of this host may do so
 * (https://www.indexnow.org/documentation). Other paths are passed on.
 */
export async function indexNowKey(context: AppContext, next: Next): Promise<Response | undefined> {
  const { indexNowKey: key } = context.get("store").manifest.searchEngines;
  if (key === undefined || context.req.path !== `/${key}.txt`) {
    await next();
    return undefined;
  }
  return new Response(key, {
    headers: {
      "Content-Type": "text/plain; charset=utf-8",
      "Cache-Control": SITEMAP_CACHE_CONTROL,
    },
  });
}
