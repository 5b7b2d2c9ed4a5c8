import type { Site } from "../domain/site.ts";
import type { AppContext } from "./env.ts";
import { isIndexed } from "./env.ts";

/**
 * Keeps out of search engines what shows the same pages as the site's own host: previews, workers.dev, and a site whose
 * settings say so.
 */
export function otherHosts(site: Site): (context: AppContext, url: string) => void {
  const ownHost = `//${new URL(site.url).host}/`;
  return ({ res, env }, url) => {
    res.headers.set("X-Content-Type-Options", "nosniff");
    if (!url.startsWith(ownHost, url.indexOf("//")) || !isIndexed(env)) {
      res.headers.set("X-Robots-Tag", "noindex");
    }
  };
}
