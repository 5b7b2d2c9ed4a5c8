import type { ArticleRef } from "../domain/article.ts";
import { parseScopeKey, scopeKey } from "../domain/scope.ts";
import type { ShareId } from "../domain/share-id.ts";
import type { StoredRef } from "./collection-entry.ts";
import { readRef, storedRef } from "./collection-entry.ts";
import type { DigestArrivals, LateScope } from "./release-contents.ts";

/** What a manifest says about articles that came late. */
export interface LateArticles {
  /** By the key of the scope whose feeds show them. */
  readonly scopes: ReadonlyMap<string, LateScope>;
  readonly digestArrivals: DigestArrivals;
}

export const NO_ARRIVALS: DigestArrivals = { cameOn: new Map(), beyond: new Map() };

/** Writes which late articles feeds show, and what digests must know, as the manifest holds them: each article once. */
export function encodeLateArticles(
  late: readonly LateScope[],
  arrivals: DigestArrivals = NO_ARRIVALS,
): Uint8Array {
  const hasArrivals = arrivals.cameOn.size > 0;
  const stored = hasArrivals ? [...storedLate(late), storedArrivals(arrivals)] : storedLate(late);
  return encoder.encode(JSON.stringify(stored));
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function storedLate(late: readonly LateScope[]) {
  const articles = new Map(late.flatMap((scope) => scope.articles).map((one) => [one.id, one]));
  const indexes = new Map([...articles.keys()].map((id, index) => [id, index]));
  return [
    Array.from(articles.values(), (one): [number, StoredRef] => [one.arrivedAt, storedRef(one)]),
    late.map(({ scope, digest, articles: shown, isPrerendered }) => {
      const numbers = shown.map(({ id }) => indexes.get(id) ?? -1);
      return [scopeKey(scope), digest, numbers, isPrerendered] as const;
    }),
  ] as const;
}

function storedArrivals({ cameOn, beyond }: DigestArrivals) {
  const articles = new Map([...beyond.values()].flat().map((one) => [one.id, one]));
  const indexes = new Map([...articles.keys()].map((id, index) => [id, index]));
  const byDay = Map.groupBy(cameOn, ([, day]) => day);
  return [
    Array.from(byDay, ([day, those]) => [day, those.map(([id]) => id)] as const),
    Array.from(articles.values(), storedRef),
    Array.from(
      beyond,
      ([key, those]) => [key, those.map(({ id }) => indexes.get(id) ?? -1)] as const,
    ),
  ] as const;
}

function readArrivals([days, refs, beyond]: ReturnType<typeof storedArrivals>): DigestArrivals {
  const articles: readonly ArticleRef[] = refs.map(readRef);
  return {
    cameOn: new Map(days.flatMap(([day, ids]) => ids.map((id): [ShareId, number] => [id, day]))),
    beyond: new Map(
      beyond.map(([key, indexes]) => [key, indexes.flatMap((index) => articles[index] ?? [])]),
    ),
  };
}

/** Reads what `encodeLateArticles` wrote. */
export function readLateArticles(bytes: Uint8Array): LateArticles {
  type Stored = readonly [
    ...ReturnType<typeof storedLate>,
    arrivals?: ReturnType<typeof storedArrivals>,
  ];
  const [stored, scopes, arrivals] = JSON.parse(decoder.decode(bytes)) as Stored;
  const articles = stored.map(([arrivedAt, ref]) => ({ ...readRef(ref), arrivedAt }));
  return {
    scopes: new Map(
      scopes.map(([key, digest, indexes, isPrerendered]) => {
        const shown = indexes.flatMap((index) => articles[index] ?? []);
        return [key, { scope: parseScopeKey(key), digest, articles: shown, isPrerendered }];
      }),
    ),
    digestArrivals: arrivals === undefined ? NO_ARRIVALS : readArrivals(arrivals),
  };
}
