import { parseScopeKey, scopeKey } from "../domain/scope.ts";
import type { ShareId } from "../domain/share-id.ts";
import type { StoredRef } from "./collection-entry.ts";
import { readRef, storedRef } from "./collection-entry.ts";
import type { StoredArrivals } from "./digest-arrivals.ts";
import { NO_ARRIVALS, readArrivals, storedArrivals } from "./digest-arrivals.ts";
import type {
  DigestArrivals,
  EmptiedCategory,
  LateScope,
  ReleaseContents,
} from "./release-contents.ts";

/** What a manifest knows from the releases before, besides moments: the release's id is without it. */
export interface ManifestHistory {
  /** The feeds that show articles which came late, by the key of their scope. */
  readonly late: ReadonlyMap<string, LateScope>;
  /** Categories that lost their last article, by the key of their scope. */
  readonly emptied: ReadonlyMap<string, EmptiedCategory>;
  /** Articles by the old addresses that they had. */
  readonly moved: ReadonlyMap<string, ShareId>;
  readonly digestArrivals: DigestArrivals;
}

export const NO_HISTORY: ManifestHistory = {
  late: new Map(),
  emptied: new Map(),
  moved: new Map(),
  digestArrivals: NO_ARRIVALS,
};

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** What is known from the releases before, as it is planned. */
type PlannedHistory = Pick<ReleaseContents, "late" | "emptied" | "moved" | "digestArrivals">;

/** Writes what `readHistory` reads: each late article once, and of the rest nothing where there is none. */
export function encodeHistory(history: PlannedHistory): Uint8Array {
  return encoder.encode(JSON.stringify(storedHistory(history)));
}

function storedHistory({
  late,
  emptied = [],
  moved = [],
  digestArrivals = NO_ARRIVALS,
}: PlannedHistory) {
  const articles = new Map(late.flatMap((scope) => scope.articles).map((one) => [one.id, one]));
  const indexes = new Map([...articles.keys()].map((id, index) => [id, index]));
  const hasArrivals = digestArrivals.cameOn.size > 0;
  return [
    Array.from(articles.values(), (one): [number, StoredRef] => [one.arrivedAt, storedRef(one)]),
    late.map(({ scope, digest, articles: shown, isPrerendered }) => {
      const numbers = shown.map(({ id }) => indexes.get(id) ?? -1);
      return [scopeKey(scope), digest, numbers, isPrerendered] as const;
    }),
    ...(emptied.length + moved.length === 0 && !hasArrivals
      ? []
      : ([emptied, moved.map(({ path, id }) => [path, id] as const)] as const)),
    ...(hasArrivals ? ([storedArrivals(digestArrivals)] as const) : []),
  ] as const;
}

/** What follows the second part may be absent. */
type StoredHistory = readonly [
  articles: ReturnType<typeof storedHistory>[0],
  scopes: ReturnType<typeof storedHistory>[1],
  emptied?: readonly EmptiedCategory[],
  moved?: readonly (readonly [path: string, id: ShareId])[],
  arrivals?: StoredArrivals,
];

export function readHistory(bytes: Uint8Array): ManifestHistory {
  const [stored, scopes, emptied = [], moved = [], arrivals] = JSON.parse(
    decoder.decode(bytes),
  ) as StoredHistory;
  const articles = stored.map(([arrivedAt, ref]) => ({ ...readRef(ref), arrivedAt }));
  const late = scopes.map(([key, digest, indexes, isPrerendered]) => {
    const shown = indexes.flatMap((index) => articles[index] ?? []);
    return [key, { scope: parseScopeKey(key), digest, articles: shown, isPrerendered }] as const;
  });
  const keyOf = ({ slug }: EmptiedCategory): string => scopeKey({ kind: "category", name: slug });
  return {
    late: new Map(late),
    emptied: new Map(emptied.map((one) => [keyOf(one), one])),
    moved: new Map(moved),
    digestArrivals: arrivals === undefined ? NO_ARRIVALS : readArrivals(arrivals),
  };
}
