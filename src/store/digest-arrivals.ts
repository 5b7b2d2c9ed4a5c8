import type { ArticleRef } from "../domain/article.ts";
import type { ShareId } from "../domain/share-id.ts";
import { readRef, storedRef } from "./collection-entry.ts";
import type { DigestArrivals } from "./release-contents.ts";

export const NO_ARRIVALS: DigestArrivals = { cameOn: new Map(), beyond: new Map() };

/** What a manifest says about arrivals: each article once. */
export function storedArrivals({ cameOn, beyond }: DigestArrivals) {
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
export function readArrivals([days, refs, beyond]: ReturnType<
  typeof storedArrivals
>): DigestArrivals {
  const articles: readonly ArticleRef[] = refs.map(readRef);
  return {
    cameOn: new Map(days.flatMap(([day, ids]) => ids.map((id): [ShareId, number] => [id, day]))),
    beyond: new Map(
      beyond.map(([key, indexes]) => [key, indexes.flatMap((index) => articles[index] ?? [])]),
    ),
  };
}
