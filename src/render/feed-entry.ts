import type { Article } from "../domain/article.ts";
import type { FeedTopic } from "../domain/combination.ts";
import { authorUrl, sharePath } from "../domain/links.ts";
import type { Moment } from "../domain/moment.ts";
import type { Recording } from "../domain/recording.ts";
import type { FeedSite } from "../domain/site.ts";
import { directionOf } from "./direction.ts";
import { Markup, markup } from "./markup.ts";
import { tagUri } from "./tag-uri.ts";

/** What every feed format says about an article; formats differ only in how they write it. */
export interface FeedEntry<Body = Uint8Array> extends Pick<
  Article<Body>,
  "title" | "summary" | "published" | "source" | "sourceUrl" | "image"
> {
  /** The same in every format and on every host, so that no reader shows the article twice. */
  readonly id: string;
  /** An absolute URL. */
  readonly url: string;
  /** When it last changed, never before it was published. */
  readonly updated: Moment;
  /** Its authors, else the newspaper; empty where only the feed's own author is known. */
  readonly authors: readonly string[];
  /** Gives the address of an author's list; null where there is none. */
  readonly authorUrl: (name: string) => string | null;
  readonly categories: readonly EntryCategory[];
  /** Null where it is the feed's language. */
  readonly language: string | null;
  readonly recordings: readonly Recording[];
  /** Whether it has a recording, and the feed is a podcast's. */
  readonly isEpisode: boolean;
  /** The whole text; where that is left out, summary and link. */
  readonly body: Body | Markup;
  /** The tags around a body that runs against the feed's direction, since readers look at nothing else; null for all others. */
  readonly around: Around | null;
}

/** One for all entries, of which a feed may have hundreds. */
const NO_RECORDINGS: readonly Recording[] = [];

/** A start tag and an end tag. */
export type Around = readonly [start: Markup, end: Markup];

const END_OF_AROUND = Markup.trusted("</div>");

/** A category or a tag. */
export interface EntryCategory {
  /** Distinguishes a category from a tag of the same name. */
  readonly scheme: string;
  readonly term: string;
  /** The title for people. */
  readonly label: string;
}

/** What entries take from their feed. */
interface EntryContext {
  readonly topic: FeedTopic;
  readonly site: FeedSite;
  /** The words of the link to an article whose body is not there. */
  readonly readOn: string;
  /** Gives the title of a category's slug. */
  readonly categoryTitle: (slug: string) => string;
}

/**
 * Makes the entries of a feed.
 *
 * @param isPodcast whether the feed is a podcast's
 */
export function entriesOf<Body>(
  { topic, site, readOn, categoryTitle }: EntryContext,
  isPodcast: boolean,
): (article: Article<Body | null>) => FeedEntry<Body> {
  const categoryScheme = tagUri(site.idAuthority, "/category");
  const tagScheme = tagUri(site.idAuthority, "/tag");
  const urlOfAuthor = (name: string): string | null => authorUrl(name, site);
  return (article) => {
    const { id, summary, published, authors, source, language, body } = article;
    const { recordings = NO_RECORDINGS } = article;
    const url = site.url + sharePath(id);
    const direction = directionAgainst(language, site);
    const isOfSource = authors.length === 0 && source !== null;
    const categories: EntryCategory[] = [];
    for (const term of unique(article.categories)) {
      categories.push({ scheme: categoryScheme, term, label: categoryTitle(term) });
    }
    for (const term of unique(article.tags)) {
      categories.push({ scheme: tagScheme, term, label: term });
    }
    return {
      id: entryIdOf(article, site.idAuthority),
      url,
      title: article.title,
      summary,
      published,
      updated: lastChange(article),
      authors: isOfSource ? [source] : authors,
      authorUrl: isOfSource ? noUrl : urlOfAuthor,
      source,
      sourceUrl: article.sourceUrl,
      categories,
      // Every article of a language's feed is in it.
      language: language === site.language || topic.kind === "language" ? null : language,
      image: article.image,
      recordings,
      isEpisode: isPodcast && recordings.length > 0,
      body: body ?? summaryAndLink(summary, direction, url, readOn),
      around:
        body === null || direction === null ? null : [markup`<div${direction}>`, END_OF_AROUND],
    };
  };
}

/** The titles of an entry's categories and tags, each once. */
export function labelsOf({ categories }: Pick<FeedEntry, "categories">): readonly string[] {
  return unique(categories.map(({ label }) => label));
}

const FEW_NAMES = 16;

/** Each once. To compare a few names is cheaper than to hash them. */
function unique(names: readonly string[]): readonly string[] {
  if (names.length > FEW_NAMES) return [...new Set(names)];
  return names.length < 2 ? names : names.filter((name, index) => names.indexOf(name) === index);
}

const noUrl = (): null => null;

/** The id of an article's entry: the one that it had on the site before, else ours. */
export function entryIdOf(
  { id, entryId }: Pick<Article, "id" | "entryId">,
  idAuthority: string,
): string {
  // This is not `sharePath`, because an id must stay when addresses change.
  return entryId ?? tagUri(idAuthority, `/s/${id}`);
}

/** The attributes of an element in a language that runs against the feed's; null where it runs as the feed does. */
function directionAgainst(language: string | null, site: FeedSite): Markup | null {
  // Nearly every article ends here.
  if (language === null || language === site.language) return null;
  const direction = directionOf(language);
  if (direction === directionOf(site.language)) return null;
  return markup` dir="${direction}" lang="${language}"`;
}

/** The summary in the article's direction, and the link, whose words are the feed's. */
function summaryAndLink(
  summary: string,
  direction: Markup | null,
  url: string,
  readOn: string,
): Markup {
  const link = markup`<p><a href="${url}">${readOn}</a></p>`;
  return summary === "" ? link : markup`<p${direction}>${summary}</p>\n${link}`;
}

/** When an article last changed: what an editor says, unless that was before it was published. */
export function lastChange({ published, updated }: Pick<Article, "published" | "updated">): Moment {
  return updated !== null && updated.epochSeconds > published.epochSeconds ? updated : published;
}
