import { appendFile } from "node:fs/promises";
import type { ArticleHeader } from "../../../src/domain/article.ts";
import { identitiesOfPermalink } from "../../../src/domain/jekyll-permalink.ts";
import { listPath, sharePath } from "../../../src/domain/links.ts";
import { formatRfc3339 } from "../../../src/domain/moment.ts";
import type { ShareId } from "../../../src/domain/share-id.ts";
import { shareIdOf } from "../../../src/domain/share-id.ts";
import type { Redirect } from "../../../src/store/redirect-entry.ts";
import type { LostAddress, ReleaseChanges } from "./compare-releases.ts";

/** Links that a release would break. */
export interface BrokenLinks {
  /** Articles that vanish and of which nobody has said that they may. */
  readonly articles: readonly ArticleHeader[];
  /** Old addresses that lead nowhere any more, those of the articles included. */
  readonly addresses: readonly LostAddress[];
  /** Whether there are none, or the settings let so few go without asking. */
  readonly isAllowed: boolean;
}

/** What the new release has, and what the settings allow. */
export interface GuardedRelease {
  readonly articles: readonly { readonly id: ShareId }[];
  /** What `removed.txt` names is among them. */
  readonly redirects: ReadonlyMap<string, Redirect>;
  /** Articles that are live. */
  readonly liveCount: number;
  readonly allowedPercent: number;
}

/**
 * Which links break: articles that are live, are not in the new release, and neither lead elsewhere nor are named in
 * `removed.txt`; and old addresses that led somewhere and lead nowhere any more.
 *
 * @param changes against the live release; null where there is none
 */
export function findBrokenLinks(
  changes: Pick<ReleaseChanges, "removed" | "addressesLost"> | null,
  { articles: present, redirects, liveCount, allowedPercent }: GuardedRelease,
): BrokenLinks {
  const articles = (changes?.removed ?? []).filter(({ id }) => !redirects.has(sharePath(id)));
  const lost = changes?.addressesLost ?? [];
  const paths =
    lost.length === 0 ? new Set<string>() : new Set(present.map(({ id }) => sharePath(id)));
  const addresses = lost.filter(
    ({ path }) =>
      !paths.has(path) &&
      !identitiesOfPermalink(path)
        .map(shareIdOf)
        .some((id) => paths.has(sharePath(id))),
  );
  const count = articles.length + addresses.length;
  return { articles, addresses, isAllowed: count * 100 <= allowedPercent * liveCount };
}

const LINES_SHOWN = 20;

/**
 * The links that a deploy would break, for people.
 *
 * @param added new articles: one of them may be a lost one under another name
 */
export function describeBrokenLinks(
  { articles, addresses }: BrokenLinks,
  added: readonly ArticleHeader[],
): readonly string[] {
  const lost = new Set(articles.map(({ id }) => id));
  const orphaned = addresses.filter(({ ledTo }) => ledTo.kind === "scope" || !lost.has(ledTo.id));
  const renamed = (article: ArticleHeader): string => {
    const twin = added.find(({ title }) => title === article.title);
    return twin === undefined
      ? ""
      : `; now ${sharePath(twin.id)}? Then write "redirect_from: ${sharePath(article.id)}" into its file`;
  };
  return [
    ...section(
      `${articles.length} articles that are live are not published any more (their files are gone, drafts, dated ahead, or have an error):`,
      articles.map((article) => describeArticle(article) + renamed(article)),
    ),
    ...section(
      `${orphaned.length} old addresses lead nowhere any more:`,
      orphaned.map(describeAddress),
    ),
  ];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  const more = lines.length > LINES_SHOWN ? [`  and ${lines.length - LINES_SHOWN} more`] : [];
  return [title, ...lines.slice(0, LINES_SHOWN).map((line) => `  ${line}`), ...more];
}

/** `/s/f5v4k2q9xa  2022-01-10  送服务送政策`, as messages and `removed.txt` name an article. */
export function describeArticle({ id, published, title }: ArticleHeader): string {
  return `${sharePath(id)}  ${formatRfc3339(published).slice(0, 10)}  ${title.replaceAll(/\s+/g, " ")}`;
}

function describeAddress({ path, ledTo }: LostAddress): string {
  return `${path}  led to ${ledTo.kind === "article" ? sharePath(ledTo.id) : listPath(ledTo.scope)}`;
}

/** Says in `removed.txt` that articles and old addresses were taken away on purpose. */
export async function confirmRemovals(
  file: string,
  { articles, addresses }: BrokenLinks,
): Promise<void> {
  const lines = [
    ...articles.map(describeArticle),
    ...addresses.map(({ path, ledTo }) => describeAddress({ path: written(path), ledTo })),
  ].map((line) => {
    const [path = "", ...rest] = line.split("  ");
    return `${path}  # ${rest.join(" ").replaceAll("#", "＃")}\n`;
  });
  await appendFile(file, lines.join(""));
}

/** A path as one word that `removed.txt` is read back from. */
function written(path: string): string {
  return path.replaceAll(/[\s#?%]/g, encodeURIComponent);
}
