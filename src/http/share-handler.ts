import { sharePath } from "../domain/links.ts";
import { parseShareId } from "../domain/share-id.ts";
import { renderSharePage } from "../render/share-page.ts";
import { articleKey } from "../store/article-entry.ts";
import { articleCardUrl } from "./card-address.ts";
import type { AppContext } from "./env.ts";
import { knownPage, newPage, pageValidators } from "./page-validators.ts";
import { movedTo, notFound, redirected, unavailable } from "./responses.ts";

/** What a sentence leaves behind a link that was pasted into it: `。”`, `)`, or in Chinese, which has no blanks, all of `，快看`. */
const AFTER_LINK = /[^0-9a-z].*$/isu;

/** `/s/{id}`: the page of one article. */
export async function sharePage(context: AppContext): Promise<Response> {
  const store = context.get("store");
  const { manifest } = store;
  const typed = context.req.param("id") ?? "";
  const id = parseShareId(typed.replace(AFTER_LINK, ""));
  if (id === null) return notFound(manifest.site);
  if (typed !== id) return movedTo(sharePath(id));

  const validators = pageValidators(manifest, [["articles", articleKey(id)]]);
  const path = sharePath(id);
  const known = knownPage(context, path, validators);
  if (known !== null) return known;

  const found = await store.articleToReadOn(id);
  if (!found.ok) return unavailable(manifest.site, found.failure);
  if (found.value !== null) {
    const { site } = manifest;
    const { article, related } = found.value;
    const body = renderSharePage({
      site,
      article,
      related,
      categoryTitle: manifest.categoryTitle,
      cardUrl: articleCardUrl(manifest, article),
    });
    return newPage(context, path, body, validators);
  }

  const redirect = await store.redirect(path);
  if (!redirect.ok) return unavailable(manifest.site, redirect.failure);
  if (redirect.value === null) return notFound(manifest.site);
  return redirected(manifest.site, redirect.value);
}
