import { PRERENDERED_FORMAT_VERSION } from "../store/prerendered-feed.ts";
import { PACK_FORMAT_VERSION } from "../store/pack.ts";
import { RELEASE_FORMAT_VERSION } from "../store/manifest-layout.ts";
import type { AppContext } from "./env.ts";

/** `/healthz`: which release this is. It reads nothing, so it shows that the Worker runs, not that KV does. */
export function health(context: AppContext): Response {
  const { manifest } = context.get("store");
  const status = {
    release: manifest.release,
    articles: manifest.articleCount,
    formats: {
      release: RELEASE_FORMAT_VERSION,
      pack: PACK_FORMAT_VERSION,
      prerendered: PRERENDERED_FORMAT_VERSION,
    },
  };
  return Response.json(status, { headers: { "Cache-Control": "no-store" } });
}
