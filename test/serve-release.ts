import { join } from "node:path";
import type { PlannedRelease } from "../scripts/bundle/plan-release.ts";
import { planRelease } from "../scripts/bundle/plan-release.ts";
import { storeArticle } from "../scripts/read/article/store-article.ts";
import type { Article } from "../src/domain/article.ts";
import type { Site } from "../src/domain/site.ts";
import { Manifest } from "../src/store/manifest.ts";
import type { SearchEngines } from "../src/store/release-contents.ts";
import { SITE } from "./render/sample-articles.ts";
import { FIXTURE_RENDERERS } from "./seed-worker-tests.ts";

/** The application, whose types are those of workerd and not of Node. */
interface App {
  fetch(request: Request, env: object): Promise<Response>;
}

/** A release, and what it answers. */
export interface ServedRelease {
  readonly manifest: Manifest;
  /** The keys that were read from KV. */
  readonly reads: readonly string[];
  readonly fetch: (path: string, headers?: Record<string, string>) => Promise<Response>;
}

interface ServedOptions {
  readonly searchEngines?: SearchEngines;
  /** The visitors' clock, in milliseconds since 1970. */
  readonly now?: () => number;
}

const { createApp } = (await import(join(import.meta.dirname, "../src/http/app.ts"))) as {
  readonly createApp: (manifest: Manifest, now?: () => number) => App;
};

/**
 * Plans a release of articles and serves it.
 *
 * @param site settings that differ from the samples'
 */
export function serveRelease(
  articles: readonly Article[],
  site: Partial<Site> = {},
  { searchEngines, now }: ServedOptions = {},
): ServedRelease {
  const planned = planRelease({
    site: { ...SITE, ...site },
    categoryTitles: new Map(),
    articles: articles.map((article) => ({
      ...storeArticle(article),
      identity: { name: article.id, day: null },
    })),
    redirects: new Map(),
    prerenderedFeeds: 1,
    articlesPerPack: 64,
    cards: 0,
    drawCard: async () => new Uint8Array(),
    renderers: FIXTURE_RENDERERS,
    ...(searchEngines === undefined ? {} : { searchEngines }),
  });
  return serveBundled(planned, SITE.url, now);
}

/** Serves a release in Node; KV is a map. */
export function serveBundled(
  planned: Pick<PlannedRelease, "manifestAfter" | "values">,
  siteUrl: string,
  now?: () => number,
): ServedRelease {
  const manifest = Manifest.open(planned.manifestAfter({ previous: null, now: 1_795_392_000 }));
  if (!manifest.ok) throw new Error(manifest.failure.detail);
  const values = new Map(
    planned.values.map(({ key, encode }) => {
      let made: Promise<Uint8Array> | null = null;
      return [key, async () => (made ??= Promise.resolve(encode()))] as const;
    }),
  );
  const reads: string[] = [];
  const get = async (key: string): Promise<ArrayBuffer | null> => {
    reads.push(key);
    const value = await values.get(key)?.();
    return value === undefined ? null : new Uint8Array(value).buffer;
  };
  const app = createApp(manifest.value, now);
  return {
    manifest: manifest.value,
    reads,
    fetch: async (path, headers = {}) =>
      app.fetch(new Request(siteUrl + path, { headers }), { RELEASES: { get } }),
  };
}
