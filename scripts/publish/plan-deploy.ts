import { MILLISECONDS_PER_SECOND } from "../../src/domain/moment.ts";
import { failed, mapped, ok } from "../../src/domain/result.ts";
import { Manifest } from "../../src/store/manifest.ts";
import type { MovedAddress } from "../../src/store/release-contents.ts";
import { MOST_MOVED_ADDRESSES } from "../../src/store/release-contents.ts";
import type { BundledSources } from "../bundle/bundled-site.ts";
import type { PlannedValue } from "../bundle/plan-release.ts";
import type { KvNamespace, ListedKey } from "../cloudflare/kv-namespace.ts";
import { readBoundNamespace } from "../cloudflare/worker-versions.ts";
import { KV_BINDING } from "../config/worker-config.ts";
import { REMOVED_FILE } from "../removed/read-removed.ts";
import { counted } from "../terminal/counted.ts";
import type { ArticleChanges, ReleaseChanges } from "./compare-releases.ts";
import { compareArticles, compareRest } from "./compare-releases.ts";
import type { DeployInput, Step } from "./deploy-input.ts";
import type { BrokenLinks } from "./broken-links.ts";
import { findBrokenLinks } from "./broken-links.ts";
import type { FollowedArticles } from "./follow-articles.ts";
import type { IndexRef } from "./index-ref.ts";
import type { PlannedIndex } from "./kept-index.ts";
import { NOTHING_FOLLOWED, followArticles } from "./follow-articles.ts";
import type { LiveSite } from "./live-site.ts";
import type { ReadValue } from "./readable-release.ts";
import { onlyOf, readRecord } from "./release-record.ts";
import { describeFollowed } from "./say-followed.ts";

/** How many paths a message names. */
const PATHS_SHOWN = 5;

/** A deploy under way: the release that is to go live, and the one before it. */
export interface ReleaseDraft extends DeployInput {
  readonly namespace: KvNamespace;
  readonly live: LiveSite;
  /** The live release; null if there is none, or if KV does not have it any more. */
  readonly previous: Manifest | null;
  /** Where the index of the live release is; null if it has none. */
  readonly previousIndex: IndexRef | null;
  /** What the release changes of the articles; null if there is none before, or it cannot be read any more. */
  readonly articles: ArticleChanges | null;
  readonly next: Manifest;
  /** The bytes of the next release's manifest. */
  readonly bytes: Uint8Array;
  /** Seconds since 1970. */
  readonly now: number;
}

/**
 * Makes the manifest that follows the live release, so that feeds that did not change keep their moment of change and show what
 * came late. Fails if
 * the live release is not in KV, unless it is the same one or may be replaced.
 */
export async function followOn(
  input: DeployInput,
  live: LiveSite,
  namespace: KvNamespace,
): Step<ReleaseDraft> {
  const record = live.release === null ? ok(null) : await readRecord(namespace, live.release);
  if (!record.ok && !["record-missing", "record-damaged"].includes(record.failure.reason)) {
    return record;
  }
  const { manifest: previous = null, index: previousIndex = null } =
    (record.ok ? record.value : null) ?? {};
  const now = Math.floor(input.io.now() / MILLISECONDS_PER_SECOND);
  const planned = openManifest(input.site.release.manifestAfter({ previous, now }));
  const { release } = live;
  const isUnknown = release !== null && previous === null && release !== planned.release;
  if (isUnknown && !input.mayReplace) {
    // What is there and cannot be read is not lost: half an answer may be all that is wrong with it.
    if (!record.ok && record.failure.reason === "record-damaged") return record;
    return failed({ reason: "live-unknown", worker: input.config.name, release });
  }
  const draft = { ...input, namespace, live, previous, previousIndex, now };
  if (previous === null) return ok(await draftAfter(draft, null));
  const values = valuesOfBoth(draft);
  const articles = await compareArticles(
    { manifest: previous, read: values.before },
    { manifest: planned, read: values.after },
  );
  if (articles.ok) return ok(await draftAfter(draft, articles.value));
  // Then nobody knows what came late either.
  const isLost = articles.failure.reason === "packs-lost";
  return isLost && input.mayReplace ? ok(await draftAfter(draft, null)) : articles;
}

/** @param articles what the release changes of them; null if there is no release before, or it cannot be read */
async function draftAfter(
  draft: Omit<ReleaseDraft, "articles" | "next" | "bytes">,
  articles: ArticleChanges | null,
): Promise<ReleaseDraft> {
  const { previous, now, site } = draft;
  const added = new Set(articles?.added.map(({ id }) => id));
  const release =
    previous === null ? site.release : await site.release.withArrivals({ previous, added, now });
  const bytes = release.manifestAfter({ previous, now });
  const next = openManifest(bytes);
  return { ...draft, site: { ...site, release }, articles, next, bytes };
}

function openManifest(bytes: Uint8Array): Manifest {
  const manifest = Manifest.open(bytes);
  if (!manifest.ok) throw new Error(manifest.failure.detail);
  return manifest.value;
}

/**
 * Whether release and code are live, in a Worker that reads this namespace and not another one, perhaps deleted since. Under a
 * version that is not ours nobody knows the code.
 */
export async function isLiveAlready({
  live: { version, others },
  next,
  namespace,
  account,
  config,
  worker,
}: ReleaseDraft): Step<boolean> {
  const isSame = version?.release === next.release && version.code === worker.code;
  if (!isSame || others.length > 0) return ok(false);
  const bound = await readBoundNamespace(account, config.name, version.id, KV_BINDING);
  return mapped(bound, (id) => id === null || id === namespace.id);
}

/** What a deploy will do. */
export interface PlannedDeploy {
  /** The release as it is to go live, whose manifest knows what the comparison found. */
  readonly draft: ReleaseDraft;
  /** Null if there is no live release to compare with. */
  readonly changes: ReleaseChanges | null;
  readonly broken: BrokenLinks;
  readonly followed: FollowedArticles;
  /** Empty where there is nothing to compare. */
  readonly sources: Pick<BundledSources, "articles" | "redirects">;
  /** All keys of the namespace. */
  readonly listed: readonly ListedKey[];
  /** The index of the release's files; null where none is kept. */
  readonly index: PlannedIndex | null;
  /** The values that KV lacks, those of the index last, since readers need none of them. */
  readonly missing: readonly PlannedValue[];
  /** How many values to write, including the release's own record. */
  readonly writes: number;
}

const NO_SOURCES = { articles: [], redirects: new Map() };

/** Compares a release with the live one and with what is in KV. */
export async function planDeploy(draft: ReleaseDraft): Step<PlannedDeploy> {
  const { site, settings, config, mayReturn, mayRename, namespace, previous, articles } = draft;
  const listed = await namespace.list("");
  if (!listed.ok) return listed;
  const isAlone = onlyOf(config.name, namespace, listed.value);
  if (!isAlone.ok) return isAlone;
  const compared =
    previous === null || articles === null
      ? ok(null)
      : await compareWithLive(draft, previous, articles);
  if (!compared.ok) return compared;
  const present = new Set(listed.value.map(({ name }) => name));
  const index = draft.kind === "preview" ? null : draft.liveIndex.plan(await site.sources());
  const missing = [...site.release.values, ...(index?.values ?? [])].filter(
    ({ key }) => !present.has(key),
  );
  const changes = compared.value;
  const sources = changes === null ? NO_SOURCES : await site.sources();
  const broken = findBrokenLinks(changes, {
    ...sources,
    hasCategory: (name) => draft.next.scope({ kind: "category", name }) !== null,
    liveCount: previous?.articleCount ?? 0,
    roomForMoved: MOST_MOVED_ADDRESSES - draft.next.movedAddresses().size,
    allowedPercent: settings.allowedRemovalsPercent,
    mayReturn,
    mayRename,
  });
  const followed = await followFrom(draft);
  const writes = missing.length + 1;
  return ok({
    draft: withMoved(draft, broken.moved),
    changes,
    broken,
    followed,
    sources,
    listed: listed.value,
    index,
    missing,
    writes,
  });
}

/** The draft with old addresses that the live release knew and no file says any more. */
function withMoved(draft: ReleaseDraft, moved: readonly MovedAddress[]): ReleaseDraft {
  if (moved.length === 0) return draft;
  const { previous, now, site } = draft;
  const bytes = site.release.manifestAfter({ previous, now, moved });
  return { ...draft, bytes, next: openManifest(bytes) };
}

/** Looks for articles of the live release under other ids, and for others under theirs. */
async function followFrom(draft: ReleaseDraft): Promise<FollowedArticles> {
  const { previous, next, articles } = draft;
  if (previous === null || articles === null) return NOTHING_FOLLOWED;
  const values = valuesOfBoth(draft);
  return followArticles(
    { manifest: previous, read: values.before },
    { manifest: next, read: values.after },
    articles,
  );
}

async function compareWithLive(
  draft: ReleaseDraft,
  previous: Manifest,
  articles: ArticleChanges,
): Step<ReleaseChanges | null> {
  const values = valuesOfBoth(draft);
  const changes = await compareRest(
    { manifest: previous, read: values.before },
    { manifest: draft.next, read: values.after },
    articles,
  );
  const isLost = !changes.ok && changes.failure.reason === "packs-lost";
  return isLost && draft.mayReplace ? ok(null) : changes;
}

/** How to read the values of the release before and of the planned one. */
function valuesOfBoth({ site, namespace }: Pick<ReleaseDraft, "site" | "namespace">): {
  readonly before: ReadValue;
  readonly after: ReadValue;
} {
  const values = new Map(site.release.values.map(({ key, encode }) => [key, encode]));
  const after: ReadValue = async (key) => ok((await values.get(key)?.()) ?? null);
  // Values of both releases can be made here, even if KV has lost them.
  return {
    before: async (key) => (values.has(key) ? after(key) : namespace.get(key)),
    after,
  };
}

/** Says what a deploy will do. */
export function sayPlan(
  { changes, writes, broken, followed, sources }: PlannedDeploy,
  { next: { release, articleCount }, site, io: { say, warn } }: ReleaseDraft,
): void {
  const articles = counted(articleCount, "article");
  const values = counted(site.release.values.length, "value");
  say(
    `Release ${release}: ${articles}, ${values} and the release's own record; ${writes} to write`,
  );
  if (changes === null) return;
  const { added, changed, removed, feedsChanged, addressesChanged, categoriesEmptied } = changes;
  say(
    `  ${counted(added.length, "article")} added, ${changed.length} changed, ${removed.length} removed; ${counted(feedsChanged.length, "feed")} and ${counted(addressesChanged, "old or withdrawn address", "old or withdrawn addresses")} changed`,
  );
  const { noLongerWithdrawn, pagesChanged } = changes;
  if (pagesChanged > 0) say(`  ${counted(pagesChanged, "page")} of the site's own changed`);
  if (noLongerWithdrawn.length > 0) {
    const more = noLongerWithdrawn.length - PATHS_SHOWN;
    const shown = noLongerWithdrawn.slice(0, PATHS_SHOWN).join(", ");
    say(`  no longer withdrawn: ${shown}${more > 0 ? ` and ${more} more` : ""}`);
  }
  if (changes.uncompared > 0) {
    say(
      `  ${counted(changes.uncompared, "article")} could not be compared, because KV has lost what is live of them`,
    );
  }
  const lost = broken.articles.length + broken.addresses.length;
  const why = broken.isAllowed
    ? "which allowed_removals_percent allows"
    : "which stops a deploy that is no preview";
  if (lost > 0) say(`  ${counted(lost, "link")} would break, ${why}`);
  if (broken.returning.length > 0) {
    say(`  ${counted(broken.returning.length, "withdrawn article")} would be read again, ${why}`);
  }
  if (broken.entries.length > 0) {
    say(
      `  ${counted(broken.entries.length, "entry", "entries")} would have another id in feeds, ${why}`,
    );
  }
  const [moved] = broken.moved;
  if (moved !== undefined) {
    say(
      `  ${counted(broken.moved.length, "old address leads", "old addresses lead")} on to articles whose files were moved, such as ${moved.path}; redirect_from in the file says so for good`,
    );
  }
  for (const line of describeFollowed(followed, broken, sources)) warn(line);
  const kept = categoriesEmptied.filter(({ isKept }) => isKept);
  if (kept.length > 0) {
    const names = kept.map(({ scope }) => `"${scope.name}"`).join(", ");
    say(
      `  categories without articles from now on: ${names}; their feeds stay, and are empty. To lead their readers elsewhere, name them in renamed_categories; to end them, in ${REMOVED_FILE} (/category/${kept[0]?.scope.name ?? ""})`,
    );
  }
}
