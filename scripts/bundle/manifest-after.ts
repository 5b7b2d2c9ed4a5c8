import type { FeedFormat } from "../../src/domain/feed-format.ts";
import { scopeKey } from "../../src/domain/scope.ts";
import { encodeManifest } from "../../src/store/encode-manifest.ts";
import type { Manifest } from "../../src/store/manifest.ts";
import type {
  DigestArrivals,
  EmptiedCategory,
  FormatRecord,
  FormatRecords,
  LateScope,
  MovedAddress,
  PlannedScope,
  ReleaseContents,
} from "../../src/store/release-contents.ts";
import { MOST_MOVED_ADDRESSES } from "../../src/store/release-contents.ts";
import type { Redirect } from "../../src/store/redirect-entry.ts";
import type { SearchRecord } from "../../src/store/search-layout.ts";
import { feedBasis, feedDigest } from "./feed-digest.ts";
import { emptiedCategories } from "./plan-empty-categories.ts";
import type { RendererHashes } from "../program/renderer-hashes.ts";

/** What a manifest depends on besides the release's input: the release before, and the time. */
export interface History {
  /** The release before, from which unchanged feeds keep their moment of change; null for the first one. */
  readonly previous: Manifest | null;
  /** The moment of change for feeds that changed, in seconds since 1970. */
  readonly now: number;
  /** Old addresses that articles had in the release before, and have not any more; none by default. */
  readonly moved?: readonly MovedAddress[];
}

/** What feeds show because it came late. */
export interface ShownArrivals {
  readonly late: readonly LateScope[];
  readonly digestArrivals: DigestArrivals;
}

/** What a manifest says that neither the releases before nor the time decide. It is plain data, which can be kept. */
export type ManifestPlan = Pick<
  ReleaseContents,
  | "site"
  | "articleCount"
  | "cardsSince"
  | "pageBasis"
  | "hasAllTags"
  | "maps"
  | "renamed"
  | "pages"
  | "waysOn"
  | "onTime"
  | "searchEngines"
> & {
  readonly renderers: RendererHashes;
  /** All that the manifest knows, in the order of their keys. */
  readonly scopes: readonly Omit<PlannedScope, "changedAt">[];
  /** Absent where the site cannot be searched. */
  readonly search?: Omit<SearchRecord, "changedAt">;
};

/**
 * Writes the manifest of a release that follows another.
 *
 * @param redirects where old paths lead; asked for only if the release before has something that they decide
 */
export function manifestAfter(
  { renderers, scopes, search, ...plan }: ManifestPlan,
  redirects: () => ReadonlyMap<string, Redirect>,
  { late, digestArrivals }: ShownArrivals,
  history: History,
): Uint8Array {
  return encodeManifest({
    ...plan,
    formats: formatRecords(renderers, history),
    scopes: scopeRecords(scopes, late, history),
    emptied: emptiedAfter({ renderers, scopes, ...plan }, redirects, history),
    moved: movedAddresses(history, redirects),
    late,
    digestArrivals,
    ...(search === undefined ? {} : { search: searchRecord(search, history) }),
  });
}

function searchRecord(planned: Omit<SearchRecord, "changedAt">, history: History): SearchRecord {
  const before = history.previous?.search ?? null;
  const isSame = before?.digest === planned.digest;
  return { ...planned, changedAt: isSame ? before.changedAt : momentOfChange(history) };
}

function emptiedAfter(
  { site, renderers, scopes }: ManifestPlan,
  redirects: () => ReadonlyMap<string, Redirect>,
  { previous, now }: History,
): readonly EmptiedCategory[] {
  if (previous === null) return [];
  const context = { site, renderers, basis: feedBasis(site), categoryTitle: String };
  return emptiedCategories(
    previous,
    scopes,
    redirects,
    (category) => feedDigest(category, [], "", context),
    momentOfChange({ previous, now }),
  );
}

function scopeRecords(
  scopes: ManifestPlan["scopes"],
  late: readonly LateScope[],
  history: History,
): readonly PlannedScope[] {
  const moment = momentOfChange(history);
  const lateDigests = new Map(late.map(({ scope, digest }) => [scopeKey(scope), digest]));
  return scopes.map((planned) => {
    const before = history.previous?.scope(planned.scope) ?? null;
    const digest = lateDigests.get(scopeKey(planned.scope)) ?? planned.datedDigest;
    return { ...planned, changedAt: before?.digest === digest ? before.changedAt : moment };
  });
}

/** The old addresses that only earlier releases know, the newest first: those that lead elsewhere now are left out. */
function movedAddresses(
  { previous, moved = [] }: History,
  redirects: () => ReadonlyMap<string, Redirect>,
): readonly MovedAddress[] {
  const all = new Map([
    ...moved.map(({ path, id }) => [path, id] as const),
    ...(previous?.movedAddresses() ?? []),
  ]);
  return Array.from(all, ([path, id]) => ({ path, id }))
    .filter(({ path }) => !redirects().has(path))
    .slice(0, MOST_MOVED_ADDRESSES);
}

function formatRecords(renderers: RendererHashes, history: History): FormatRecords {
  const moment = momentOfChange(history);
  const record = (format: FeedFormat): FormatRecord => {
    const renderer = renderers[format];
    const before = history.previous?.formats[format];
    return { renderer, changedAt: before?.renderer === renderer ? before.changedAt : moment };
  };
  return { rss: record("rss"), atom: record("atom"), json: record("json") };
}

/**
 * The moment of everything that a release changes, in seconds since 1970. It is at least a second, the grain of
 * `Last-Modified`, after every earlier change, whatever the clock says, so that the latest moment of several things
 * identifies the state of them all.
 */
function momentOfChange({ previous, now }: History): number {
  if (previous === null) return now;
  const changed = [
    ...previous.scopes(),
    ...Object.values(previous.formats),
    ...(previous.search === null ? [] : [previous.search]),
  ];
  return changed.reduce((latest, { changedAt }) => Math.max(latest, changedAt + 1), now);
}
