import type { Moment } from "../domain/moment.ts";
import type { Podcast } from "../domain/site.ts";
import type { Chunk, Sized } from "./chunk.ts";
import type { FeedEntry } from "./feed-entry.ts";

/** How one feed format is written. */
export interface FeedWriter<Body extends Sized = Uint8Array> {
  readonly entry: (entry: FeedEntry<Body>) => readonly Chunk<Body>[];
  /** What stands between two entries. */
  readonly separator: string;
  /** What stands before the first entry and behind the last, on lines of their own. */
  readonly frame: (head: FeedHead) => {
    readonly start: string;
    readonly end: string;
  };
}

/** A format that holds bodies unchanged, so that they can stay compressed. */
export interface XmlFeedWriter extends Omit<FeedWriter, "entry"> {
  readonly entry: <Body extends Sized>(entry: FeedEntry<Body>) => readonly Chunk<Body>[];
}

/** What every format says about the feed itself. All addresses are absolute. */
export interface FeedHead {
  /** The same for every page of the feed and on every host. */
  readonly id: string;
  readonly title: string;
  /** May be empty. */
  readonly description: string;
  readonly language: string;
  readonly author: string;
  /** The newest change in the document. */
  readonly updated: Moment;
  /** The address of this document. */
  readonly selfUrl: string;
  /** The address of the page for people. */
  readonly homeUrl: string;
  /** A square PNG. */
  readonly iconUrl: string;
  /** The site's mark, of any image type. */
  readonly faviconUrl: string;
  /** The stylesheet for a document that a browser shows as it is. */
  readonly stylesheetUrl: string;
  readonly hubUrl: string | null;
  /** What directories of podcasts ask for; null where the feed is no podcast. */
  readonly podcast: PodcastHead | null;
  /** How long a reader need not ask again; null for an archive page, which hardly ever changes. */
  readonly timeToLiveMinutes: number | null;
  /** RFC 5005, section 4: the feed to which this archive page belongs; null where this is no archive page. */
  readonly currentUrl: string | null;
  readonly previousArchiveUrl: string | null;
  readonly nextArchiveUrl: string | null;
}

/** The show that a feed is. */
export interface PodcastHead extends Pick<Podcast, "genre" | "isExplicit" | "ownerEmail"> {
  /** Absolute address of a square picture. */
  readonly imageUrl: string;
}

/** The program, as feeds name it. */
export const GENERATOR = "Offprint";
