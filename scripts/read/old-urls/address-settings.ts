import { posix } from "node:path";
import type { Permalink } from "./permalink.ts";

/** The settings that say which addresses articles had. They are sent to threads and hashed, so they are plain data. */
export interface AddressSettings {
  /** What `permalink` has been, the one in use first. */
  readonly permalinks: readonly Permalink[];
  /** The same of folders, whose paths are relative to the folder of `wrangler.toml` or the Jekyll site's root, without slashes around. */
  readonly folderPermalinks: readonly (readonly [
    folder: string,
    permalinks: readonly Permalink[],
  ])[];
  /** Origins at which the site is or was, with a path where it was below one; no slash at the end. */
  readonly formerUrls: readonly string[];
  /** How the entries of the old site's feeds got their ids; null where nothing is said of them. */
  readonly formerFeedIds: FormerFeedIds | null;
}

/**
 * What the template of a Jekyll site's feed wrote as the id of an entry, as the setting names it: jekyll-feed's
 * `post.id | absolute_url`, or `post.id`, `post.url | absolute_url`, `post.url` with site and base path before it.
 */
export const FORMER_FEED_ID_FORMS = ["jekyll-feed", "id", "absolute_url", "url"] as const;

export interface FormerFeedIds {
  /** Only articles dated before this moment have such an id, in seconds since 1970; null for none but those of front matter. */
  readonly before: number | null;
  /** Where the site was then: `site.url` and `site.baseurl`, without a slash at the end. */
  readonly url: string;
  /** What `permalink` was then; null where it is what the settings say of all addresses. */
  readonly permalink: Permalink | null;
  readonly form: (typeof FORMER_FEED_ID_FORMS)[number];
  /** The IANA name of the clock of the machine that built the site. */
  readonly timeZone: string;
  /** The form of Unicode to which that machine's library brought addresses. */
  readonly unicode: "NFC" | "NFKC";
  /** Whether `guid` in front matter is what the old feed had, and not what was left of the feed of an earlier system. */
  readonly readsGuid: boolean;
}

/**
 * The permalinks of the deepest folder that has some and holds a file; null where there is none.
 *
 * @param paths of the file: from the folder of `wrangler.toml`, and from the root of the Jekyll site, wherever that is
 */
export function permalinksOfFolder(
  { folderPermalinks }: AddressSettings,
  paths: readonly string[],
): readonly Permalink[] | null {
  if (folderPermalinks.length === 0) return null;
  const files = paths.map((path) => posix.normalize(path));
  const [deepest] = folderPermalinks
    .filter(([folder]) => files.some((file) => file.startsWith(`${folder}/`)))
    .toSorted(([a], [b]) => b.length - a.length);
  return deepest?.[1] ?? null;
}
