import type { Moment } from "../domain/moment.ts";
import type { Chunk, Sized } from "./chunk.ts";
import type { FeedEntry } from "./feed-entry.ts";

/** One feed format: how it spells what is in a feed. */
export interface FeedWriter<Body extends Sized = Uint8Array> {
  readonly entry: (entry: FeedEntry<Body>) => readonly Chunk<Body>[];
  /** What stands between two entries. */
  readonly separator: string;
  /** What stands before the first entry and behind the last, on lines of their own. */
  readonly frame: (head: FeedHead) => {
    readonly start: readonly string[];
    readonly end: readonly string[];
  };
}

/** A format in which bodies stand as they are stored, so that nobody needs to read them. */
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
  /** This document. */
  readonly selfUrl: string;
  /** The page for people. */
  readonly homeUrl: string;
  /** A square PNG. */
  readonly iconUrl: string;
  /** The site's mark, of any image type. */
  readonly faviconUrl: string;
  /** What makes the document readable where a browser shows it as it is. */
  readonly stylesheetUrl: string;
  readonly hubUrl: string | null;
  /** How long a reader need not ask again; null for an archive page, which hardly ever changes. */
  readonly timeToLiveMinutes: number | null;
  /** RFC 5005 4: the feed that is polled, where this is an archive page of it; null where this is the one. */
  readonly currentUrl: string | null;
  readonly previousArchiveUrl: string | null;
  readonly nextArchiveUrl: string | null;
}

/** The program, as feeds name it. */
export const GENERATOR = "Offprint";
