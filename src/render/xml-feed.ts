import type { ArticleImage } from "../domain/article.ts";
import type { FeedFormat } from "../domain/feed-format.ts";
import { FEED_FORMATS } from "../domain/feed-format.ts";
import type { Recording } from "../domain/recording.ts";
import type { FeedHead } from "./feed-writer.ts";
import type { Xml } from "./xml.ts";
import { emptyElement, parentElement, textElement } from "./xml.ts";

/* What RSS and Atom share. */

export const NAMESPACES = {
  "xmlns:dc": "http://purl.org/dc/elements/1.1/",
  "xmlns:fh": "http://purl.org/syndication/history/1.0",
  "xmlns:media": "http://search.yahoo.com/mrss/",
};

/**
 * Links to the feed itself, its hub and its archive (RFC 4287, WebSub, RFC 5005). RSS borrows Atom's element for them.
 */
export function feedLinks(
  element: "link" | "atom:link",
  head: FeedHead,
  format: FeedFormat,
): readonly (Xml | null)[] {
  const { mediaType } = FEED_FORMATS[format];
  const link = (rel: string, href: string | null, type: string | null = mediaType): Xml | null =>
    href === null ? null : emptyElement(element, { rel, href, type });
  return [
    link("self", head.selfUrl),
    link("hub", head.hubUrl, null),
    head.currentUrl === null ? null : emptyElement("fh:archive"),
    link("current", head.currentUrl),
    link("prev-archive", head.previousArchiveUrl),
    link("next-archive", head.nextArchiveUrl),
  ];
}

/** The link of an entry to the original (RFC 4287, 4.2.7.2), which the W3C validator takes in RSS too; null without one. */
export function viaLink(element: "link" | "atom:link", address: string | null): Xml | null {
  return address === null ? null : emptyElement(element, { rel: "via", href: address });
}

/** The picture of an entry in Media RSS. */
export function mediaContent({ url, alt, type, width, height, length }: ArticleImage): Xml {
  const attributes = { url, type, medium: "image", width, height, fileSize: length };
  if (alt === "") return emptyElement("media:content", attributes);
  const description = textElement("media:description", alt, { type: "plain" });
  return parentElement("media:content", [description], attributes);
}

/** A recording in Media RSS; its forms are a group, since they are one thing. */
export function mediaOfRecording({ kind, files, duration, poster }: Recording): Xml {
  const thumbnail = poster === null ? null : emptyElement("media:thumbnail", { url: poster });
  const contents = files.map(({ url, type, length }) => ({
    url,
    type,
    medium: kind,
    duration,
    fileSize: length,
  }));
  const [only, ...others] = contents;
  if (others.length === 0) {
    return thumbnail === null
      ? emptyElement("media:content", only)
      : parentElement("media:content", [thumbnail], only);
  }
  const elements = contents.map((attributes) => emptyElement("media:content", attributes));
  return parentElement("media:group", [...elements, thumbnail]);
}
