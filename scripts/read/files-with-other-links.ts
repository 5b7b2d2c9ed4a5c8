import type { MediaHosts } from "./body/links/media-settings.ts";
import { NO_MEDIA_HOSTS } from "./body/links/media-settings.ts";
import type { FileToRead } from "./cache/article-reader.ts";
import type { FileOutcome } from "./cache/file-outcome.ts";
import { linksOf } from "./cache/file-outcome.ts";
import { referenceKey } from "./files/article-link.ts";
import type { FoundFile } from "./files/find-articles.ts";
import type { LinkedPage } from "./linked-articles.ts";
import { linkedArticles, pathOf } from "./linked-articles.ts";

/**
 * The files whose links lead elsewhere than when they were read, or to what was not known then, and those with pictures by
 * http of hosts that other articles name with https, or no longer.
 */
export function filesWithOtherLinks(
  files: readonly FoundFile[],
  outcomes: ReadonlyMap<string, FileOutcome>,
  pages: readonly LinkedPage[],
): readonly FileToRead[] {
  const isLinking = (outcome: FileOutcome): boolean => {
    const { insecure, upgraded } = mediaHostsOf(outcome);
    return linksOf(outcome).length + insecure.length + upgraded.length > 0;
  };
  if (![...outcomes.values()].some(isLinking)) return [];
  const httpsSeen = httpsSeenIn(outcomes.values());
  const inOrder = files.flatMap(({ path }) => outcomes.get(path) ?? []);
  const articles = linkedArticles(inOrder, pages);
  return files.flatMap((file) => {
    const outcome = outcomes.get(file.path);
    const links = outcome === undefined ? [] : linksOf(outcome);
    const linked = new Map(
      links.flatMap((link): [string, string][] => {
        const path = pathOf(articles, link);
        return path === null ? [] : [[referenceKey(link), path]];
      }),
    );
    const isSame = links.every((link) => link.path === (linked.get(referenceKey(link)) ?? null));
    const { insecure, upgraded } = outcome === undefined ? NO_MEDIA_HOSTS : mediaHostsOf(outcome);
    const isSameHosts =
      !insecure.some((host) => httpsSeen.has(host)) &&
      upgraded.every((host) => httpsSeen.has(host));
    return isSame && isSameHosts ? [] : { ...file, linked, httpsSeen };
  });
}

/** Hosts that articles name with https for pictures and films. */
function httpsSeenIn(outcomes: Iterable<FileOutcome>): ReadonlySet<string> {
  const seen = new Set<string>();
  for (const outcome of outcomes) for (const host of mediaHostsOf(outcome).secure) seen.add(host);
  return seen;
}

function mediaHostsOf({ result }: FileOutcome): MediaHosts {
  return result.kind === "article" ? result.article.mediaHosts : NO_MEDIA_HOSTS;
}
