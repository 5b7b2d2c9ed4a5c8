import type { Moment } from "./moment.ts";
import type { Recording } from "./recording.ts";
import type { ShareId } from "./share-id.ts";

/** The picture that stands for an article in previews and feeds. */
export interface ArticleImage {
  /** An absolute URL. */
  readonly url: string;
  readonly alt: string;
  /** A media type such as `image/jpeg`; null where the address does not tell. */
  readonly type: string | null;
  /** CSS pixels; null where unknown. */
  readonly width: number | null;
  readonly height: number | null;
  /** Size of the file in bytes; null where the file is not ours, or made anew, so that the encoder decides it. */
  readonly length: number | null;
}

/** Everything about an article but its body. Text here is plain text, never markup. */
export interface ArticleHeader {
  readonly id: ShareId;
  /** The id that its entry had in the feeds of the site before, exactly as it was there; null where it has ours. */
  readonly entryId: string | null;
  readonly title: string;
  /** Where the title may break on a narrow screen, besides blanks and punctuation: indexes in UTF-16 units. */
  readonly titleBreaks: readonly number[];
  readonly published: Moment;
  /** When the editor last changed it (`last_modified_at`); null where the front matter does not say. */
  readonly updated: Moment | null;
  /** Category slugs in the front matter's order, spelled as written there. */
  readonly categories: readonly string[];
  readonly tags: readonly string[];
  /** A BCP 47 tag; null where it is the site's own. */
  readonly language: string | null;
  /** People, from the front matter's `author`, else the byline. */
  readonly authors: readonly string[];
  /** The newspaper it was taken from, as in `（文章来源：厦门日报）`; null where the article does not say. */
  readonly source: string | null;
  /** The address of the original, http or https, where the article names it under its text; null where it does not. */
  readonly sourceUrl: string | null;
  /** One to three sentences; empty only where there is no text at all. */
  readonly summary: string;
  readonly image: ArticleImage | null;
  /** Its sound and films, those that the front matter names first; absent where there are none. */
  readonly recordings?: readonly Recording[] | undefined;
  /** Visible characters in the body, without blanks. */
  readonly characterCount: number;
  /**
   * Whether the body holds only paragraphs and pictures, as nearly all of a newspaper's do. Such pages need less style.
   */
  readonly isPlain: boolean;
}

/**
 * An article as it is stored. `body` is sanitized HTML in UTF-8, with absolute addresses, without characters outside
 * XML's `Char` production and without the sequence `]]>`: it can stand in a page and inside CDATA as it is.
 *
 * @typeParam Body another type than bytes where the body is passed on unread, such as a compressed one
 */
export interface Article<Body = Uint8Array> extends ArticleHeader {
  readonly body: Body;
}

/** A picture of the site's own as lists show it, in a small form. */
export interface ListPicture {
  /** Of its large form. */
  readonly path: string;
  /** Of its large form, in pixels. */
  readonly width: number;
}

/** What a list shows of an article. */
export interface ArticleRef {
  readonly id: ShareId;
  /** As of the article, where a feed may have to show an entry that is made of no more than this; else null. */
  readonly entryId: string | null;
  readonly title: string;
  readonly published: Moment;
  readonly updated: Moment | null;
  readonly source: string | null;
  /** The summary; null where the list leaves it out. */
  readonly lead: string | null;
  /** Absent where the article has none, or the list leaves it out. */
  readonly picture?: ListPicture;
}

/** Sorts newest first, and articles of the same second by id, so that the order is the same on every machine. */
export function compareNewestFirst(
  a: Pick<ArticleRef, "id" | "published">,
  b: Pick<ArticleRef, "id" | "published">,
): number {
  return (
    b.published.epochSeconds - a.published.epochSeconds || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0)
  );
}
