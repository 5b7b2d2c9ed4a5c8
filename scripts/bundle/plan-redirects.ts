import { listIdentities } from "../../src/domain/jekyll-permalink.ts";
import type { ShareId } from "../../src/domain/share-id.ts";
import { shareIdOf } from "../../src/domain/share-id.ts";
import type { PackLimits } from "../../src/store/cut-packs.ts";
import { rankOfKey } from "../../src/store/cut-packs.ts";
import { compareKeys } from "../../src/store/key-column.ts";
import { REDIRECT_PACK_LIMITS } from "../../src/store/pack-limits.ts";
import type { PackEntry } from "../../src/store/pack.ts";
import { lazyPackEntry } from "../../src/store/pack.ts";
import type { Redirect } from "../../src/store/redirect-entry.ts";
import { encodeRedirect, redirectKey, strongRedirectKey } from "../../src/store/redirect-entry.ts";
import { planMap } from "../../src/store/sorted-map.ts";

export interface RedirectArticle {
  readonly id: ShareId;
}

/** So old is what a pack takes in on its day, and so often its day comes. */
const CYCLE_DAYS = 14;
const EMPTY = new Uint8Array();

/**
 * The entries of the `redirects` map. Paths without a date lie in any order, so that a publish would change every pack. Those
 * of the newest articles therefore lie apart, for two weeks at least and four at most. Every pack of the others has a day in two weeks on which it takes in
 * what is older than that, so that no publish writes many. (When a new month took in all of the last one, its first publish wrote
 * every pack.) It depends on the articles alone.
 *
 * @param redirects by percent-decoded path
 * @param dayOf an article, by the site's clock, as a number of days
 */
export function planRedirects<Article extends RedirectArticle>(
  redirects: ReadonlyMap<string, Redirect>,
  articles: readonly Article[],
  dayOf: (article: Article) => number,
  limits: PackLimits = REDIRECT_PACK_LIMITS,
): readonly PackEntry[] {
  if (redirects.size === 0) return [];
  const days = new Map(articles.map((article) => [article.id, dayOf(article)]));
  const lastDay = Math.max(0, ...new Set(days.values()));
  const settled: PackEntry[] = [];
  const young: { readonly path: string; readonly redirect: Redirect; readonly age: number }[] = [];
  for (const [path, redirect] of redirects) {
    const id = redirect.kind === "article" ? redirect.id : null;
    const age = id === null ? Number.POSITIVE_INFINITY : lastDay - (days.get(id) ?? 0);
    if (id !== null && isComputedForAnother(path, id, days)) {
      settled.push(redirectEntry(strongRedirectKey(path), redirect));
    } else if (age < 2 * CYCLE_DAYS) {
      young.push({ path, redirect, age });
    } else {
      settled.push(redirectEntry(redirectKey(path, false), redirect));
    }
  }
  const takesIn = oldestTakenIn(settled, lastDay, limits);
  return [
    ...settled,
    ...young.map(({ path, redirect, age }) => {
      const key = redirectKey(path, false);
      return redirectEntry(age < takesIn(key) ? redirectKey(path, true) : key, redirect);
    }),
  ];
}

function redirectEntry(key: Uint8Array, redirect: Redirect): PackEntry {
  return { ...lazyPackEntry(key, encodeRedirect(redirect), EMPTY), rank: rankOfKey(key) };
}

/**
 * From which age in days on, by its key, an entry lies among the settled ones: what was two weeks old on the last day that was the
 * turn of the pack there. Cuts and turns follow from the keys, so that they hardly ever change.
 */
function oldestTakenIn(
  settled: readonly PackEntry[],
  lastDay: number,
  limits: PackLimits,
): (key: Uint8Array) => number {
  const firstKeys = planMap(settled, limits, () => EMPTY).map(({ firstKey }) => firstKey);
  const ages = firstKeys.map((key) => {
    const turn = lastDay - rankOfKey(key);
    return CYCLE_DAYS + (((turn % CYCLE_DAYS) + CYCLE_DAYS) % CYCLE_DAYS);
  });
  return (key) => {
    const behind = firstKeys.findIndex((first) => compareKeys(first, key) > 0);
    return ages.at(behind === -1 ? -1 : Math.max(0, behind - 1)) ?? CYCLE_DAYS;
  };
}

/** Whether the Worker would find another article than `id`, whose id can be computed from a path. */
function isComputedForAnother(
  path: string,
  id: ShareId,
  articles: ReadonlyMap<ShareId, unknown>,
): boolean {
  return listIdentities(path).some((identity) => {
    const other = shareIdOf(identity);
    return other !== id && articles.has(other);
  });
}
