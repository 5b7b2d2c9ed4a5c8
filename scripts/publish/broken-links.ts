import { listIdentities } from "../../src/domain/jekyll-permalink.ts";
import { decodedScopePath, listPath, sharePath } from "../../src/domain/links.ts";
import { formatRfc3339 } from "../../src/domain/moment.ts";
import type { ShareId } from "../../src/domain/share-id.ts";
import { shareIdOf } from "../../src/domain/share-id.ts";
import type { Redirect } from "../../src/store/redirect-entry.ts";
import type { MovedAddress } from "../../src/store/release-contents.ts";
import type { Removal } from "../removed/append-removed.ts";
import { shortened } from "../diagnostics/shortened.ts";
import { counted } from "../terminal/counted.ts";
import type {
  LostAddress,
  NamedArticle,
  ReleaseChanges,
  RenamedEntry,
} from "./compare-releases.ts";

/** Links that a release would break. */
export interface BrokenLinks {
  /** Articles that vanish although nobody has said that they may. */
  readonly articles: readonly NamedArticle[];
  /** Old addresses that no longer lead anywhere, including those of the articles. */
  readonly addresses: readonly LostAddress[];
  /** Old addresses of articles that are there, though nothing in their files says so any more: they lead on. */
  readonly moved: readonly MovedAddress[];
  /**
   * Articles that answer 410 now and would be readable again although nobody has said that they may; `path` is the address
   * that answers 410.
   */
  readonly returning: readonly { readonly id: ShareId; readonly path: string }[];
  /** Articles that readers would be shown once more, since their entries have another id although nobody has said that they may. */
  readonly entries: readonly RenamedEntry[];
  /** Whether the settings allow so many without asking; articles that return, and other ids, are never allowed by them. */
  readonly isAllowed: boolean;
}

/** What the new release has, and what the settings allow. */
export interface GuardedRelease {
  readonly articles: readonly { readonly id: ShareId }[];
  /** By percent-decoded path, including the paths that `removed.txt` names. */
  readonly redirects: ReadonlyMap<string, Redirect>;
  /** Whether there is a category of that name; it may be empty. */
  readonly hasCategory: (name: string) => boolean;
  /** How many articles are live. */
  readonly liveCount: number;
  /** How many old addresses the manifest has room for that no file says any more. */
  readonly roomForMoved: number;
  readonly allowedPercent: number;
  /** Whether somebody has said that withdrawn articles may return. */
  readonly mayReturn: boolean;
  /** Whether somebody has said that entries may have other ids. */
  readonly mayRename: boolean;
}

const CATEGORIES = decodedScopePath({ kind: "category", name: "" });

/**
 * Finds the links that a release breaks: live articles that it lacks, unless they lead elsewhere or `removed.txt` names
 * them, and old addresses that no longer lead anywhere; those of articles that are there lead on. Also finds withdrawn articles that
 * return because their line in `removed.txt` is gone, and entries that readers would not know again.
 *
 * @param changes the differences from the live release; null if nothing is live
 */
export function findBrokenLinks(
  changes: Pick<
    ReleaseChanges,
    "removed" | "addressesLost" | "noLongerWithdrawn" | "entriesRenamed"
  > | null,
  {
    articles: present,
    redirects,
    hasCategory,
    liveCount,
    roomForMoved,
    allowedPercent,
    ...confirmed
  }: GuardedRelease,
): BrokenLinks {
  const {
    removed = [],
    addressesLost: lost = [],
    noLongerWithdrawn: withdrawn = [],
    entriesRenamed: renamed = [],
  } = changes ?? {};
  const articles = removed.filter(({ id }) => !redirects.has(sharePath(id)));
  const isAsked = lost.length + withdrawn.length > 0;
  const ids = new Map((isAsked ? present : []).map(({ id }) => [sharePath(id), id]));
  const presentAt = (path: string): ShareId | undefined =>
    ids.get(path) ??
    listIdentities(path)
      .map((identity) => shareIdOf(identity))
      .find((id) => ids.has(sharePath(id)));
  // The old name of a category is one again where the settings rename it no more and articles still carry it.
  const isList = (path: string): boolean =>
    path.startsWith(CATEGORIES) && hasCategory(path.slice(CATEGORIES.length));
  const unfound = lost.filter(({ path }) => presentAt(path) === undefined && !isList(path));
  const orphans = unfound.flatMap(({ path, ledTo }): readonly MovedAddress[] =>
    ledTo.kind === "article" && ids.has(sharePath(ledTo.id)) ? [{ path, id: ledTo.id }] : [],
  );
  // So many are no moved files, but another setting.
  const moved = orphans.length > roomForMoved ? [] : orphans;
  const leadingOn = new Set(moved.map(({ path }) => path));
  const addresses = unfound.filter(({ path }) => !leadingOn.has(path));
  const returning = new Map<ShareId, string>();
  for (const path of confirmed.mayReturn ? [] : withdrawn) {
    const id = presentAt(path);
    if (id !== undefined && !returning.has(id)) returning.set(id, path);
  }
  const count = articles.length + addresses.length;
  const entries = confirmed.mayRename ? [] : renamed;
  return {
    articles,
    addresses,
    moved,
    returning: Array.from(returning, ([id, path]) => ({ id, path })),
    entries,
    isAllowed: returning.size + entries.length === 0 && count * 100 <= allowedPercent * liveCount,
  };
}

const LINES_SHOWN = 20;

/** What is known of articles that are lost or come back. */
export interface AboutLostArticles {
  /** New articles. */
  readonly added: readonly NamedArticle[];
  /** For lost articles that are there under another name, the path of their file. */
  readonly renamed: ReadonlyMap<ShareId, string>;
  /** For articles that cannot be read, where the error is, as `path:line`. */
  readonly erring: ReadonlyMap<ShareId, string>;
}

/** The lines that tell people which links a deploy would break. */
export function describeBrokenLinks(
  { articles, addresses, returning, entries }: BrokenLinks,
  { added, renamed, erring }: AboutLostArticles,
): readonly string[] {
  const titles = new Map(added.map((article) => [article.id, describeArticle(article)]));
  const lost = new Set(articles.map(({ id }) => id));
  const orphaned = addresses.filter(({ ledTo }) => ledTo.kind !== "article" || !lost.has(ledTo.id));
  const hint = (article: NamedArticle): string => {
    const place = erring.get(article.id);
    if (place !== undefined) return `; mend ${place}`;
    const file = renamed.get(article.id);
    return file === undefined
      ? ""
      : `; it is ${file} now? Then add to its front matter: ${idLine(article)}`;
  };
  return [
    ...section(
      `${counted(articles.length, "article")} that ${articles.length === 1 ? "is" : "are"} live would not be published any more (the file is gone, a draft, dated ahead, or has an error):`,
      articles.map((article) => describeArticle(article) + hint(article)),
    ),
    ...section(
      `${counted(orphaned.length, "old address", "old addresses")} would lead nowhere any more:`,
      orphaned.map(describeAddress),
    ),
    ...section(
      `${counted(returning.length, "article")} that ${returning.length === 1 ? "was" : "were"} withdrawn (410) would be read again, because no line of removed.txt names ${returning.length === 1 ? "it" : "them"} any more:`,
      returning.map(({ id, path }) => titles.get(id) ?? path),
    ),
    ...section(
      `${counted(entries.length, "article")} would have another id in feeds, so that readers show ${entries.length === 1 ? "it" : "them"} once more:`,
      entries.map(describeEntry),
    ),
  ];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  const more = lines.length > LINES_SHOWN ? [`  and ${lines.length - LINES_SHOWN} more`] : [];
  return [title, ...lines.slice(0, LINES_SHOWN).map((line) => `  ${line}`), ...more];
}

/** The line of front matter that keeps an article's link and its place in readers, whatever its file is called. */
export function idLine({ id, entryId }: NamedArticle): string {
  const line = `id: ${sharePath(id)}`;
  return entryId === null ? line : `${line} and ${feedIdLine(entryId)}`;
}

/** An article as messages name it: `/s/f5v4k2q9xa  2022-01-10  送服务送政策`. */
export function describeArticle(article: NamedArticle): string {
  return `${sharePath(article.id)}  ${dateAndTitle(article)}`;
}

function feedIdLine(entryId: string): string {
  return `feed_id: ${JSON.stringify(entryId)}`;
}

/** With the line that keeps the id. */
function describeEntry({ article, idBefore }: RenamedEntry): string {
  return `${describeArticle(article)}; to keep it, write in its front matter: ${feedIdLine(idBefore)}`;
}

function dateAndTitle({ published, title }: NamedArticle): string {
  return `${formatRfc3339(published).slice(0, 10)}  ${shortened(title.replaceAll(/\s+/g, " "))}`;
}

function describeAddress(address: LostAddress): string {
  return `${address.path}  ${whereItLed(address)}`;
}

function whereItLed({ ledTo }: LostAddress): string {
  return `led to ${pathLedTo(ledTo)}`;
}

function pathLedTo(ledTo: LostAddress["ledTo"]): string {
  switch (ledTo.kind) {
    case "article":
      return sharePath(ledTo.id);
    case "scope":
      return listPath(ledTo.scope);
    case "path":
      return ledTo.path;
  }
}

/** What `removed.txt` has to name so that the articles and old addresses answer 410. */
export function removalsOf({
  articles,
  addresses,
}: Pick<BrokenLinks, "articles" | "addresses">): readonly Removal[] {
  return [
    ...articles.map((article) => ({ path: sharePath(article.id), remark: dateAndTitle(article) })),
    ...addresses.map((address) => ({ path: address.path, remark: whereItLed(address) })),
  ];
}

/**
 * The broken links that `--confirm-removals` cannot confirm: an article with an error may be meant to stay, and an article
 * that returns, or has another id in feeds, is not a removal. Null if there are none.
 *
 * @param erring for articles that cannot be read, where the error is, as `path:line`
 */
export function unconfirmedLinks(
  links: BrokenLinks,
  erring: ReadonlyMap<ShareId, string>,
): BrokenLinks | null {
  const articles = links.articles.filter(({ id }) => erring.has(id));
  if (articles.length + links.returning.length + links.entries.length === 0) return null;
  const addresses = links.addresses.filter(
    ({ ledTo }) => ledTo.kind === "article" && erring.has(ledTo.id),
  );
  return { ...links, articles, addresses };
}
