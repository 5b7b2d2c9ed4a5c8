import { parseScopeKey, scopeKey } from "../domain/scope.ts";
import type { StoredRef } from "./collection-entry.ts";
import { readRef, storedRef } from "./collection-entry.ts";
import type { EmptiedCategory, LateScope } from "./release-contents.ts";

/** What a manifest knows from the releases before, besides moments: the release's id is without it. */
export interface ManifestHistory {
  /** The feeds that show articles which came late, by the key of their scope. */
  readonly late: ReadonlyMap<string, LateScope>;
  /** Categories that lost their last article, by the key of their scope. */
  readonly emptied: ReadonlyMap<string, EmptiedCategory>;
}

export const NO_HISTORY: ManifestHistory = { late: new Map(), emptied: new Map() };

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Writes what `readHistory` reads: each late article once, and nothing about emptied categories where there are none. */
export function encodeHistory(
  late: readonly LateScope[],
  emptied: readonly EmptiedCategory[],
): Uint8Array {
  return encoder.encode(JSON.stringify(storedHistory(late, emptied)));
}

function storedHistory(late: readonly LateScope[], emptied: readonly EmptiedCategory[]) {
  const articles = new Map(late.flatMap((scope) => scope.articles).map((one) => [one.id, one]));
  const indexes = new Map([...articles.keys()].map((id, index) => [id, index]));
  return [
    Array.from(articles.values(), (one): [number, StoredRef] => [one.arrivedAt, storedRef(one)]),
    late.map(({ scope, digest, articles: shown, isPrerendered }) => {
      const numbers = shown.map(({ id }) => indexes.get(id) ?? -1);
      return [scopeKey(scope), digest, numbers, isPrerendered] as const;
    }),
    ...(emptied.length === 0 ? [] : ([emptied] as const)),
  ] as const;
}

export function readHistory(bytes: Uint8Array): ManifestHistory {
  const [stored, scopes, emptied = []] = JSON.parse(decoder.decode(bytes)) as ReturnType<
    typeof storedHistory
  >;
  const articles = stored.map(([arrivedAt, ref]) => ({ ...readRef(ref), arrivedAt }));
  const late = scopes.map(([key, digest, indexes, isPrerendered]) => {
    const shown = indexes.flatMap((index) => articles[index] ?? []);
    return [key, { scope: parseScopeKey(key), digest, articles: shown, isPrerendered }] as const;
  });
  const keyOf = ({ slug }: EmptiedCategory): string => scopeKey({ kind: "category", name: slug });
  return { late: new Map(late), emptied: new Map(emptied.map((one) => [keyOf(one), one])) };
}
