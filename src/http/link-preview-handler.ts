import { sharePath } from "../domain/links.ts";
import { parseShareId } from "../domain/share-id.ts";
import { renderLinkPreviewPage } from "../render/link-preview-page.ts";
import { sharedPageOf } from "../render/preview-tags.ts";
import { articleCardUrl } from "./card-address.ts";
import type { AppContext } from "./env.ts";
import { notFound, uncachedPage, unavailable } from "./responses.ts";

/** `/s/{id}/preview`, while one looks at the site locally: how chats would show a link to the article. */
export async function linkPreview(context: AppContext): Promise<Response> {
  const store = context.get("store");
  const { manifest } = store;
  const { site } = manifest;
  const id = parseShareId(context.req.param("id") ?? "");
  if (context.env.OFFPRINT_PREVIEWS === undefined || id === null) return notFound(site);
  const article = await store.article(id);
  if (!article.ok) return unavailable(site, article.failure);
  if (article.value === null) return notFound(site);
  const page = sharedPageOf(site, article.value, articleCardUrl(manifest, article.value));
  return uncachedPage(site, renderLinkPreviewPage({ site, path: sharePath(id), page }));
}
