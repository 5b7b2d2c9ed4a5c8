import { nearestPage, pageNeighbours } from "../domain/archive.ts";
import type { FeedFormat } from "../domain/feed-format.ts";
import { FEED_FORMATS, FEED_FORMAT_NAMES } from "../domain/feed-format.ts";
import { feedPath } from "../domain/links.ts";
import type { Scope } from "../domain/scope.ts";
import { SITE_SCOPE } from "../domain/scope.ts";
import { renderFeed } from "../render/feed.ts";
import type { ContentHash } from "../store/content-hash.ts";
import { categoryTitles, scopeTitle } from "./scope-titles.ts";
import type { Validators } from "./conditional.ts";
import { isFresh, weakEntityTag } from "./conditional.ts";
import type { AppContext } from "./env.ts";
import {
  feed,
  feedNotFound,
  feedNotModified,
  feedUnavailable,
  gzippedFeed,
} from "./feed-responses.ts";
import { findScope } from "./find-scope.ts";
import { movedTo } from "./responses.ts";

/** `{scope}/feed.xml`, `atom.xml`, `feed.json`: the newest articles of a scope. */
export async function scopeFeed(context: AppContext): Promise<Response> {
  const store = context.get("store");
  const { directory } = store;
  const format = formatOf(context.req.param("file"));
  const kind = context.req.param("kind");
  const found =
    kind === undefined
      ? ({ kind: "scope", scope: SITE_SCOPE } as const)
      : findScope(directory, kind, context.req.param("name"));
  if (format === null || found.kind === "none") return feedNotFound();
  if (found.kind === "elsewhere") return movedTo(feedPath(found.scope, format));
  const { scope } = found;
  const archivePage = context.req.query("page");
  if (archivePage !== undefined) return archivedFeed(context, scope, format, archivePage);

  const record = directory.scope(scope);
  if (record !== null) {
    const address = { site: directory.site, scope, format, page: null };
    const validators = feedValidators(record.digest, format, record.changedAt);
    if (isCurrent(context, validators)) {
      return feedNotModified(address, validators);
    }
    if (record.edition !== null) {
      const document = await store.edition(record.edition, format);
      return document.ok
        ? gzippedFeed(document.value, address, validators)
        : feedUnavailable(document.failure);
    }
  }
  return renderedFeed(context, scope, format, record?.changedAt ?? null);
}

/** A feed without an edition: its head, and then all packs that hold its articles at once. */
async function renderedFeed(
  context: AppContext,
  scope: Scope,
  format: FeedFormat,
  changedAt: number | null,
): Promise<Response> {
  const store = context.get("store");
  const { site } = store.directory;
  const head = await store.head(scope);
  if (!head.ok) return feedUnavailable(head.failure);
  if (head.value === null) return feedNotFound();
  const { title, digest, newest, newestPage } = head.value;
  const address = { site, scope, format, page: null };
  const validators = feedValidators(digest, format, changedAt);
  if (isCurrent(context, validators)) return feedNotModified(address, validators);

  const articles = await store.articles(newest.map(({ id }) => id));
  if (!articles.ok) return feedUnavailable(articles.failure);
  const document = renderFeed(
    {
      site,
      scope,
      title,
      articles: articles.value,
      categoryTitle: categoryTitles(store.directory),
      page: null,
      previousPage: newestPage === "" ? null : newestPage,
      nextPage: null,
    },
    format,
  );
  return feed(document, address, validators);
}

/** `?page=2022-01`: all articles of one archive page (RFC 5005, section 4). */
async function archivedFeed(
  context: AppContext,
  scope: Scope,
  format: FeedFormat,
  name: string,
): Promise<Response> {
  const store = context.get("store");
  const { site } = store.directory;
  const [found, archive] = await Promise.all([store.page(scope, name), store.pageIndex(scope)]);
  if (!found.ok) return feedUnavailable(found.failure);
  if (!archive.ok) return feedUnavailable(archive.failure);
  if (found.value === null) {
    const nearest = nearestPage(archive.value, name);
    return nearest === null ? feedNotFound() : movedTo(feedPath(scope, format, nearest));
  }
  const { digest, refs } = found.value;
  const { newer, older } = pageNeighbours(archive.value, name);
  const address = { site, scope, format, page: name };
  const state = [digest, newer ?? "", older ?? ""].join(".");
  const validators = { entityTag: weakEntityTag(`${state}.${format}`), lastModified: null };
  if (isCurrent(context, validators)) return feedNotModified(address, validators);

  const articles = await store.articles(refs.map(({ id }) => id));
  if (!articles.ok) return feedUnavailable(articles.failure);
  const document = renderFeed(
    {
      site,
      scope,
      title: scopeTitle(store.directory, scope),
      articles: articles.value,
      categoryTitle: categoryTitles(store.directory),
      page: name,
      previousPage: older,
      nextPage: newer,
    },
    format,
  );
  return feed(document, address, validators);
}

function feedValidators(
  digest: ContentHash,
  format: FeedFormat,
  lastModified: number | null,
): Validators {
  return { entityTag: weakEntityTag(`${digest}.${format}`), lastModified };
}

function isCurrent(context: AppContext, validators: Validators): boolean {
  return isFresh(
    {
      ifNoneMatch: context.req.header("If-None-Match") ?? null,
      ifModifiedSince: context.req.header("If-Modified-Since") ?? null,
    },
    validators,
  );
}

function formatOf(file: string | undefined): FeedFormat | null {
  return FEED_FORMAT_NAMES.find((name) => FEED_FORMATS[name].file === file) ?? null;
}
