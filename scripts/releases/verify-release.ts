import { gunzipSync } from "node:zlib";
import pMap from "p-map";
import type { ArticleRef } from "../../src/domain/article.ts";
import type { FeedFormat } from "../../src/domain/feed-format.ts";
import { FEED_FORMAT_NAMES } from "../../src/domain/feed-format.ts";
import { feedWindow, reachOf, withLateArticles } from "../../src/domain/feed-window.ts";
import { feedPath, sharePath } from "../../src/domain/links.ts";
import { failed, mapped, ok } from "../../src/domain/result.ts";
import type { ShareId } from "../../src/domain/share-id.ts";
import { limitsOnRequest, withBodiesThatFit } from "../../src/render/feed-bodies.ts";
import { renderFeed } from "../../src/render/feed.ts";
import { feedWords } from "../../src/render/feed-words.ts";
import { renderRobots } from "../../src/render/robots.ts";
import type { ScopeRecord } from "../../src/store/release-contents.ts";
import { isSitePageKey } from "../../src/store/page-entry.ts";
import { Pack, inflateBody, packKey } from "../../src/store/pack.ts";
import type { ReleaseStore, StoreResult } from "../../src/store/release-store.ts";
import { EXIT_FAILED } from "../publish/exit-codes.ts";
import { readRecord } from "../publish/release-record.ts";
import { keptKeys, missingKeys } from "../publish/missing-keys.ts";
import type { ReadableRelease } from "../publish/readable-release.ts";
import { openRelease } from "../publish/readable-release.ts";
import { counted } from "../terminal/counted.ts";
import type { Answer } from "../terminal/fetch-answer.ts";
import { fetchAnswer } from "../terminal/fetch-answer.ts";
import type { IO } from "../terminal/io.ts";
import { joinLines } from "../terminal/join-lines.ts";
import type { ReleasedSite, VerbResult } from "./verb-answer.ts";
import { done } from "./verb-answer.ts";

const PACK_CACHE_BYTES = 64 * 1024 * 1024;
const SAMPLES_AT_ONCE = 4;
const TIMEOUT_MILLISECONDS = 30_000;
/** https://developers.cloudflare.com/bots/additional-configurations/managed-robots-txt/ */
const MANAGED_RULES = /^# BEGIN Cloudflare Managed content/im;

/** `verify`: compares the public site with a release, and looks whether KV has all of its values. */
export async function verifyRelease({
  namespace,
  live,
  settings,
  options,
  io,
}: ReleasedSite): VerbResult {
  const release = options.names[0] ?? live.release;
  if (release === null) return failed({ reason: "nothing-to-verify" });
  const record = await readRecord(namespace, release);
  if (!record.ok) return record;
  const { manifest } = record.value;
  const missing = await missingKeys(namespace, keptKeys(record.value));
  if (!missing.ok) return missing;
  const readable = { manifest, read: namespace.get };
  const scopes = manifest
    .scopes()
    .toSorted((a, b) => b.count - a.count)
    .slice(0, options.feeds);
  const ids = await someIds(readable, options.pages);
  const pages = Array.from(
    { length: Math.min(options.pages, ids.length) },
    () => ids[Math.floor(io.random() * ids.length)],
  ).filter((id) => id !== undefined);
  const store = openRelease(readable, PACK_CACHE_BYTES);
  const report = await compareSite(store, { scopes, pages, isIndexed: settings.isIndexed }, io);
  const differences = [...missing.value.map((key) => `KV lacks "${key}"`), ...report.differences];
  const looked = `Looked at ${counted(report.feeds, "feed")} and ${counted(report.pages, "page")} of ${manifest.site.url}, and for all values in KV`;
  const isSame = differences.length === 0;
  const text = joinLines(
    isSame
      ? `${looked}: all is as release ${release} has it`
      : `${looked}: ${counted(differences.length, "difference")}`,
    differences.map((line) => `  ${line}`),
    report.notes,
  );
  return done({ release, ...report, differences }, text, isSame ? 0 : EXIT_FAILED);
}

/** Share ids from a few packs over the whole release, more than `count`, to choose a sample from. */
async function someIds(
  { manifest, read }: ReadableRelease,
  count: number,
): Promise<readonly ShareId[]> {
  const packs = manifest.packs("articles").toReversed();
  const ids: ShareId[] = [];
  const step = Math.max(1, Math.floor(packs.length / Math.max(1, count)));
  for (const { hash } of packs.filter((_, index) => index % step === 0)) {
    if (ids.length >= count * 50) break;
    const value = await read(packKey(hash));
    if (!value.ok || value.value === null) continue;
    const pack = Pack.open(value.value, hash);
    if (!pack.ok) continue;
    for (let row = 0; row < pack.value.keys.count; row += 1) {
      const key = pack.value.keys.key(row);
      if (!isSitePageKey(key)) ids.push(new TextDecoder().decode(key) as ShareId);
    }
  }
  return ids;
}

/** How many feeds and pages were compared, and what differs from the release. */
interface SiteReport {
  readonly feeds: number;
  readonly pages: number;
  /** An address, and what is wrong there. */
  readonly differences: readonly string[];
  /** What is otherwise than the Worker has it, but may be meant to be. */
  readonly notes: readonly string[];
}

/** What of a site is compared. */
interface Sample {
  /** The scopes whose three feeds are compared. */
  readonly scopes: readonly ScopeRecord[];
  readonly pages: readonly ShareId[];
  /** Whether search engines may show the site, which `/robots.txt` tells them. */
  readonly isIndexed: boolean;
}

/** Fetches feeds, share pages and `/robots.txt` from the public address, and compares them with the release. */
async function compareSite(
  store: ReleaseStore,
  { scopes, pages, isIndexed }: Sample,
  io: IO,
): Promise<SiteReport> {
  const { release, site } = store.manifest;
  const differences: string[] = [];
  const notes: string[] = [];
  const note = (path: string, difference: string): void => {
    differences.push(`${site.url}${path}: ${difference}`);
  };
  const health = await fetchFresh(`${site.url}/healthz`, io);
  const served = new TextDecoder().decode(health.bytes);
  if (health.status === 0) {
    // No other address would answer either.
    note("/healthz", `does not answer: ${health.statusText}; is the domain set to the Worker?`);
    return { feeds: 0, pages: 0, differences, notes };
  }
  if (!served.includes(`"${release}"`)) {
    note("/healthz", `serves another release than "${release}": ${served.slice(0, 120)}`);
  }
  const compare = async (
    path: string,
    stored: Awaited<StoreResult<Uint8Array>>,
    isShown: (bytes: Buffer, expected: Buffer) => boolean,
    otherwise: string,
  ): Promise<void> => {
    if (!stored.ok) {
      const { failure } = stored;
      const what = failure.reason === "value-missing" ? " is missing" : `: ${failure.detail}`;
      note(path, `KV does not have it: "${failure.key}"${what}`);
      return;
    }
    const { status, statusText, bytes } = await fetchFresh(site.url + path, io);
    if (status !== 200) note(path, `answers ${status} ${statusText}`);
    else if (!isShown(Buffer.from(bytes.buffer), Buffer.from(stored.value))) note(path, otherwise);
  };
  const robots = await fetchFresh(`${site.url}/robots.txt`, io);
  const rules = new TextDecoder().decode(robots.bytes);
  const expected = renderRobots(site, isIndexed);
  if (robots.status !== 200) note("/robots.txt", `answers ${robots.status} ${robots.statusText}`);
  else if (MANAGED_RULES.test(rules) && rules.endsWith(expected)) {
    notes.push(
      `Cloudflare puts its managed robots.txt before that of ${site.url}; if that is not meant to be, turn it off in the dashboard (the domain, Security, Settings, Bot traffic)`,
    );
  } else if (rules !== expected) note("/robots.txt", `is not the site's own: ${beginning(rules)}`);
  const feeds = scopes.flatMap((record) => FEED_FORMAT_NAMES.map((format) => ({ record, format })));
  const atOnce = { concurrency: SAMPLES_AT_ONCE };
  await pMap(
    feeds,
    async ({ record, format }) => {
      const stored = await storedFeed(store, record, format);
      const path = feedPath(record.scope, format);
      await compare(path, stored, (bytes, feed) => bytes.equals(feed), "differs from the release");
    },
    atOnce,
  );
  await pMap(
    pages,
    async (id) => {
      const stored = await storedBody(store, id);
      const isShown = (bytes: Buffer, body: Buffer): boolean => bytes.includes(body);
      await compare(sharePath(id), stored, isShown, "does not show the article");
    },
    atOnce,
  );
  return { feeds: feeds.length, pages: pages.length, differences, notes };
}

/** The beginning of a text, on one line. */
function beginning(text: string): string {
  return JSON.stringify(text.slice(0, 120));
}

async function storedFeed(
  store: ReleaseStore,
  { scope, title, prerendered, newestPage }: ScopeRecord,
  format: FeedFormat,
): StoreResult<Uint8Array> {
  if (prerendered !== null) {
    return mapped(await store.prerendered(prerendered, format), (zipped) => gunzipSync(zipped));
  }
  const head = await store.head(scope);
  if (!head.ok) return head;
  const { site, categoryTitle } = store.manifest;
  const late = store.manifest.late(scope)?.articles ?? [];
  const refs = withLateArticles<ArticleRef>(
    feedWindow(head.value?.newest ?? [], reachOf(scope, store.manifest.site)),
    late,
  );
  // One read is that of the head.
  const limits = limitsOnRequest(refs.length);
  const stored = await store.feedArticles(refs, limits.entries, 1);
  return mapped(stored, (newest) =>
    renderFeed(
      {
        site,
        hubUrl: site.hub,
        topic: scope,
        title,
        articles: withBodiesThatFit(newest, limits).map((article) => ({
          ...article,
          body: article.body === null ? null : inflateBody(article.body),
        })),
        readOn: feedWords(site, scope).readOn,
        categoryTitle,
        page: null,
        previousPage: newestPage === "" ? null : newestPage,
        nextPage: null,
      },
      format,
    ),
  );
}

/** The stored bytes of an article's body, which its page contains unchanged. */
async function storedBody(store: ReleaseStore, id: ShareId): StoreResult<Uint8Array> {
  const article = await store.article(id);
  if (!article.ok) return article;
  return article.value === null
    ? failed({ reason: "value-missing", key: sharePath(id) })
    : ok(article.value.body);
}

async function fetchFresh(url: string, io: IO): Promise<Answer> {
  const init = { cache: "no-store", redirect: "manual" } as const;
  return fetchAnswer(url, init, TIMEOUT_MILLISECONDS, io);
}
