import type { DateReading } from "../dates/article-date.ts";
import { momentOfWallClock } from "../../../src/domain/time-zone.ts";
import type { AddressSettings, FormerFeedIds } from "./address-settings.ts";
import type { JekyllDocument } from "./jekyll-document.ts";
import { jekyllPost, permalinksOf } from "./jekyll-document.ts";
import { jekyllUrl } from "./jekyll-paths.ts";
import { normalizedAddress } from "./normalized-address.ts";
import type { Permalink } from "./permalink.ts";
import { readTemplate } from "./permalink.ts";

/**
 * The id that an article's entry had in the feeds of the site before, exactly as it was there: what the front matter says, else
 * what the settings say of all articles before a date. Null where it had none.
 */
export function formerEntryId(document: JekyllDocument, settings: AddressSettings): string | null {
  const { meta, date } = document;
  const { formerFeedIds: former } = settings;
  const written = meta.feedId ?? ((former?.readsGuid ?? true) ? meta.guid : null);
  if (written !== null) return written;
  if (former === null || date.moment.epochSeconds >= (former.before ?? -Infinity)) return null;
  const post = jekyllPost({ ...document, date: dateThere(document, former) }, former.timeZone);
  const permalink = permalinkOf(document, post, settings, former);
  const url = permalink === null ? null : jekyllUrl(post, permalink);
  if (url === null) return null;
  const isId = former.form === "jekyll-feed" || former.form === "id";
  const path = isId ? idOfUrl(url, meta.slug) : url;
  return former.form === "jekyll-feed" || former.form === "absolute_url"
    ? normalizedAddress(former.url, path, former.unicode)
    : former.url + path;
}

/** The date as the machine read it that built the site: without a zone it is by that machine's clock, or UTC. */
function dateThere({ meta, date }: JekyllDocument, { timeZone }: FormerFeedIds): DateReading {
  const moment = date.hasZone ? date.moment : momentOfWallClock(timeZone, date.wallSeconds);
  return { ...date, moment, mayBeUtc: date.mayBeUtc && !meta.isDateQuoted };
}

function permalinkOf(
  document: JekyllDocument,
  post: ReturnType<typeof jekyllPost>,
  settings: AddressSettings,
  former: FormerFeedIds,
): Permalink | null {
  const { meta } = document;
  if (meta.permalink !== null) {
    const own = readTemplate(meta.permalink);
    return own.ok ? own.value : null;
  }
  const usual = former.permalink === null ? settings.permalinks : [former.permalink];
  return permalinksOf(post, document, settings, usual)[0] ?? null;
}

/**
 * What Jekyll calls `post.id`, since its first versions: the folder of the address, and the slug as it is written. So a permalink
 * of its own has no part in it but its folder.
 */
function idOfUrl(url: string, slug: string): string {
  const folder = /^(.*?)\/[^/]*\/?$/.exec(url)?.[1] ?? "";
  return `${folder}/${slug.replace(/^\/+/, "")}`;
}
