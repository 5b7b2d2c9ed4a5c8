import { sharePath } from "../domain/links.ts";
import type { ShareId } from "../domain/share-id.ts";
import { parseShareId } from "../domain/share-id.ts";
import { renderLinkPreviewPage } from "../render/link-preview-page.ts";
import { renderOembed } from "../render/oembed.ts";
import { sharedPageOf } from "../render/preview-tags.ts";
import { articleKey } from "../store/article-entry.ts";
import { articleMarkdown } from "./article-markdown-handler.ts";
import { articlePage } from "./article-page.ts";
import { PAGE_CACHE_CONTROL } from "./cache-control.ts";
import { articleCardUrl } from "./card-address.ts";
import { validatorHeaders } from "./validators.ts";
import type { AppContext } from "./env.ts";
import { CORS_HEADERS } from "./feed-responses.ts";
import { markdownLink } from "./page-headers.ts";
import { isCurrentPage, knownPage, newPage, pageValidators } from "./page-validators.ts";
import {
  errorPage,
  movedTo,
  pageNotModified,
  redirected,
  uncachedPage,
  unavailable,
} from "./responses.ts";
import { queryValue } from "./query.ts";

/**
 * What a sentence leaves behind a link that was pasted into it: `。”`, `)`, or all of `，快看`, because Chinese puts no
 * blanks between words.
 */
const AFTER_LINK = /[^0-9a-z].*$/isu;

/** What asks for an article as Markdown. */
const AS_MARKDOWN = /\.md$/i;

/** `/s/{id}`: the page of one article; `/s/{id}.md`: the same for programs. */
export async function sharePage(context: AppContext): Promise<Response> {
  const store = context.get("store");
  const { manifest } = store;
  const typed = context.req.param("id") ?? "";
  const id = parseShareId(typed) ?? parseShareId(typed.replace(AFTER_LINK, ""));
  if (typed !== id) {
    if (AS_MARKDOWN.test(typed)) return articleMarkdown(context, typed);
    return id === null ? errorPage(manifest, "notFound") : movedTo(sharePath(id));
  }

  const validators = pageValidators(manifest, "articles", articleKey(id));
  const path = sharePath(id);
  const known = knownPage(context, path, validators);
  if (known !== null) return namingMarkdown(known, id);

  const made = await articlePage(store, id);
  if (!made.ok) return unavailable(manifest, made.failure);
  if (made.value === null) {
    const redirect = await store.redirect(path);
    return redirect.ok
      ? redirected(manifest, redirect.value)
      : unavailable(manifest, redirect.failure);
  }
  return namingMarkdown(newPage(context, path, made.value, validators), id);
}

function namingMarkdown(response: Response, id: ShareId): Response {
  if (response.status === 200) response.headers.set("Link", markdownLink(id));
  return response;
}

/** `/s/{id}/preview`, served only by `npm start`: how chats would show a link to the article. */
export async function linkPreview(context: AppContext): Promise<Response> {
  const store = context.get("store");
  const { manifest } = store;
  const { site } = manifest;
  const id = parseShareId(context.req.param("id") ?? "");
  const isForEditor = context.env.OFFPRINT_PREVIEWS !== undefined;
  if (!isForEditor || id === null) return errorPage(manifest, "notFound");
  const article = await store.article(id);
  if (!article.ok) return unavailable(manifest, article.failure);
  if (article.value === null) return errorPage(manifest, "notFound");
  const page = sharedPageOf(site, article.value, articleCardUrl(manifest, article.value));
  return uncachedPage(site, renderLinkPreviewPage(site, article.value, page));
}

/**
 * `/oembed?url={share page}`: title, author and card, for programs that embed links (https://oembed.com). JSON only.
 */
export async function oembed(context: AppContext): Promise<Response> {
  const store = context.get("store");
  const { manifest } = store;
  const { site } = manifest;
  const format = queryValue(context.req.url, "format") ?? "json";
  // oEmbed, section 2.3.2: 501 answers a format that the provider does not offer.
  if (format !== "json") return new Response("JSON only\n", { status: 501 });
  const id = sharedId(queryValue(context.req.url, "url") ?? "", site.url);
  if (id === null) return errorPage(manifest, "notFound");

  const validators = pageValidators(manifest, "articles", articleKey(id));
  if (isCurrentPage(context, validators)) return pageNotModified(validators);
  const article = await store.article(id);
  if (!article.ok) return unavailable(manifest, article.failure);
  if (article.value === null) {
    const redirect = await store.redirect(sharePath(id));
    if (!redirect.ok) return unavailable(manifest, redirect.failure);
    return errorPage(manifest, redirect.value?.kind === "gone" ? "gone" : "notFound");
  }
  const headers = {
    "Cache-Control": PAGE_CACHE_CONTROL,
    ...CORS_HEADERS,
    ...validatorHeaders(validators),
  };
  const cardUrl = articleCardUrl(manifest, article.value);
  return Response.json(renderOembed(site, article.value, cardUrl), { headers });
}

/** The id in the address of a share page, or in its path alone; null for other pages and other sites. */
function sharedId(address: string, siteUrl: string): ShareId | null {
  const url = URL.parse(address, `${siteUrl}/`);
  const isHere = url?.host === new URL(siteUrl).host && /^https?:$/.test(url.protocol);
  return isHere && url.pathname.startsWith("/s/") ? parseShareId(url.pathname.slice(3)) : null;
}
