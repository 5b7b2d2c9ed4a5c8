import { FEED_MAX_AGE_SECONDS } from "../render/feed-head.ts";
import { OPML_KEY } from "../store/collection-entry.ts";
import { splicedGzip } from "../store/spliced-gzip.ts";
import { validatorHeaders } from "./validators.ts";
import type { AppContext } from "./env.ts";
import { CORS_HEADERS } from "./feed-responses.ts";
import { encodedResponse } from "./encoded-response.ts";
import { isCurrentPage, pageValidators } from "./page-validators.ts";
import { errorPage, unavailable } from "./responses.ts";

/** `/feeds.opml`: all feeds that the manifest knows, finished when the release was made. One read. */
export async function opml(context: AppContext): Promise<Response> {
  const store = context.get("store");
  const { manifest } = store;
  const validators = pageValidators(manifest, "collections", OPML_KEY);
  const headers = {
    "Content-Type": "text/x-opml; charset=utf-8",
    "Cache-Control": `public, max-age=${FEED_MAX_AGE_SECONDS}`,
    "Content-Security-Policy": "default-src 'none'",
    Vary: "Accept-Encoding",
    ...CORS_HEADERS,
    ...validatorHeaders(validators),
  };
  if (isCurrentPage(context, validators)) return new Response(null, { status: 304, headers });
  const document = await store.opml();
  if (!document.ok) return unavailable(manifest, document.failure);
  if (document.value === null) return errorPage(manifest, "notFound");
  const bytes = splicedGzip([document.value]);
  return encodedResponse(context.req.raw, { bytes, isGzipped: true }, headers);
}
