import type { FeedFormat } from "../domain/feed-format.ts";
import { FEED_FORMATS, FEED_FORMAT_NAMES } from "../domain/feed-format.ts";
import { feedPath } from "../domain/links.ts";
import type { Scope } from "../domain/scope.ts";
import { SITE_SCOPE } from "../domain/scope.ts";
import { renderFeed } from "../render/feed.ts";
import type { ContentHash } from "../store/content-hash.ts";
import { categoryTitles } from "./category-titles.ts";
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

  const record = directory.scope(scope);
  if (record !== null) {
    const validators = feedValidators(record.digest, format, record.changedAt);
    if (isCurrent(context, validators)) {
      return feedNotModified(directory.site, scope, format, validators);
    }
    if (record.edition !== null) {
      const document = await store.edition(record.edition, format);
      return document.ok
        ? gzippedFeed(document.value, directory.site, scope, format, validators)
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
  const validators = feedValidators(digest, format, changedAt);
  if (isCurrent(context, validators)) return feedNotModified(site, scope, format, validators);

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
  return feed(document, site, scope, format, validators);
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
