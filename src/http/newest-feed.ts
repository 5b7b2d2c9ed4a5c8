import type { ArticleRef } from "../domain/article.ts";
import { compareNewestFirst } from "../domain/article.ts";
import type { ScopedTopic } from "../domain/combination.ts";
import { combinedTitle, scopesOf } from "../domain/combination.ts";
import { feedWindow, reachOf, withLateArticles } from "../domain/feed-window.ts";
import { feedPath } from "../domain/links.ts";
import { allOk } from "../domain/result.ts";
import type { Manifest } from "../store/manifest.ts";
import type { ScopeRecord } from "../store/release-contents.ts";
import type { PrerenderedView } from "../store/prerendered-feed.ts";
import { absentTopic } from "./absent-topic.ts";
import type { AppContext } from "./env.ts";
import type { FeedState, WantedFeed } from "./feed-responses.ts";
import {
  feed,
  feedNotModified,
  feedState,
  feedUnavailable,
  isCurrentFeed,
} from "./feed-responses.ts";
import { keptFeed, renderedFeed } from "./rendered-feed.ts";

/**
 * The newest articles of a topic, and what came late; a combination merges those of its scopes, each article once. A 304 takes no read
 * where the manifest knows all scopes. A prerendered feed takes one read; any other reads the heads of its scopes, then
 * all packs with the articles at once.
 */
export async function newestFeed(
  context: AppContext,
  topic: ScopedTopic,
  wanted: WantedFeed<PrerenderedView>,
): Promise<Response> {
  const store = context.get("store");
  const { manifest } = store;
  const record = topic.kind === "combination" ? null : manifest.scope(topic);
  const known =
    record === null ? stateOf(manifest, topic, wanted) : stateOfScope(manifest, record, wanted);
  if (known !== null && isCurrentFeed(context, known)) return feedNotModified(context, known);
  const prerendered = record?.prerendered ?? null;
  if (known !== null && prerendered !== null) {
    const document = await store.prerendered(prerendered, wanted.format, wanted.view);
    return document.ok
      ? feed(context, { bytes: document.value, isGzipped: true }, known)
      : feedUnavailable(document.failure);
  }
  const kept = known === null ? null : keptFeed(context, known);
  if (kept !== null) return kept;

  const scopes = scopesOf(topic);
  const found = allOk(await Promise.all(scopes.map(async (scope) => store.head(scope))));
  if (!found.ok) return feedUnavailable(found.failure);
  const parts = scopes.flatMap((scope, index) => {
    const head = found.value[index] ?? null;
    const late = manifest.late(scope);
    // A tag that is too rare for a record may have late articles all the same.
    return head === null ? [] : [{ ...head, digest: late?.digest ?? head.digest, late }];
  });
  if (parts.length === 0) {
    return absentTopic(
      context,
      topic,
      (other) => feedPath(other, wanted.format, null, wanted.view),
      "readers",
    );
  }
  const state = known ?? stateFrom(manifest, topic, wanted, parts, null);
  if (isCurrentFeed(context, state)) return feedNotModified(context, state);
  const refs = withLateArticles<ArticleRef>(
    feedWindow(merged(parts.map(({ newest }) => newest)), reachOf(topic, manifest.site)),
    parts.flatMap(({ late }) => late?.articles ?? []),
  );
  const title = combinedTitle(parts.map((part) => part.title));
  return renderedFeed(context, state, title, refs, scopes.length);
}

/** The articles of several lists, each once, newest first as in each list. */
function merged(lists: readonly (readonly ArticleRef[])[]): readonly ArticleRef[] {
  const [first = [], ...others] = lists;
  if (others.length === 0) return first;
  const byId = new Map(lists.flat().map((ref) => [ref.id, ref]));
  return [...byId.values()].toSorted(compareNewestFirst);
}

/** Feed states that were made before, by scope record and wanted format. */
const statesOfScopes = new WeakMap<ScopeRecord, Map<string, FeedState>>();

/**
 * The state is made once per isolate, since it cannot change within a release and most requests are polls that find
 * nothing new.
 */
function stateOfScope(manifest: Manifest, record: ScopeRecord, wanted: WantedFeed): FeedState {
  const states = statesOfScopes.get(record) ?? new Map<string, FeedState>();
  statesOfScopes.set(record, states);
  const name = `${wanted.format} ${wanted.view} ${wanted.isNegotiated}`;
  const state =
    states.get(name) ?? stateFrom(manifest, record.scope, wanted, [record], record.changedAt);
  states.set(name, state);
  return state;
}

/** The state of a topic; null where the manifest lacks one of its scopes. */
function stateOf(manifest: Manifest, topic: ScopedTopic, wanted: WantedFeed): FeedState | null {
  const scopes = scopesOf(topic);
  const records = scopes.flatMap((scope) => manifest.scope(scope) ?? []);
  if (records.length < scopes.length) return null;
  const changedAt = Math.max(...records.map((record) => record.changedAt));
  return stateFrom(manifest, topic, wanted, records, changedAt);
}

function stateFrom(
  manifest: Manifest,
  topic: ScopedTopic,
  wanted: WantedFeed,
  parts: readonly Pick<ScopeRecord, "digest" | "newestPage">[],
  changedAt: number | null,
): FeedState {
  const digests = parts.map(({ digest }) => digest);
  const newestPage = topic.kind === "combination" ? null : (parts[0]?.newestPage ?? null);
  const previousPage = newestPage === "" ? null : newestPage;
  const document = { ...wanted, topic, page: null, previousPage, nextPage: null };
  return feedState(manifest, document, digests, changedAt);
}
