import { feedPath } from "../domain/links.ts";
import type { Scope } from "../domain/scope.ts";
import type { ScopeRecord } from "../store/directory.ts";
import { absentFeed } from "./absent-feed.ts";
import type { AppContext } from "./env.ts";
import {
  feed,
  feedNotFound,
  feedNotModified,
  feedUnavailable,
  newestFeed,
} from "./feed-responses.ts";
import type { WantedFormat } from "./feed-responses.ts";
import { feedValidators, isCurrentFeed } from "./feed-validators.ts";
import { keptFeed, renderedFeed } from "./rendered-feed.ts";

/** The newest articles of a scope. 304 without a read where the directory knows the scope; a finished document takes one. */
export async function scopeFeed(
  context: AppContext,
  scope: Scope,
  wanted: WantedFormat,
): Promise<Response> {
  const store = context.get("store");
  const { directory } = store;
  const record = directory.scope(scope);
  if (record === null) return feedFromHead(context, scope, wanted, null);

  const address = newestFeed(directory.site, scope, wanted, record.newestPage);
  const validators = feedValidators([record.digest], wanted.format, record.changedAt);
  if (isCurrentFeed(context, validators)) return feedNotModified(address, validators);
  if (record.edition === null) {
    return keptFeed(context, address, validators) ?? feedFromHead(context, scope, wanted, record);
  }

  const document = await store.edition(record.edition, wanted.format);
  return document.ok
    ? feed(context, { bytes: document.value, isGzipped: true }, address, validators)
    : feedUnavailable(document.failure);
}

/** A feed without a finished document: its head, and then all packs that hold its articles at once. */
async function feedFromHead(
  context: AppContext,
  scope: Scope,
  wanted: WantedFormat,
  record: ScopeRecord | null,
): Promise<Response> {
  const store = context.get("store");
  const head = await store.head(scope);
  if (!head.ok) return feedUnavailable(head.failure);
  if (head.value === null) {
    return scope.kind === "site"
      ? feedNotFound()
      : absentFeed(context, scope, (topic) => feedPath(topic, wanted.format));
  }
  const { title, digest, newest, newestPage } = head.value;
  const address = newestFeed(store.directory.site, scope, wanted, newestPage);
  const validators = feedValidators([digest], wanted.format, record?.changedAt ?? null);
  if (isCurrentFeed(context, validators)) return feedNotModified(address, validators);
  return renderedFeed(context, { address, validators, title, refs: newest });
}
