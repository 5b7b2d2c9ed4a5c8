import { FEED_MAX_AGE_SECONDS } from "../render/feed-document.ts";
import { renderOpml } from "../render/opml.ts";
import { validatorHeaders, validatorsOf } from "./validators.ts";
import type { AppContext } from "./env.ts";
import { CORS_HEADERS } from "./feed-responses.ts";
import { encodedResponse } from "./encoded-response.ts";
import { isCurrentPage } from "./page-validators.ts";

/** `/feeds.opml`: all feeds that the manifest knows, without a read. */
export function opml(context: AppContext): Response {
  const { manifest } = context.get("store");
  const validators = validatorsOf(`${manifest.content}.opml`);
  const headers = {
    "Content-Type": "text/x-opml; charset=utf-8",
    "Cache-Control": `public, max-age=${FEED_MAX_AGE_SECONDS}`,
    "Content-Security-Policy": "default-src 'none'",
    Vary: "Accept-Encoding",
    ...CORS_HEADERS,
    ...validatorHeaders(validators),
  };
  if (isCurrentPage(context, validators)) return new Response(null, { status: 304, headers });
  const bytes = renderOpml(manifest.site, manifest.scopes());
  return encodedResponse(context.req.raw, { bytes, isGzipped: false }, headers);
}
