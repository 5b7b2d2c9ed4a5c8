/** One request. */
export interface Asked {
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Addresses that one handler answers in one way. */
export interface Route {
  readonly name: string;
  readonly requests: readonly Asked[];
  /** The status of what reads nothing from KV and only workerd can answer; undefined for all that Node can answer too. */
  readonly workerdStatus?: number;
}

export const GZIP = { "Accept-Encoding": "gzip" };
export const IDENTITY = { "Accept-Encoding": "identity" };

const SOME = 100;

/** A route that is asked for with the same headers at all its addresses. */
export function routeAt(
  name: string,
  paths: readonly string[],
  headers: Readonly<Record<string, string>> = GZIP,
): Route {
  return { name, requests: paths.map((path) => ({ path, headers })) };
}

/** Some of many, at equal distances. */
export function spread<Item>(items: readonly Item[], count = SOME): readonly Item[] {
  const step = Math.max(1, items.length / count);
  return Array.from({ length: Math.min(count, items.length) }, (_, index) =>
    items.slice(Math.floor(index * step), Math.floor(index * step) + 1),
  ).flat();
}
