import { SITE_SCOPE } from "../domain/scope.ts";
import { categoriesPath } from "../domain/links.ts";
import { renderCategoriesPage } from "../render/category-index.ts";
import { categoryIndexKey } from "../store/collection-entry.ts";
import { scopeCardUrl } from "./card-address.ts";
import type { AppContext } from "./env.ts";
import { knownPage, newPage, pageValidators } from "./page-validators.ts";
import { queryValue } from "./query.ts";
import { errorPage, movedTo, unavailable } from "./responses.ts";

const PAGE_NUMBER = /^[1-9]\d{0,3}$/;

/** `/categories`: all categories by initial, in pages that were finished when the release was made. One read. */
export async function categories(context: AppContext): Promise<Response> {
  const asked = queryValue(context.req.url, "page");
  const page = asked === undefined ? 1 : PAGE_NUMBER.test(asked) ? Number(asked) : null;
  // The first page has one address.
  if (page === null || asked === "1") return movedTo(categoriesPath(1));
  const store = context.get("store");
  const { manifest } = store;
  const path = categoriesPath(page);
  const validators = pageValidators(manifest, "collections", categoryIndexKey(page));
  const known = knownPage(context, path, validators);
  if (known !== null) return known;

  const list = await store.categoryIndex(page);
  if (!list.ok) return unavailable(manifest, list.failure);
  if (list.value === null) {
    return page === 1 ? errorPage(manifest, "notFound") : movedTo(categoriesPath(1));
  }
  const cardUrl = scopeCardUrl(manifest, SITE_SCOPE);
  const shown = renderCategoriesPage(manifest.site, page, list.value, cardUrl);
  return newPage(context, path, shown, validators);
}
