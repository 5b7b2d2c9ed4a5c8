import { EDITION_FORMAT_VERSION } from "../store/edition.ts";
import { PACK_FORMAT_VERSION } from "../store/pack.ts";
import { RELEASE_FORMAT_VERSION } from "../store/directory.ts";
import type { AppContext } from "./env.ts";

/** `/healthz`: which release this is. No read: it says that the Worker runs, not that KV does. */
export function health(context: AppContext): Response {
  const { directory } = context.get("store");
  const status = {
    release: directory.release,
    articles: directory.articleCount,
    formats: {
      release: RELEASE_FORMAT_VERSION,
      pack: PACK_FORMAT_VERSION,
      edition: EDITION_FORMAT_VERSION,
    },
  };
  return Response.json(status, { headers: { "Cache-Control": "no-store" } });
}
