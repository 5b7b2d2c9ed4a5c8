import { feedPath } from "../domain/links.ts";
import type { Scope } from "../domain/scope.ts";
import type { Manifest, ScopeRecord } from "../store/manifest.ts";
import { absentScope } from "./absent-scope.ts";
import type { AppContext } from "./env.ts";
import {
  feed,
  feedNotFound,
  feedNotModified,
  feedState,
  feedUnavailable,
  isCurrentFeed,
  newestFeed,
} from "./feed-responses.ts";
import type { FeedState, WantedFormat } from "./feed-responses.ts";
import { feedValidators } from "./feed-validators.ts";
import { keptFeed, renderedFeed } from "./rendered-feed.ts";

/** The newest articles of a scope. 304 without a read where the manifest knows the scope; a finished document takes one. */
export async function scopeFeed(
  context: AppContext,
  scope: Scope,
  wanted: WantedFormat,
): Promise<Response> {
  const store = context.get("store");
  const { manifest } = store;
  const record = manifest.scope(scope);
  if (record === null) return feedFromHead(context, scope, wanted, null);

  const state = knownState(manifest, record, wanted);
  if (isCurrentFeed(context, state)) return feedNotModified(state);
  if (record.prerendered === null) {
    return keptFeed(context, state) ?? feedFromHead(context, scope, wanted, state);
  }

  const document = await store.prerendered(record.prerendered, wanted.format);
  return document.ok
    ? feed(context, { bytes: document.value, isGzipped: true }, state)
    : feedUnavailable(document.failure);
}

/** By record and by what was wanted of it. */
const knownStates = new WeakMap<ScopeRecord, Map<string, FeedState>>();

/** Made once in an isolate: in a release nothing of it changes, and most requests are polls that find nothing new. */
function knownState(manifest: Manifest, record: ScopeRecord, wanted: WantedFormat): FeedState {
  const states = knownStates.get(record) ?? new Map<string, FeedState>();
  knownStates.set(record, states);
  const name = `${wanted.format} ${wanted.isNegotiated}`;
  const state =
    states.get(name) ??
    feedState(
      newestFeed(manifest.site, record.scope, wanted, record.newestPage),
      feedValidators(manifest, wanted.format, [record.digest], record.changedAt),
    );
  states.set(name, state);
  return state;
}

/**
 * A feed without a finished document: its head, and then all packs that hold its articles at once.
 *
 * @param known what the manifest tells of it; null for a tag that it does not hold
 */
async function feedFromHead(
  context: AppContext,
  scope: Scope,
  wanted: WantedFormat,
  known: FeedState | null,
): Promise<Response> {
  const store = context.get("store");
  const head = await store.head(scope);
  if (!head.ok) return feedUnavailable(head.failure);
  if (head.value === null) {
    return scope.kind === "site"
      ? feedNotFound()
      : absentScope(context, scope, (other) => feedPath(other, wanted.format), "readers");
  }
  const { title, digest, newest, newestPage } = head.value;
  const state =
    known ??
    feedState(
      newestFeed(store.manifest.site, scope, wanted, newestPage),
      feedValidators(store.manifest, wanted.format, [digest], null),
    );
  if (isCurrentFeed(context, state)) return feedNotModified(state);
  return renderedFeed(context, { state, title, refs: newest });
}
