import type { ArchivePage } from "../domain/archive.ts";
import { isPageName, nearestPage, pageNeighbours } from "../domain/archive.ts";
import { SEARCH_PATH, listPath, searchPath } from "../domain/links.ts";
import type { NamedScope, Scope } from "../domain/scope.ts";
import { SITE_SCOPE } from "../domain/scope.ts";
import { renderHomePage } from "../render/home-page.ts";
import { renderListPage } from "../render/list-page.ts";
import { headKey, pageIndexKey, pageKey } from "../store/collection-entry.ts";
import { absentTopic } from "./absent-topic.ts";
import { scopeCardUrl } from "./card-address.ts";
import { validatorsOf } from "./validators.ts";
import type { AppContext } from "./env.ts";
import { findScope, scopeInPath } from "./find-scope.ts";
import { isNarrowed, narrowedTopic } from "./narrowed-topic.ts";
import { isCurrentPage, knownPage, newPage, pageValidators } from "./page-validators.ts";
import { errorPage, movedTo, page, pageNotModified, unavailable } from "./responses.ts";
import { queryValue } from "./query.ts";

/** `/`: the newest articles and the categories, or with `?page=` a page of the site's archive; with `?q=` the search. */
export async function homePage(context: AppContext): Promise<Response> {
  const { url } = context.req;
  const store = context.get("store");
  const { manifest } = store;
  if (manifest.search !== null && isNarrowed(url)) return movedTo(narrowedPath(url, SITE_SCOPE));
  const archivePage = queryValue(url, "page");
  if (archivePage !== undefined) return archivedList(context, SITE_SCOPE, archivePage);
  const { site } = manifest;
  // The page counts the articles of every category, so any change may show on it.
  const validators = validatorsOf(manifest.content);
  const path = listPath(SITE_SCOPE);
  const known = knownPage(context, path, validators);
  if (known !== null) return known;

  const [head, archive, categories] = await Promise.all([
    store.head(SITE_SCOPE),
    store.pageIndex(SITE_SCOPE),
    store.homeCategories(),
  ]);
  if (!head.ok) return unavailable(manifest, head.failure);
  if (!archive.ok) return unavailable(manifest, archive.failure);
  if (!categories.ok) return unavailable(manifest, categories.failure);
  const home = renderHomePage({
    site,
    refs: head.value?.newest.slice(0, categories.value?.newest ?? undefined) ?? [],
    categories: categories.value?.html ?? null,
    archive: archive.value,
    cardUrl: scopeCardUrl(manifest, SITE_SCOPE),
  });
  return newPage(context, path, home, validators);
}

/** `/category/{slug}`, `/tag/{name}` and `/author/{name}`: the newest articles, or with `?page=` an archive page; with `?q=` the search in it. */
export async function scopeList(context: AppContext): Promise<Response> {
  const { manifest } = context.get("store");
  const { url } = context.req;
  const archivePage = queryValue(url, "page");
  const isSearch = manifest.search !== null && isNarrowed(url);
  const pathOf = (scope: NamedScope): string =>
    isSearch
      ? narrowedPath(url, scope)
      : listPath(scope, archivePage !== undefined && isPageName(archivePage) ? archivePage : null);
  const named = scopeInPath(context);
  if (named === null) return errorPage(manifest, "notFound");
  const found = findScope(manifest, named);
  switch (found.kind) {
    case "none":
      return absentTopic(context, found.scope, pathOf, "people");
    case "elsewhere":
      return movedTo(pathOf(found.scope));
    case "found":
      if (isSearch) return movedTo(pathOf(found.scope));
      return archivePage === undefined
        ? newestList(context, found.scope)
        : archivedList(context, found.scope, archivePage);
  }
}

/** Where what an address narrows is found. The page of the search says what is wrong with a query. */
function narrowedPath(url: string, scope: Scope): string {
  const narrowed = narrowedTopic(url, scope);
  return narrowed.kind === "elsewhere"
    ? searchPath(narrowed.topic.query)
    : SEARCH_PATH + new URL(url).search;
}

async function newestList(context: AppContext, scope: NamedScope): Promise<Response> {
  const store = context.get("store");
  const { manifest } = store;
  const { site } = manifest;
  const validators = pageValidators(manifest, "collections", headKey(scope), pageIndexKey(scope));
  const path = listPath(scope);
  const known = knownPage(context, path, validators);
  if (known !== null) return known;

  const [head, archive] = await Promise.all([store.head(scope), store.pageIndex(scope)]);
  if (!head.ok) return unavailable(manifest, head.failure);
  if (!archive.ok) return unavailable(manifest, archive.failure);
  if (head.value === null) return absentTopic(context, scope, listPath, "people");
  const { title, count } = head.value;
  const newest = head.value.newest.slice(0, site.feedLength);
  const list = renderListPage({
    site,
    scope,
    title,
    count,
    refs: newest,
    page: null,
    archive: archive.value,
    cardUrl: scopeCardUrl(manifest, scope),
    newer: null,
    older: olderThanNewest(archive.value, newest.length),
  });
  return newPage(context, path, list, validators);
}

/** The archive page that continues after the newest articles; null where there are no more. */
function olderThanNewest(archive: readonly ArchivePage[], shown: number): string | null {
  let articles = 0;
  for (const { name, count } of archive) {
    articles += count;
    if (articles > shown) return name;
  }
  return null;
}

async function archivedList(context: AppContext, scope: Scope, name: string): Promise<Response> {
  const store = context.get("store");
  const { manifest } = store;
  const { site } = manifest;
  const validators = pageValidators(
    manifest,
    "collections",
    pageKey(scope, name),
    pageIndexKey(scope),
  );
  if (isCurrentPage(context, validators)) return pageNotModified(validators);

  const [found, archive] = await Promise.all([store.page(scope, name), store.pageIndex(scope)]);
  if (!found.ok) return unavailable(manifest, found.failure);
  if (!archive.ok) return unavailable(manifest, archive.failure);
  const pages = archive.value;
  if (found.value === null) {
    const nearest = nearestPage(pages, name);
    const isEmptied = isPageName(name) && manifest.scope(scope)?.count === 0;
    return nearest === null && !isEmptied
      ? errorPage(manifest, "notFound")
      : movedTo(listPath(scope, nearest));
  }
  const list = renderListPage({
    site,
    scope,
    title: manifest.titleOf(scope),
    count: pages.reduce((sum, { count }) => sum + count, 0),
    refs: found.value.refs,
    page: name,
    archive: pages,
    cardUrl: scopeCardUrl(manifest, scope),
    ...pageNeighbours(pages, name),
  });
  return page(site, list, validators);
}
