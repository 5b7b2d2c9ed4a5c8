import { sharePath } from "../../src/domain/links.ts";
import { failed } from "../../src/domain/result.ts";
import { scopeKey } from "../../src/domain/scope.ts";
import type { NamedArticle } from "../publish/compare-releases.ts";
import { compareReleases } from "../publish/compare-releases.ts";
import { counted } from "../terminal/counted.ts";
import { joinLines } from "../terminal/join-lines.ts";
import { describeArticle } from "../publish/broken-links.ts";
import type { LiveSite } from "../publish/live-site.ts";
import { readManifest } from "../publish/release-record.ts";
import type { ReleasedSite, VerbResult } from "./verb-answer.ts";
import { done } from "./verb-answer.ts";

/** `diff`: what differs for readers between two releases. */
export async function diffReleases({ namespace, live, options }: ReleasedSite): VerbResult {
  const [one, two] = options.names;
  const after = two ?? live.release;
  const before = one ?? liveBefore(live);
  if (before === null || after === null) return failed({ reason: "nothing-to-compare" });
  const old = await readManifest(namespace, before);
  if (!old.ok) return old;
  const young = await readManifest(namespace, after);
  if (!young.ok) return young;
  const changes = await compareReleases(
    { manifest: old.value, read: namespace.get },
    { manifest: young.value, read: namespace.get },
  );
  if (!changes.ok) return changes;
  const { added, changed, removed, noLongerWithdrawn, addressesChanged, pagesChanged } =
    changes.value;
  const feedsChanged = changes.value.feedsChanged.map(scopeKey);
  const categoriesRemoved = changes.value.categoriesEmptied.map(({ scope }) => scope.name);
  const named = (articles: readonly NamedArticle[]) =>
    articles.map(({ id, title }) => ({ path: sharePath(id), title }));
  const json = {
    before,
    after,
    added: named(added),
    changed: named(changed),
    removed: named(removed),
    noLongerWithdrawn,
    addressesChanged,
    pagesChanged,
    feedsChanged,
    categoriesRemoved,
  };
  const part = (title: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : [`${title}:`, ...lines.map((line) => `  ${line}`)];
  const text = joinLines(
    `${before} -> ${after}`,
    part("added", added.map(describeArticle)),
    part("changed", changed.map(describeArticle)),
    part("removed", removed.map(describeArticle)),
    part("no longer withdrawn", noLongerWithdrawn),
    `${added.length} added, ${changed.length} changed, ${removed.length} removed; ${counted(feedsChanged.length, "feed")} and ${counted(addressesChanged, "old address", "old addresses")} changed`,
    part("pages of the site's own that changed", pagesChanged === 0 ? [] : [String(pagesChanged)]),
  );
  return done(json, text);
}

/** The latest other release that was live before this one. */
function liveBefore({ deployments, release }: LiveSite): string | null {
  const releases = deployments.flatMap(({ version }) => version?.release ?? []);
  return releases.find((other) => other !== release) ?? null;
}
