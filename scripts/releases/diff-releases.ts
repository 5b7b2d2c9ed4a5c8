import { sharePath } from "../../src/domain/links.ts";
import { failed } from "../../src/domain/result.ts";
import { scopeKey } from "../../src/domain/scope.ts";
import type { NamedArticle } from "../publish/compare-releases.ts";
import { compareReleases } from "../publish/compare-releases.ts";
import { packsOf } from "../publish/release-values.ts";
import { counted } from "../terminal/counted.ts";
import { describeArticle } from "../publish/link-guard.ts";
import type { LiveSite } from "../publish/live-site.ts";
import { readRecord } from "../publish/release-record.ts";
import type { ReleasedSite, VerbResult } from "./release-verb.ts";
import { done } from "./release-verb.ts";

/** `diff`: what differs for readers between two releases. */
export async function diffReleases({ namespace, live, options }: ReleasedSite): VerbResult {
  const [one, two] = options.names;
  const after = two ?? live.release;
  const before = one ?? liveBefore(live);
  if (before === null || after === null) return failed({ reason: "nothing-to-compare" });
  const old = await readRecord(namespace, before);
  if (!old.ok) return old;
  const young = await readRecord(namespace, after);
  if (!young.ok) return young;
  const read = packsOf(namespace);
  const changes = await compareReleases(old.value, young.value, read, read);
  if (!changes.ok) return changes;
  const {
    added,
    changed,
    removed,
    feedsChanged,
    categoriesRemoved,
    noLongerWithdrawn,
    addressesChanged,
  } = changes.value;
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
    feedsChanged: feedsChanged.map(scopeKey),
    categoriesRemoved: categoriesRemoved.map(({ name }) => name),
  };
  const part = (title: string, articles: readonly NamedArticle[]): readonly string[] =>
    articles.length === 0
      ? []
      : [`${title}:`, ...articles.map((article) => `  ${describeArticle(article)}`)];
  const lines = [
    `${before} -> ${after}`,
    ...part("added", added),
    ...part("changed", changed),
    ...part("removed", removed),
    ...(noLongerWithdrawn.length === 0
      ? []
      : ["no longer withdrawn:", ...noLongerWithdrawn.map((path) => `  ${path}`)]),
    `${added.length} added, ${changed.length} changed, ${removed.length} removed; ${counted(feedsChanged.length, "feed")} and ${counted(addressesChanged, "old address", "old addresses")} changed`,
  ];
  return done(json, lines.join("\n"));
}

/** The release that was live before the one that is. */
function liveBefore({ deployments, release }: LiveSite): string | null {
  const releases = deployments.flatMap(({ version }) => version?.release ?? []);
  return releases.find((other) => other !== release) ?? null;
}
