import { compareNewestFirst } from "../domain/article.ts";
import type { Combination } from "../domain/combination.ts";
import { allOk } from "../domain/result.ts";
import type { Manifest } from "../store/manifest.ts";
import type { Validators } from "./conditional.ts";
import type { AppContext } from "./env.ts";
import type { WantedFormat } from "./feed-responses.ts";
import {
  feedNotFound,
  feedNotModified,
  feedState,
  feedUnavailable,
  isCurrentFeed,
  newestFeed,
} from "./feed-responses.ts";
import { feedValidators } from "./feed-validators.ts";
import { renderedFeed } from "./rendered-feed.ts";
import { combinedTitle } from "../store/scope-titles.ts";

/** `?category=a&tag=b`: the newest articles of several scopes, each once. 304 without a read where all are known. */
export async function combinedFeed(
  context: AppContext,
  topic: Combination,
  wanted: WantedFormat,
): Promise<Response> {
  const store = context.get("store");
  const { manifest } = store;
  const { site } = manifest;
  const address = newestFeed(site, topic, wanted, "");
  const known = knownValidators(manifest, topic, wanted);
  const knownState = known === null ? null : feedState(address, known);
  if (knownState !== null && isCurrentFeed(context, knownState)) return feedNotModified(knownState);

  const found = allOk(await Promise.all(topic.scopes.map(async (scope) => store.head(scope))));
  if (!found.ok) return feedUnavailable(found.failure);
  const heads = found.value.filter((head) => head !== null);
  if (heads.length === 0) return feedNotFound();
  const digests = heads.map(({ digest }) => digest);
  const state =
    knownState ?? feedState(address, feedValidators(manifest, wanted.format, digests, null));
  if (isCurrentFeed(context, state)) return feedNotModified(state);

  const byId = new Map(heads.flatMap(({ newest }) => newest).map((ref) => [ref.id, ref]));
  const refs = [...byId.values()].toSorted(compareNewestFirst).slice(0, site.feedLength);
  const title = combinedTitle(heads.map((head) => head.title));
  return renderedFeed(context, { state, title, refs });
}

/** Null where the manifest does not know all of the scopes. */
function knownValidators(
  manifest: Manifest,
  { scopes }: Combination,
  { format }: WantedFormat,
): Validators | null {
  const records = scopes.flatMap((scope) => manifest.scope(scope) ?? []);
  if (records.length < scopes.length) return null;
  // Whatever changes does so later than all that changed before, so that the latest moment names the state of them all.
  const changedAt = Math.max(...records.map((record) => record.changedAt));
  const digests = records.map(({ digest }) => digest);
  return feedValidators(manifest, format, digests, changedAt);
}
