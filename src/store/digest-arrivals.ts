import type { ArticleRef } from "../domain/article.ts";
import type { ShareId } from "../domain/share-id.ts";
import type { StoredRef } from "./collection-entry.ts";
import { readRef, storedRef } from "./collection-entry.ts";
import type { DigestArrivals } from "./release-contents.ts";

export const NO_ARRIVALS: DigestArrivals = { cameOn: new Map(), beyond: new Map() };

/** Ids by the day on which they came; articles that are older than lists reach; by the key of a scope, which of these it has. */
export type StoredArrivals = readonly [
  days: readonly (readonly [day: number, ids: readonly ShareId[]])[],
  refs: readonly StoredRef[],
  beyond: readonly (readonly [key: string, indexes: readonly number[]])[],
];

/** What a manifest says about arrivals: each article once. */
export function storedArrivals({ cameOn, beyond }: DigestArrivals): StoredArrivals {
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

/** Reads what `storedArrivals` made. */
export function readArrivals([days, refs, beyond]: StoredArrivals): DigestArrivals {
  const articles: readonly ArticleRef[] = refs.map(readRef);
  return {
    cameOn: new Map(days.flatMap(([day, ids]) => ids.map((id): [ShareId, number] => [id, day]))),
    beyond: new Map(
      beyond.map(([key, indexes]) => [key, indexes.flatMap((index) => articles[index] ?? [])]),
    ),
  };
}
