import { MARKDOWN_ENDING, markdownPath, sharePath } from "../domain/links.ts";
import { parseShareId } from "../domain/share-id.ts";
import { renderArticleMarkdown } from "../render/article-markdown.ts";
import { articleKey } from "../store/article-entry.ts";
import { PAGE_CACHE_CONTROL } from "./cache-control.ts";
import type { AppContext } from "./env.ts";
import { CORS_HEADERS } from "./feed-responses.ts";
import { isCurrentPage, pageValidators } from "./page-validators.ts";
import { errorPage, movedTo, pageNotModified, redirected, unavailable } from "./responses.ts";
import { validatorHeaders } from "./validators.ts";

/** `/s/{id}.md`: an article as Markdown, for programs that read. Search engines are to show its page. One read. */
export async function articleMarkdown(context: AppContext, typed: string): Promise<Response> {
  const store = context.get("store");
  const { manifest } = store;
  const { site } = manifest;
  const id = parseShareId(typed.slice(0, -MARKDOWN_ENDING.length));
  if (id === null) return errorPage(manifest, "notFound");
  if (typed !== id + MARKDOWN_ENDING) return movedTo(markdownPath(id));

  const validators = pageValidators(manifest, "articles", articleKey(id));
  if (isCurrentPage(context, validators)) return pageNotModified(validators);
  const article = await store.article(id);
  if (!article.ok) return unavailable(manifest, article.failure);
  if (article.value === null) {
    const redirect = await store.redirect(sharePath(id));
    if (!redirect.ok) return unavailable(manifest, redirect.failure);
    return redirect.value?.kind === "article"
      ? movedTo(markdownPath(redirect.value.id))
      : redirected(manifest, redirect.value);
  }
  return new Response(renderArticleMarkdown(site, article.value), {
    headers: {
      // RFC 7763: the type of Markdown, and its variant.
      "Content-Type": "text/markdown; charset=utf-8; variant=GFM",
      "Cache-Control": PAGE_CACHE_CONTROL,
      "Content-Security-Policy": "default-src 'none'; sandbox",
      Link: `<${site.url}${sharePath(id)}>; rel="canonical"`,
      "X-Robots-Tag": "noindex",
      ...CORS_HEADERS,
      ...validatorHeaders(validators),
    },
  });
}
