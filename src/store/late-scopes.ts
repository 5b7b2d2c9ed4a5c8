import { parseScopeKey, scopeKey } from "../domain/scope.ts";
import type { StoredRef } from "./collection-entry.ts";
import { readRef, storedRef } from "./collection-entry.ts";
import type { LateScope } from "./release-contents.ts";

/** Writes which late articles feeds show, as the manifest holds them: each article once. */
export function encodeLateScopes(late: readonly LateScope[]): Uint8Array {
  return encoder.encode(JSON.stringify(storedLate(late)));
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

/** Reads late articles by the key of the scope whose feeds show them. */
export function readLateScopes(bytes: Uint8Array): ReadonlyMap<string, LateScope> {
  const [stored, scopes] = JSON.parse(decoder.decode(bytes)) as ReturnType<typeof storedLate>;
  const articles = stored.map(([arrivedAt, ref]) => ({ ...readRef(ref), arrivedAt }));
  return new Map(
    scopes.map(([key, digest, indexes, isPrerendered]) => {
      const shown = indexes.flatMap((index) => articles[index] ?? []);
      return [key, { scope: parseScopeKey(key), digest, articles: shown, isPrerendered }];
    }),
  );
}
