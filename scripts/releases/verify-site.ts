import pMap from "p-map";
import { errorDetail } from "../terminal/error-detail.ts";
import { gunzipSync } from "node:zlib";
import type { FeedFormat } from "../../src/domain/feed-format.ts";
import { FEED_FORMAT_NAMES } from "../../src/domain/feed-format.ts";
import { feedPath, sharePath } from "../../src/domain/links.ts";
import { failed, ok } from "../../src/domain/result.ts";
import type { ShareId } from "../../src/domain/share-id.ts";
import { renderFeed } from "../../src/render/feed.ts";
import type { ScopeRecord } from "../../src/store/manifest.ts";
import type { ReleaseStore, StoreFailure, StoreResult } from "../../src/store/release-store.ts";
import type { IO } from "../terminal/io.ts";

/** What was looked at, and what of it is not as the release has it. */
export interface SiteReport {
  readonly feeds: number;
  readonly pages: number;
  /** An address, and what is wrong there. */
  readonly differences: readonly string[];
}

const SAMPLES_AT_ONCE = 4;
const TIMEOUT_MILLISECONDS = 30_000;

/**
 * Fetches feeds and share pages from the public address, and compares them with what the release says.
 *
 * @param store of the release, over the namespace
 * @param scopes whose feeds are compared, three each
 * @param pages share ids
 */
export async function verifySite(
  store: ReleaseStore,
  scopes: readonly ScopeRecord[],
  pages: readonly ShareId[],
  io: IO,
): Promise<SiteReport> {
  const { release, site } = store.manifest;
  const differences: string[] = [];
  const note = (path: string, difference: string): void => {
    differences.push(`${site.url}${path}: ${difference}`);
  };
  const health = await fetchBytes(`${site.url}/healthz`, io);
  const served = health.bytes.toString();
  if (health.status === 0) {
    // Nothing else would answer either.
    note("/healthz", `does not answer: ${health.detail}; is the domain set to the Worker?`);
    return { feeds: 0, pages: 0, differences };
  }
  if (!served.includes(`"${release}"`)) {
    note("/healthz", `serves another release than "${release}": ${served.slice(0, 120)}`);
  }
  const feeds = scopes.flatMap((record) => FEED_FORMAT_NAMES.map((format) => ({ record, format })));
  const samples: readonly Sample[] = [
    ...feeds.map(({ record, format }) => ({
      path: feedPath(record.scope, format),
      stored: async () => storedFeed(store, record, format),
      isShown: (bytes: Buffer, feed: Uint8Array) => bytes.equals(feed),
      otherwise: "differs from the release",
    })),
    ...pages.map((id) => ({
      path: sharePath(id),
      stored: async () => storedBody(store, id),
      isShown: (bytes: Buffer, body: Uint8Array) => bytes.includes(Buffer.from(body)),
      otherwise: "does not show the article",
    })),
  ];
  await pMap(
    samples,
    async ({ path, stored, isShown, otherwise }) => {
      const expected = await stored();
      if (!expected.ok) {
        note(path, `KV does not have it: ${describeStore(expected.failure)}`);
        return;
      }
      const { status, bytes, detail } = await fetchBytes(site.url + path, io);
      if (status !== 200) note(path, `answers ${status} ${detail}`);
      else if (!isShown(bytes, expected.value)) note(path, otherwise);
    },
    { concurrency: SAMPLES_AT_ONCE },
  );
  return { feeds: feeds.length, pages: pages.length, differences };
}

/** An address, and what it has to show. */
interface Sample {
  readonly path: string;
  readonly stored: () => StoreResult<Uint8Array>;
  readonly isShown: (bytes: Buffer, stored: Uint8Array) => boolean;
  readonly otherwise: string;
}

async function storedFeed(
  store: ReleaseStore,
  { scope, title, prerendered, newestPage }: ScopeRecord,
  format: FeedFormat,
): StoreResult<Uint8Array> {
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
async function storedBody(store: ReleaseStore, id: ShareId): StoreResult<Uint8Array> {
  const article = await store.article(id);
  if (!article.ok) return article;
  return article.value === null
    ? failed({ reason: "value-missing", key: sharePath(id) })
    : ok(article.value.body);
}

interface Fetched {
  /** 0 where there was no answer. */
  readonly status: number;
  readonly bytes: Buffer;
  readonly detail: string;
}

async function fetchBytes(url: string, io: IO): Promise<Fetched> {
  try {
    const response = await io.fetch(url, {
      cache: "no-store",
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    return { status: response.status, bytes, detail: response.statusText };
  } catch (error) {
    return { status: 0, bytes: Buffer.alloc(0), detail: errorDetail(error) };
  }
}

function describeStore(failure: StoreFailure): string {
  return failure.reason === "value-missing"
    ? `"${failure.key}" is missing`
    : `"${failure.key}": ${failure.detail}`;
}
