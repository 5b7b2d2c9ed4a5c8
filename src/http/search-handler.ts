import { ok } from "../domain/result.ts";
import { parseQuery } from "../domain/search-query.ts";
import { searchPath } from "../domain/links.ts";
import { SITE_SCOPE } from "../domain/scope.ts";
import { PAGE_LENGTH, renderSearchPage } from "../render/search-page.ts";
import { MOST_READS } from "../store/release-store.ts";
import type { SearchRecord } from "../store/search-layout.ts";
import type { FoundArticle, SearchFinds } from "../store/search-release.ts";
import { searchRelease, withinReads } from "../store/search-release.ts";
import type { AppContext } from "./env.ts";
import { isCurrentPage } from "./page-validators.ts";
import { namesLike, namesLikeQuery } from "./near-names.ts";
import { narrowedTopic } from "./narrowed-topic.ts";
import { queryValue, queryValues } from "./query.ts";
import {
  errorPage,
  movedTo,
  page,
  pageNotModified,
  refusedPage,
  unavailable,
} from "./responses.ts";
import { validatorsOf } from "./validators.ts";

/** Two less than a request may do: a page of an article reads no more either. */
const MOST_PAGE_READS = MOST_READS - 2;

/**
 * `/search?q=`: the newest articles that have all words, 20 a page. Without a query it is the field alone. Reads of the index are done
 * at once, then those of the articles that are shown.
 */
export async function searchPage(context: AppContext): Promise<Response> {
  const store = context.get("store");
  const { manifest } = store;
  const { site, search } = manifest;
  if (search === null) return errorPage(manifest, "notFound");
  const { url } = context.req;
  const typed = queryValue(url, "q") ?? "";
  if (queryValues(url, "without").some(Boolean)) {
    const narrowed = narrowedTopic(url, SITE_SCOPE);
    if (narrowed.kind === "elsewhere") return movedTo(searchPath(narrowed.topic.query));
    if (narrowed.kind === "refused") {
      const body = renderSearchPage({ site, typed, outcome: narrowed.failure, near: [] });
      return refusedPage(site, body);
    }
  }
  const parsed = parseQuery(typed);
  // Any article may be found, so any change may show on it.
  const validators = validatorsOf(`${manifest.content}.search`);
  if (!parsed.ok && parsed.failure.reason === "empty") {
    if (isCurrentPage(context, validators)) return pageNotModified(validators);
    const body = renderSearchPage({ site, typed, outcome: parsed.failure, near: [] });
    return page(site, body, validators);
  }
  if (!parsed.ok) {
    const outcome = parsed.failure;
    const near = outcome.reason === "one-character" ? namesLike(manifest, [outcome.character]) : [];
    const body = renderSearchPage({ site, typed, outcome, near });
    return refusedPage(site, body);
  }
  if (isCurrentPage(context, validators)) return pageNotModified(validators);
  const query = parsed.value;
  const before = numberOf(queryValue(url, "before"));
  const finds = await searchRelease(store, search, { query, before, most: PAGE_LENGTH });
  if (!finds.ok) return unavailable(manifest, finds.failure);
  const shown = withinReads(store, finds.value, MOST_PAGE_READS - finds.value.reads);
  const articles = await store.articleHeaders(shown.found.map(({ id }) => id));
  if (!articles.ok) return unavailable(manifest, articles.failure);
  const { older, isUnfinished } = shown;
  const hasNewer = before !== null && before < search.articles;
  const isEmpty = articles.value.length === 0 && older === null;
  const near = isEmpty ? await namesLikeQuery(store, query) : ok([]);
  if (!near.ok) return unavailable(manifest, near.failure);
  const body = renderSearchPage({
    site,
    typed,
    outcome: {
      query,
      articles: articles.value,
      older,
      isUnfinished,
      hasNewer,
      years: yearsToOffer(search, shown, hasNewer),
      categoryTitle: manifest.categoryTitle,
    },
    near: near.value,
  });
  return page(site, body, validators);
}

/** The years in which, as far as the page knows, something is found, the newest first; none where they would narrow nothing. */
function yearsToOffer(
  { years }: SearchRecord,
  { found, older, isUnfinished }: SearchFinds,
  hasNewer: boolean,
): readonly number[] {
  const yearOf = ({ number }: FoundArticle): number =>
    years.findLast(([, first]) => first <= number)?.[0] ?? 0;
  const hits = [...new Set(found.map(yearOf))];
  const hasOlder = older !== null || isUnfinished;
  if (!hasNewer && !hasOlder) return hits.length === 1 ? [] : hits;
  const newest = hasNewer ? Number.POSITIVE_INFINITY : (hits[0] ?? Number.POSITIVE_INFINITY);
  const oldest = hasOlder ? Number.NEGATIVE_INFINITY : (hits.at(-1) ?? Number.NEGATIVE_INFINITY);
  return years
    .map(([year]) => year)
    .filter((year) => year <= newest && year >= oldest)
    .toReversed();
}

/** The number of an article in an address; null where there is none. */
function numberOf(written: string | undefined): number | null {
  return written !== undefined && /^[1-9]\d{0,8}$/.test(written) ? Number(written) : null;
}
