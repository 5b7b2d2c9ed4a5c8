import pMap from "p-map";
import { errorDetail } from "../terminal/error-detail.ts";
import { gunzipSync } from "node:zlib";
import type { FeedFormat } from "../../src/domain/feed-format.ts";
import { FEED_FORMAT_NAMES } from "../../src/domain/feed-format.ts";
import { feedPath, sharePath } from "../../src/domain/links.ts";
import type { Result } from "../../src/domain/result.ts";
import { ok } from "../../src/domain/result.ts";
import type { ShareId } from "../../src/domain/share-id.ts";
import { renderFeed } from "../../src/render/feed.ts";
import type { ScopeRecord } from "../../src/store/manifest.ts";
import type { ReleaseStore, StoreFailure } from "../../src/store/release-store.ts";
import type { IO } from "../terminal/io.ts";

/** What was looked at, and what of it is not as the release has it. */
export interface SiteReport {
  readonly feeds: number;
  readonly pages: number;
  /** An address, and what is wrong there. */
  readonly differences: readonly string[];
}

export interface SampleSize {
  /** Scopes, the busiest first; each has three feeds. */
  readonly scopes: number;
  readonly pages: number;
}

const AT_ONCE = { concurrency: 4 };
const TIMEOUT_MILLISECONDS = 30_000;

/**
 * Fetches feeds and a sample of share pages from the public address, and compares them with what the release says.
 *
 * @param store of the release, over the namespace
 * @param ids to choose pages from
 */
export async function verifySite(
  store: ReleaseStore,
  ids: readonly ShareId[],
  sample: SampleSize,
  io: IO,
): Promise<SiteReport> {
  const { manifest } = store;
  const origin = manifest.site.url;
  const differences: string[] = [];
  const note = (path: string, difference: string | null): void => {
    if (difference !== null) differences.push(`${origin}${path}: ${difference}`);
  };
  const health = await fetchBytes(`${origin}/healthz`, io);
  const served = new TextDecoder().decode(health.bytes);
  if (health.status === 0) {
    // Nothing else would answer either.
    note("/healthz", `does not answer: ${health.detail}; is the domain set to the Worker?`);
    return { feeds: 0, pages: 0, differences };
  }
  if (!served.includes(`"${manifest.release}"`)) {
    note("/healthz", `serves another release than "${manifest.release}": ${served.slice(0, 120)}`);
  }
  const scopes = manifest
    .scopes()
    .toSorted((a, b) => b.count - a.count)
    .slice(0, sample.scopes);
  const feeds = scopes.flatMap((record) => FEED_FORMAT_NAMES.map((format) => ({ record, format })));
  await pMap(
    feeds,
    async ({ record, format }) => {
      const path = feedPath(record.scope, format);
      note(path, await compareFeed(store, record, format, origin + path, io));
    },
    AT_ONCE,
  );
  const pages = Array.from(
    { length: Math.min(sample.pages, ids.length) },
    () => ids[Math.floor(io.random() * ids.length)],
  ).filter((id) => id !== undefined);
  await pMap(
    pages,
    async (id) => {
      note(sharePath(id), await comparePage(store, id, origin + sharePath(id), io));
    },
    AT_ONCE,
  );
  return { feeds: feeds.length, pages: pages.length, differences };
}

/** Null where the feed is what it should be. */
async function compareFeed(
  store: ReleaseStore,
  record: ScopeRecord,
  format: FeedFormat,
  url: string,
  io: IO,
): Promise<string | null> {
  const expected = await expectedFeed(store, record, format);
  if (!expected.ok) return `KV does not have it: ${describeStore(expected.failure)}`;
  const { status, bytes, detail } = await fetchBytes(url, io);
  if (status !== 200) return `answers ${status} ${detail}`;
  return Buffer.from(bytes).equals(expected.value) ? null : "differs from the release";
}

async function expectedFeed(
  store: ReleaseStore,
  { scope, title, prerendered, newestPage }: ScopeRecord,
  format: FeedFormat,
): Promise<Result<Uint8Array, StoreFailure>> {
  if (prerendered !== null) {
    const document = await store.prerendered(prerendered, format);
    return document.ok ? ok(gunzipSync(document.value)) : document;
  }
  const head = await store.head(scope);
  if (!head.ok) return head;
  const articles = await store.articles((head.value?.newest ?? []).map(({ id }) => id));
  if (!articles.ok) return articles;
  const { manifest } = store;
  return ok(
    renderFeed(
      {
        site: manifest.site,
        topic: scope,
        title,
        articles: articles.value,
        categoryTitle: manifest.categoryTitle,
        page: null,
        previousPage: newestPage === "" ? null : newestPage,
        nextPage: null,
      },
      format,
    ),
  );
}

/** A page holds its article's bytes as they are stored. */
async function comparePage(
  store: ReleaseStore,
  id: ShareId,
  url: string,
  io: IO,
): Promise<string | null> {
  const article = await store.article(id);
  if (!article.ok) return `KV does not have it: ${describeStore(article.failure)}`;
  if (article.value === null) return "is not in the release";
  const { status, bytes, detail } = await fetchBytes(url, io);
  if (status !== 200) return `answers ${status} ${detail}`;
  return Buffer.from(bytes).includes(Buffer.from(article.value.body))
    ? null
    : "does not show the article";
}

interface Fetched {
  /** 0 where there was no answer. */
  readonly status: number;
  readonly bytes: Uint8Array;
  readonly detail: string;
}

async function fetchBytes(url: string, io: IO): Promise<Fetched> {
  try {
    const response = await io.fetch(url, {
      cache: "no-store",
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    });
    const bytes = new Uint8Array(await response.arrayBuffer());
    return { status: response.status, bytes, detail: response.statusText };
  } catch (error) {
    return { status: 0, bytes: new Uint8Array(), detail: errorDetail(error) };
  }
}

function describeStore(failure: StoreFailure): string {
  return failure.reason === "value-missing"
    ? `"${failure.key}" is missing`
    : `"${failure.key}": ${failure.detail}`;
}
