import { sharePath } from "../domain/links.ts";
import { parseShareId } from "../domain/share-id.ts";
import { renderOembed } from "../render/oembed.ts";
import { articleCardUrl } from "./card-address.ts";
import { PAGE_CACHE_CONTROL } from "./cache-control.ts";
import type { AppContext } from "./env.ts";
import { CORS_HEADERS } from "./feed-responses.ts";
import { isCurrentPage, pageValidators } from "./page-validators.ts";
import { validatorHeaders } from "./conditional.ts";
import { articleKey } from "../store/article-entry.ts";
import { gone, notFound, pageNotModified, unavailable } from "./responses.ts";

/** `/oembed?url={share page}`: who wrote what, for programs that embed links (https://oembed.com). JSON only. */
export async function oembed(context: AppContext): Promise<Response> {
  const store = context.get("store");
  const { manifest } = store;
  const { site } = manifest;
  const format = context.req.query("format") ?? "json";
  // Section 2.3.2: a format that a provider does not have.
  if (format !== "json") return new Response("JSON only\n", { status: 501 });
  const path = URL.parse(context.req.query("url") ?? "", `${site.url}/`)?.pathname ?? "";
  const id = parseShareId(path.replace(/^\/s\//, ""));
  if (id === null || !path.startsWith("/s/")) return notFound(site);

  const validators = pageValidators(manifest, [["articles", articleKey(id)]]);
  if (isCurrentPage(context, validators)) return pageNotModified(validators);
  const article = await store.article(id);
  if (!article.ok) return unavailable(site, article.failure);
  if (article.value === null) {
    const redirect = await store.redirect(sharePath(id));
    if (!redirect.ok) return unavailable(site, redirect.failure);
    return redirect.value?.kind === "gone" ? gone(site) : notFound(site);
  }
  const cardUrl = articleCardUrl(manifest, article.value);
  return Response.json(renderOembed(site, article.value, cardUrl), {
    headers: {
      "Cache-Control": PAGE_CACHE_CONTROL,
      ...CORS_HEADERS,
      ...validatorHeaders(validators),
    },
  });
}
