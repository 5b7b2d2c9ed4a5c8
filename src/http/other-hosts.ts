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
    const isOwn = url.startsWith(ownHost, url.indexOf("//"));
    if (!isOwn || !isIndexed(env)) res.headers.set("X-Robots-Tag", "noindex");
    const policy = res.headers.get("Content-Security-Policy");
    if (!isOwn && policy !== null && site.search !== undefined) {
      // A form leads to the host that its page is on.
      const here = policy.replace(`form-action ${site.url}`, `form-action ${new URL(url).origin}`);
      res.headers.set("Content-Security-Policy", here);
    }
  };
}
