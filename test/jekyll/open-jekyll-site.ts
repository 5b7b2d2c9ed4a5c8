import { MARKDOWN } from "../markdown-options.ts";
import { identitiesOfPermalink } from "../../src/domain/jekyll-permalink.ts";
import { percentDecoded } from "../../src/domain/percent-decoded.ts";
import { failed } from "../../src/domain/result.ts";
import { canonicalPath } from "../../src/http/canonical-path.ts";
import { findOldAddress } from "../../src/http/find-old-address.ts";
import { contentHash } from "../../src/store/content-hash.ts";
import { Manifest } from "../../src/store/manifest.ts";
import type { Pack } from "../../src/store/pack.ts";
import type { Redirect } from "../../src/store/redirect-entry.ts";
import { ReleaseStore } from "../../src/store/release-store.ts";
import { ValueCache } from "../../src/store/value-cache.ts";
import { planRelease } from "../../scripts/bundle/plan-release.ts";
import { PLAIN_FOLDER } from "../../scripts/read/files/find-articles.ts";
import { readArticle } from "../../scripts/read/article/read-article.ts";
import type { BundledArticle } from "../../scripts/read/article/store-article.ts";
import { storeArticle } from "../../scripts/read/article/store-article.ts";
import type { AddressSettings } from "../../scripts/read/old-urls/address-settings.ts";
import { resolveConflicts } from "../../scripts/read/resolve-conflicts.ts";
import { SITE } from "../render/sample-articles.ts";
import type { WrittenFile } from "./jekyll-posts.ts";

const LARGEST_CACHE = 1e9;
const renderer = contentHash(["renderer"]);

/** Bundles a Jekyll site: its articles by the path of their file, and a function that looks up addresses as the Worker does. */
export function openJekyllSite(
  posts: readonly WrittenFile[],
  addresses: AddressSettings,
  timeZone: string,
): {
  readonly articles: ReadonlyMap<string, BundledArticle>;
  readonly ask: (path: string) => Promise<Redirect | null>;
  /** The same by an isolate that has read nothing, and how many values it reads. */
  readonly askCold: (path: string) => Promise<{ redirect: Redirect | null; reads: number }>;
} {
  const site = { ...SITE, timeZone };
  const read = posts.map(({ path, text }) => {
    const found = { file: path, path, source: ".", pathInSource: path, folder: PLAIN_FOLDER };
    const outcome = readArticle(Buffer.from(text), found, {
      site,
      splitNames: true,
      markdown: MARKDOWN,
      addresses,
      nowEpochSeconds: Number.MAX_SAFE_INTEGER,
      findLocalFile: () => failed({ reason: "missing" }),
    });
    if (outcome.kind === "skipped") throw new Error(JSON.stringify(outcome));
    return storeArticle(outcome.article);
  });
  const { articles } = resolveConflicts(read);
  const release = planRelease({
    site,
    categoryTitles: new Map(),
    articles,
    redirects: new Map(
      articles.flatMap(({ id, redirects, guessedRedirects }) =>
        [...redirects, ...guessedRedirects].map((path): [string, Redirect] => [
          path,
          { kind: "article", id },
        ]),
      ),
    ),
    prerenderedFeeds: 0,
    articlesPerPack: 128,
    cards: 0,
    drawCard: async () => new Uint8Array(),
    renderers: { rss: renderer, atom: renderer, json: renderer, page: renderer },
  });
  const manifest = Manifest.open(release.manifestAfter({ previous: null, now: 0 }));
  if (!manifest.ok) throw new Error(manifest.failure.detail);
  const values = new Map(release.values.map(({ key, encode }) => [key, encode]));
  let reads = 0;
  const source = {
    get: async (key: string): Promise<ArrayBuffer | null> => {
      reads += 1;
      const value = await values.get(key)?.();
      return value === undefined ? null : new Uint8Array(value).buffer;
    },
  };
  const find = async (written: string, cache: ValueCache<Pack>): Promise<Redirect | null> => {
    const path = percentDecoded(canonicalPath(written)) ?? "";
    const { likely, late } = identitiesOfPermalink(path);
    const store = new ReleaseStore(manifest.value, source, cache);
    const found = await findOldAddress(store, path, likely, late);
    if (!found.ok) throw new Error(found.failure.reason);
    return found.value;
  };
  const warm = new ValueCache<Pack>(LARGEST_CACHE);
  return {
    articles: new Map(articles.map((article) => [article.path, article])),
    ask: async (path) => find(path, warm),
    askCold: async (path) => {
      reads = 0;
      return { redirect: await find(path, new ValueCache<Pack>(LARGEST_CACHE)), reads };
    },
  };
}
